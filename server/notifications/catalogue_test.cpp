// Every event in every language over every channel: complete, and in that language.
#include "notifications/built_in_templates.hpp"
#include "notifications/sms.hpp"
#include "notifications/testing_messages.hpp"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include <fmt/format.h>

namespace frontdesk::notifications::testing {
namespace {

struct Case {
  const Event* event;
  Channel channel;
  std::string_view language;
};

std::vector<Case> every_case() {
  std::vector<Case> cases;
  for (const auto& event : events()) {
    for (const auto channel : event.channels) {
      for (const auto language : languages) cases.push_back({&event, channel, language});
    }
  }
  return cases;
}

class EveryMessage : public ::testing::TestWithParam<Case> {
 protected:
  [[nodiscard]] Rendered message(std::string_view language) const {
    return rendered(GetParam().event->name, GetParam().channel, language);
  }
  [[nodiscard]] Rendered message() const { return message(GetParam().language); }
};

TEST_P(EveryMessage, has_all_its_parts_and_no_leftovers) {
  const auto made = message();
  EXPECT_EQ(made.language, GetParam().language);
  EXPECT_FALSE(made.text.empty());
  EXPECT_EQ(made.subject.empty(), GetParam().channel == Channel::sms);
  EXPECT_EQ(made.html.empty(), GetParam().channel != Channel::email);
  for (const auto& text : {made.subject, made.text}) {
    EXPECT_EQ(text.find_first_of("{}#"), text.find("#token=")) << text;
  }
  EXPECT_EQ(made.subject.find_first_of("\r\n"), std::string::npos);
}

TEST_P(EveryMessage, is_not_in_english_unless_it_should_be) {
  const auto made = message();
  const auto english = message("en");
  if (GetParam().language == "en") return;
  // What names and figures leave of it: a word alone may be the same, a whole line may not.
  const std::set<std::string> facts{"", "Lindenallee 5, 10115 Berlin", "Salon Lindner", "-- "};
  std::set<std::string> lines;
  for (const auto* text : {&english.subject, &english.text}) {
    std::size_t start = 0;
    while (start <= text->size()) {
      const auto end = std::min(text->find('\n', start), text->size());
      lines.insert(text->substr(start, end - start));
      start = end + 1;
    }
  }
  const auto own = without_marks(made.subject + "\n" + made.text);
  for (const auto& line : lines) {
    if (facts.contains(line) || line.starts_with("https://")) continue;
    if (std::isdigit(static_cast<unsigned char>(line[0])) != 0) continue;  // the agenda's times
    EXPECT_EQ(("\n" + own + "\n").find("\n" + line + "\n"), std::string::npos) << line;
  }
}

TEST_P(EveryMessage, says_in_html_what_it_says_in_text) {
  if (GetParam().channel != Channel::email) return;
  const auto made = message();
  auto in_text = words_of(without(without_marks(made.text), {":", "\u00a0"}));
  std::erase_if(in_text,
                [](const auto& word) { return word == "--" || word.starts_with("https"); });
  auto in_html = words_of(without(without_marks(seen(made.html)), {":", "\u00a0"}));
  std::erase_if(in_html, [](const auto& word) { return word.starts_with("https"); });
  // The head of the card names the business once more.
  const auto head = words_of("Salon Lindner");
  ASSERT_GE(in_html.size(), head.size());
  EXPECT_TRUE(
      std::equal(head.begin(), head.end(),
                 without_marks(in_html[0]) == "Salon" ? in_html.begin() : in_html.end() - 2));
  in_html.erase(in_html.begin(), in_html.begin() + 2);
  EXPECT_EQ(in_html, in_text);
  // Each link of the text is one of the document.
  const std::regex link("https://[^\\s]+");
  for (std::sregex_iterator at(made.text.begin(), made.text.end(), link), end; at != end; ++at) {
    if (at->str().starts_with("https://hooks.example.org/"))
      continue;  // a stranger's: not clickable
    EXPECT_NE(made.html.find(fmt::format("href=\"{}\"", at->str())), std::string::npos)
        << at->str();
  }
}

TEST_P(EveryMessage, reads_in_the_direction_of_its_language) {
  const auto made = message();
  const bool rtl = GetParam().language == "ar";
  if (!made.html.empty()) {
    EXPECT_NE(made.html.find(
                  fmt::format("<html lang=\"{}\" dir=\"{}\">", made.language, rtl ? "rtl" : "ltr")),
              std::string::npos);
  }
  for (const auto& text : {made.subject, made.text}) {
    if (text.empty()) continue;
    EXPECT_EQ(text.starts_with("\u200f"), rtl) << text;
    EXPECT_EQ(has_right_to_left(text), rtl) << text;
    int open = 0;
    for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
      if (text.compare(at, 3, "\u2068") == 0) ++open;
      if (text.compare(at, 3, "\u2069") == 0) --open;
      EXPECT_TRUE(open == 0 || open == 1);
    }
    EXPECT_EQ(open, 0);
  }
}

TEST_P(EveryMessage, fits_into_two_segments_of_an_sms) {
  if (GetParam().channel != Channel::sms) return;
  const auto made = message();
  const auto size = measure_sms(made.text);
  EXPECT_LE(size.segments, 2) << made.text;
  EXPECT_EQ(made.text.find("…"), std::string::npos)
      << "usual names are not shortened: " << made.text;
  EXPECT_NE(made.text.find("Lindner"), std::string::npos);
}

TEST_P(EveryMessage, can_do_without_what_may_be_absent) {
  const auto& event = *GetParam().event;
  auto facts = sample_facts(event);
  for (const auto& use : event.facts) {
    if (use.optional) facts.erase(std::string(use.name));
  }
  auto nobody = salon();
  nobody.address = "";
  nobody.preferences_link = "";
  const auto made = rendered(event.name, GetParam().channel, GetParam().language, facts, nobody);
  EXPECT_EQ(made.text.find("preferences"), std::string::npos);
  EXPECT_EQ((made.subject + made.text).find_first_of("{}"), std::string::npos);
  EXPECT_EQ(made.text.find(",,"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Catalogue, EveryMessage, ::testing::ValuesIn(every_case()),
                         [](const auto& test) {
                           auto name =
                               fmt::format("{}_{}_{}", test.param.event->name,
                                           slug_of(test.param.channel), test.param.language);
                           std::ranges::replace(name, '.', '_');
                           return name;
                         });

TEST(Catalogue, codes_and_security_notices_cannot_be_switched_off) {
  for (const auto& event : events()) {
    EXPECT_EQ(event.can_be_switched_off, event.group != Group::security) << event.name;
    for (const auto& use : event.facts) {
      if (use.kind == Kind::code) EXPECT_EQ(event.group, Group::security) << event.name;
    }
  }
}

TEST(Catalogue, mails_to_an_address_that_may_be_a_strangers_hold_nothing_that_somebody_typed) {
  for (const auto name : {"auth.code", "auth.known_address", "auth.email_change", "auth.phone_code",
                          "auth.email_changed", "auth.password_reset"}) {
    for (const auto& use : event_named(name).facts) {
      EXPECT_TRUE(use.kind != Kind::name && use.kind != Kind::words) << name << " " << use.name;
    }
  }
}

TEST(Catalogue, names_are_unique_and_channels_are_found_by_their_slugs) {
  std::set<std::string_view> names;
  for (const auto& event : events()) {
    EXPECT_TRUE(names.insert(event.name).second) << event.name;
    EXPECT_EQ(find_event(event.name), &event);
    ASSERT_FALSE(event.channels.empty());
    EXPECT_EQ(event.takes(Channel::push) && !event.takes(Channel::inbox), false) << event.name;
  }
  EXPECT_EQ(find_event("appointment.boked"), nullptr);
  for (const auto channel : {Channel::email, Channel::sms, Channel::push, Channel::inbox}) {
    EXPECT_EQ(channel_from_slug(slug_of(channel)), channel);
  }
  EXPECT_EQ(channel_from_slug("fax"), std::nullopt);
}

TEST(Catalogue, every_plural_has_all_the_categories_of_its_language) {
  const std::regex plural(R"(\{(\w+), plural,((?:[^{}]*\{[^{}]*\})+)\s*\})");
  int found = 0;
  for (const auto& event : events()) {
    for (const auto language : languages) {
      const std::string text(built_in_template(language, event.name));
      for (std::sregex_iterator at(text.begin(), text.end(), plural), end; at != end; ++at) {
        ++found;
        for (const auto& category : plural_categories(language)) {
          EXPECT_TRUE(std::regex_search((*at)[2].str(), std::regex("\\b" + category + "\\s*\\{")))
              << language << " " << event.name << ": " << category << ": " << at->str();
        }
      }
    }
  }
  EXPECT_GE(found, 100);
  EXPECT_EQ(plural_categories("ar"),
            (std::vector<std::string>{"few", "many", "one", "other", "two", "zero"}));
  EXPECT_EQ(plural_categories("en"), (std::vector<std::string>{"one", "other"}));
}

TEST(Catalogue, the_phrases_that_people_know_are_kept) {
  const auto subject = [](std::string_view event) {
    return rendered(event, Channel::email, "en").subject;
  };
  EXPECT_EQ(subject("auth.code"), "Your code");
  EXPECT_EQ(subject("appointment.booked"), "You are booked: Cut & Colour");
  EXPECT_EQ(subject("appointment.requested"), "We have your request: Cut & Colour");
  EXPECT_EQ(subject("appointment.confirmed"), "Confirmed: Cut & Colour");
  EXPECT_EQ(subject("appointment.cancelled"), "Cancelled: Cut & Colour");
  EXPECT_EQ(subject("appointment.no_show"), "We missed you: Cut & Colour");
  EXPECT_EQ(subject("appointment.reopened"), "Confirmed again: Cut & Colour");
  EXPECT_EQ(subject("appointment.completed"), "Thank you: Cut & Colour");
  EXPECT_NE(rendered("auth.code", Channel::email, "en").text.find("Your code is 042917"),
            std::string::npos);
}

}  // namespace
}  // namespace frontdesk::notifications::testing
