#include "notifications/renderer.hpp"

#include "notifications/testing_messages.hpp"

namespace frontdesk::notifications::testing {
namespace {

TEST(Language, is_the_readers_then_the_businesss_then_english) {
  const auto chosen = [](std::string_view wanted, std::string_view business) {
    const auto tongue = choose_tongue(wanted, business);
    return std::string(tongue.language) + " " + tongue.locale;
  };
  EXPECT_EQ(chosen("de", "en"), "de de");
  EXPECT_EQ(chosen("de-AT", "en"), "de de-AT");
  EXPECT_EQ(chosen("DE-at", "en"), "de de-AT");
  EXPECT_EQ(chosen("es-419", "en"), "es es-419");
  EXPECT_EQ(chosen("ar-Arab-EG", "en"), "ar ar-EG");
  EXPECT_EQ(chosen("zh-Hant-TW", "fr-CH"), "fr fr-CH");
  EXPECT_EQ(chosen("", "fr"), "fr fr");
  EXPECT_EQ(chosen("xx", "yy"), "en en");
  EXPECT_EQ(chosen("de", "de-CH"), "de de-CH") << "the business's region";
  EXPECT_EQ(chosen("de-AT", "de-CH"), "de de-AT");
}

TEST(Language, nothing_but_language_and_region_is_taken_from_a_tag) {
  EXPECT_EQ(choose_tongue("de-u-ca-buddhist-nu-thai", "en").locale, "de");
  EXPECT_EQ(choose_tongue("de-x-US", "en").locale, "de");
  EXPECT_EQ(choose_tongue("../../de", "en").locale, "en");
  EXPECT_EQ(choose_tongue("deutsch", "en").locale, "en");
  EXPECT_EQ(choose_tongue("de-", "en").locale, "de");
  EXPECT_EQ(choose_tongue(std::string(100'000, 'd'), "en").locale, "en");
}

TEST(Renderer, writes_what_the_business_sees_on_its_clock) {
  const auto made = rendered("appointment.booked", Channel::email, "en");
  EXPECT_EQ(made.text,
            "Hello Robin Vogel,\n\n"
            "Thank you for your booking. We look forward to seeing you.\n\n"
            "What: Cut & Colour\nWith: Mia Lindner\n"
            "When: Tuesday, 3 March 2026 at 14:30 (Europe/Berlin)\n"
            "How long: 45 minutes\nSeats: 2\nPrice: €89.50\n"
            "Where: Lindenallee 5, 10115 Berlin\n\n"
            "View or change the appointment\nhttps://book.example.org/manage\n\n"
            "-- \nSalon Lindner\nLindenallee 5, 10115 Berlin\n"
            "Choose which messages you receive\nhttps://book.example.org/preferences\n");
}

TEST(Renderer, R09_codes_and_links_are_not_changed) {
  const auto made = rendered("auth.password_reset", Channel::email, "fr");
  EXPECT_NE(made.text.find("\nhttps://book.example.org/reset-password#token=u2Zk0rXw3nQyTjE5\n"),
            std::string::npos);
  EXPECT_NE(made.text.find("Votre code est 042917\n"), std::string::npos);
}

TEST(Renderer, the_link_to_preferences_is_where_something_can_be_switched_off) {
  const auto has_link = [](std::string_view event) {
    const auto made = rendered(event, Channel::email, "de");
    const bool in_html =
        made.html.find("https://book.example.org/preferences") != std::string::npos;
    const bool in_text =
        made.text.find("https://book.example.org/preferences") != std::string::npos;
    EXPECT_EQ(in_html, in_text) << event;
    return in_html;
  };
  for (const auto& event : events()) {
    if (event.takes(Channel::email)) EXPECT_EQ(has_link(event.name), event.can_be_switched_off);
  }
}

TEST(Renderer, html_loads_nothing_and_knows_dark_and_small_screens) {
  for (const auto& event : events()) {
    if (!event.takes(Channel::email)) continue;
    const auto html = rendered(event.name, Channel::email, "en").html;
    for (const auto unwanted : {"<img", "<script", "<link", "@import", "url(", "src=", "<table"}) {
      EXPECT_EQ(html.find(unwanted), std::string::npos) << event.name << " " << unwanted;
    }
    for (const auto wanted : {"name=\"viewport\"", "name=\"color-scheme\" content=\"light dark\"",
                              "prefers-color-scheme: dark", "<html lang=\"en\" dir=\"ltr\">",
                              "<meta charset=\"utf-8\">"}) {
      EXPECT_NE(html.find(wanted), std::string::npos) << event.name << " " << wanted;
    }
    EXPECT_LT(html.size(), 12'000) << event.name;
  }
}

TEST(Renderer, a_list_of_mails_shows_what_matters_before_the_greeting) {
  const auto html = rendered("appointment.booked", Channel::email, "en").html;
  const auto preheader = html.find("<div style=\"display:none");
  ASSERT_NE(preheader, std::string::npos);
  const auto matter = html.find("Cut &amp; Colour with Mia Lindner, Tue, 3 Mar, 14:30", preheader);
  EXPECT_LT(matter, html.find("Hello Robin"));
}

TEST(Renderer, an_agenda_lists_each_appointment_and_counts_them) {
  auto facts = sample_facts(event_named("staff.agenda"));
  auto made = rendered("staff.agenda", Channel::email, "de", facts);
  EXPECT_NE(made.text.find("Sie haben heute 2 Termine.\n\n09:00–09:45 Cut & Colour, Robin Vogel\n"
                           "13:30–14:00 Beard trim, Sascha König\n"),
            std::string::npos)
      << made.text;
  facts["agenda"] = Agenda{};
  facts["count"] = std::int64_t{0};
  made = rendered("staff.agenda", Channel::email, "de", facts);
  EXPECT_NE(made.text.find("Sie haben heute keine Termine."), std::string::npos);
  facts["agenda"] = Agenda(100'000, {.starts = {}, .ends = {}, .service = "x", .customer = ""});
  facts["count"] = std::int64_t{100'000};
  made = rendered("staff.agenda", Channel::email, "de", facts);
  EXPECT_LT(made.text.size(), 10'000) << "a hundred are shown";
  EXPECT_NE(made.text.find("100.000 Termine"), std::string::npos);
}

std::string refusal(std::string_view event, Channel channel, const Facts& facts) {
  Templates templates;
  Renderer renderer(templates);
  const auto made = renderer.render(event_named(event), channel, "en", facts, salon());
  EXPECT_FALSE(made.has_value());
  return made ? std::string() : made.error().code + ": " + made.error().message;
}

TEST(Renderer, refuses_facts_that_the_event_does_not_promise) {
  const auto& event = event_named("auth.password_reset");
  const auto good = sample_facts(event);
  auto facts = good;
  facts.erase("code");
  EXPECT_EQ(refusal("auth.password_reset", Channel::email, facts),
            "facts_incomplete: auth.password_reset: the fact code is missing.");
  facts = good;
  facts["minutes"] = "ten";
  EXPECT_EQ(refusal("auth.password_reset", Channel::email, facts),
            "facts_incomplete: auth.password_reset: the fact minutes is of another kind.");
  for (const auto link : {"javascript:alert(1)", "https://x.test/\r\nBcc: y",
                          "https://x.test/\"onclick=", "//x.test", "", "https://x.test/\xc3\xa9"}) {
    facts = good;
    facts["reset_link"] = link;
    EXPECT_EQ(
        refusal("auth.password_reset", Channel::email, facts),
        "facts_incomplete: auth.password_reset: the fact reset_link is no link of http or https.")
        << link;
  }
  facts = good;
  facts["code"] = "12<b>";
  EXPECT_EQ(refusal("auth.password_reset", Channel::email, facts),
            "facts_incomplete: auth.password_reset: the fact code is no code.");
  auto booked = sample_facts(event_named("appointment.booked"));
  booked["price"] = Money{.amount_minor = 1, .currency = "€"};
  EXPECT_EQ(refusal("appointment.booked", Channel::push, booked),
            "facts_incomplete: appointment.booked: the fact price is in no currency.");
  EXPECT_EQ(refusal("auth.code", Channel::sms, good),
            "no_such_channel: auth.code does not go out by sms.");
}

TEST(Renderer, facts_that_no_template_uses_are_let_pass) {
  auto facts = sample_facts(event_named("appointment.booked"));
  facts["colour"] = "green";
  EXPECT_FALSE(rendered("appointment.booked", Channel::email, "en", facts).text.empty());
}

TEST(Renderer, a_name_that_is_nothing_but_invisible_is_a_dash_or_left_out) {
  auto facts = sample_facts(event_named("appointment.booked"));
  facts["service"] = "\u202e\u200b";
  facts["name"] = " ";
  const auto made = rendered("appointment.booked", Channel::email, "en", facts);
  EXPECT_EQ(made.subject, "You are booked: –");
  EXPECT_TRUE(made.text.starts_with("Thank you for your booking.")) << made.text;
}

TEST(Renderer, many_locales_are_not_all_kept) {
  Templates templates;
  Renderer renderer(templates);
  const auto& event = event_named("auth.code");
  for (char c = 'A'; c <= 'Z'; ++c) {
    const auto made = renderer.render(event, Channel::email, std::string("en-G") + c,
                                      sample_facts(event), salon());
    ASSERT_TRUE(made.has_value());
  }
}

}  // namespace
}  // namespace frontdesk::notifications::testing
