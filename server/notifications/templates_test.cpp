// Templates of an installation's own, and what a template may hold at all.
#include "notifications/templates.hpp"

#include "notifications/built_in_templates.hpp"
#include "notifications/testing_messages.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>

namespace frontdesk::notifications::testing {
namespace {

namespace fs = std::filesystem;

class OwnTemplates : public ::testing::Test {
 protected:
  OwnTemplates() = default;
  ~OwnTemplates() override { fs::remove_all(folder_); }
  OwnTemplates(const OwnTemplates&) = delete;
  OwnTemplates& operator=(const OwnTemplates&) = delete;

  void put(const std::string& path, std::string_view text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
    // As long after the last as it takes a clock to tick.
    fs::last_write_time(folder_ / path,
                        fs::file_time_type::clock::now() + std::chrono::seconds(++written_));
  }

  Rendered booked(std::string_view language = "en", Channel channel = Channel::email) {
    auto made = renderer_.render(event_named("appointment.booked"), channel, language,
                                 sample_facts(event_named("appointment.booked")), salon());
    EXPECT_TRUE(made.has_value());
    return made.value_or(Rendered{});
  }

  static fs::path new_folder() {
    std::string pattern = (fs::temp_directory_path() / "frontdesk-templates.XXXXXX").string();
    return ::mkdtemp(pattern.data());
  }

  fs::path folder_ = new_folder();
  int written_ = 0;
  std::vector<std::string> log_;
  Templates templates_{folder_, [this](std::string_view line) { log_.emplace_back(line); }};
  Renderer renderer_{templates_};
};

TEST_F(OwnTemplates, stand_in_for_the_programs_section_by_section) {
  EXPECT_EQ(booked().subject, "You are booked: Cut & Colour");
  put("en/appointment.booked.txt", "# Ours.\n[subject]\nSee you soon: {service}\n");
  EXPECT_EQ(booked().subject, "See you soon: Cut & Colour");
  EXPECT_NE(booked().text.find("Thank you for your booking"), std::string::npos);
  EXPECT_EQ(booked("de").subject, "Ihr Termin ist gebucht: Cut & Colour");
  put("de/footer.txt", "[preferences]\nMail abbestellen\n");
  EXPECT_NE(booked("de").html.find(">Mail abbestellen</a>"), std::string::npos);
  EXPECT_TRUE(log_.empty()) << log_.front();
}

TEST_F(OwnTemplates, are_read_again_when_they_change_and_gone_when_they_go) {
  put("en/appointment.booked.txt", "[subject]\nOne\n");
  EXPECT_EQ(booked().subject, "One");
  put("en/appointment.booked.txt", "[subject]\nTwo\n");
  EXPECT_EQ(booked().subject, "Two");
  fs::remove(folder_ / "en/appointment.booked.txt");
  EXPECT_EQ(booked().subject, "You are booked: Cut & Colour");
}

TEST_F(OwnTemplates, that_are_broken_are_named_once_with_file_and_line_and_not_used) {
  put("en/appointment.booked.txt", "[subject]\nHello\n\n[email]\nDear {nam},\n");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(booked().subject, "You are booked: Cut & Colour");
  ASSERT_EQ(log_.size(), 1);
  EXPECT_EQ(log_[0],
            (folder_ / "en/appointment.booked.txt").string() +
                ":5: appointment.booked has no fact {nam}: the template of the program is used");
  put("en/appointment.booked.txt", "[subject]\nStill {broken\n");
  EXPECT_EQ(booked().subject, "You are booked: Cut & Colour");
  EXPECT_EQ(log_.size(), 2);
  put("en/footer.txt", "[preferences]\n{code}\n");
  EXPECT_NE(booked().text.find("Choose which messages you receive"), std::string::npos);
  EXPECT_EQ(log_.size(), 3);
}

TEST_F(OwnTemplates, that_are_hostile_stop_nothing) {
  put("en/appointment.booked.txt", std::string(1 << 20, '{'));
  EXPECT_EQ(booked().subject, "You are booked: Cut & Colour");
  put("en/appointment.booked.txt", std::string("[subject]\n\xff\xfe\0", 13));
  EXPECT_EQ(booked().subject, "You are booked: Cut & Colour");
  put("en/appointment.booked.txt", "");
  EXPECT_EQ(booked().subject, "You are booked: Cut & Colour");
  fs::remove(folder_ / "en/appointment.booked.txt");
  fs::create_directory(folder_ / "en/appointment.booked.txt");
  EXPECT_EQ(booked().subject, "You are booked: Cut & Colour");
  fs::remove(folder_ / "en/appointment.booked.txt");
  ASSERT_EQ(::mkfifo((folder_ / "en/appointment.booked.txt").c_str(), 0600), 0);
  EXPECT_EQ(booked().subject, "You are booked: Cut & Colour");
  put("de/appointment.booked.txt", "[subject]\n<b>{service}</b>\n[email]\n<script>x</script>\n");
  EXPECT_EQ(booked("de").html.find("<script>"), std::string::npos)
      << "templates are text, not HTML";
  EXPECT_EQ(booked("de").subject, "<b>Cut & Colour</b>");
}

std::string problem_of(std::string_view text, std::string_view event = "appointment.booked") {
  const auto read = read_template(text, event_named(event));
  EXPECT_FALSE(read.has_value()) << text;
  return read ? std::string() : std::to_string(read.error().line) + ": " + read.error().message;
}

TEST(TemplateFile, says_what_is_wrong_and_where) {
  EXPECT_EQ(problem_of("Hello\n[subject]\nx\n"),
            "1: text before the first section, such as [subject]");
  EXPECT_EQ(problem_of("[subject]\nx\n[subject]\ny\n"), "3: [subject] is there twice");
  EXPECT_EQ(problem_of("[subject]\n\n[sms]\nx\n"), "1: [subject] is empty");
  EXPECT_EQ(problem_of("[fax]\nx\n"),
            "1: there is no section [fax], only [subject], [email], [sms] and [push]");
  EXPECT_EQ(problem_of("[sms]\nx\n", "auth.code"), "1: auth.code has no [sms]");
  EXPECT_EQ(problem_of("[push]\nonly a title\n"),
            "1: [push] has a title on its first line and then its text");
  EXPECT_EQ(problem_of("[email]\n\nx\n\n{booking_link}\n"),
            "5: {booking_link} cannot stand in a sentence");
  EXPECT_EQ(problem_of("[email]\n=> {service} Book\n"),
            "2: a button is written as => {link} Label, with a link that appointment.booked has");
  EXPECT_EQ(problem_of("[email]\n=> {booking_link}\n"), "2: the button has no label");
  EXPECT_EQ(problem_of("[email]\n- {service}: x\n"), "2: a detail is written as - Label: {fact}");
  EXPECT_EQ(problem_of("[email]\n{service, plural, other {#}}\n"),
            "2: {service} is no number that could choose a plural");
  EXPECT_EQ(problem_of("[email]\n* {starts}\n"), "2: appointment.booked has no agenda");
  EXPECT_EQ(problem_of("[email]\n* {starts} {name}\n", "staff.agenda"),
            "2: an entry of the agenda has no fact {name}");
  EXPECT_EQ(problem_of("[sms]\nDear {name}\n"),
            "2: {name} may be absent: it can stand in [email] only");
  EXPECT_EQ(problem_of("[subject]\nYou’re at {service_day}\n"),
            "2: appointment.booked has no fact {service_day}");
  EXPECT_EQ(problem_of("[subject\nx\n"), "1: a section is written as [email]");
  std::string many = "[email]\n";
  for (int i = 0; i < 100; ++i) many += "x\n\n";
  EXPECT_NE(problem_of(many).find("more than 40 paragraphs"), std::string::npos);
  EXPECT_NE(problem_of("[subject]\n" + std::string(40'000, 'x')).find("larger than 32 KB"),
            std::string::npos);
}

TEST(TemplateFile, of_the_program_can_all_be_read) {
  for (const auto& event : events()) {
    for (const auto language : languages) {
      const auto text = built_in_template(language, event.name);
      const auto read = read_template(text, event);
      ASSERT_TRUE(read.has_value()) << language << "/" << event.name << ":" << read.error().line
                                    << ": " << read.error().message;
      EXPECT_EQ(missing_section(*read, event), "") << language << "/" << event.name;
    }
  }
}

TEST(TemplateFile, lines_may_end_as_windows_ends_them) {
  const auto read =
      read_template("[subject]\r\nA\r\n\r\n[sms]\r\nB\r\nC\r\n", event_named("appointment.booked"));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(Locale("en").fill(*read->sms, {}), "B C");
}

}  // namespace
}  // namespace frontdesk::notifications::testing
