#include "observe/log_line.hpp"

#include <limits>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk::observe {
namespace {

const std::chrono::system_clock::time_point some_time{std::chrono::milliseconds{1'774'787'400'042}};

std::string json_line(std::string_view message, LogFields fields = {}) {
  std::string line;
  append_json_line(line, {some_time, Level::info, message, fields});
  return line;
}

std::string readable_line(std::string_view message, LogFields fields = {}) {
  std::string line;
  append_readable_line(line, {some_time, Level::info, message, fields});
  return line;
}

TEST(LogLine, is_one_json_object) {
  const Uuid id = *Uuid::parse("0190b1a2-0000-7000-8000-000000000001");
  EXPECT_EQ(json_line("listening", {{"address", "127.0.0.1:8080"},
                                    {"threads", 2},
                                    {"ratio", 0.5},
                                    {"tls", false},
                                    {"id", id}}),
            R"({"time":"2026-03-29T12:30:00.042Z","level":"info","message":"listening",)"
            R"("address":"127.0.0.1:8080","threads":2,"ratio":0.5,"tls":false,)"
            R"("id":"0190b1a2-0000-7000-8000-000000000001"})");
}

TEST(LogLine, the_time_is_utc_with_milliseconds) {
  std::string line;
  append_json_line(line, {std::chrono::sys_days{std::chrono::year{1999} / 12 / 31} +
                              std::chrono::hours{23} + std::chrono::milliseconds{999},
                          Level::error,
                          "x",
                          {}});
  EXPECT_TRUE(line.starts_with(R"({"time":"1999-12-31T23:00:00.999Z","level":"error")")) << line;
}

TEST(LogLine, R33_line_ends_and_quotes_are_escaped) {
  const std::string line =
      json_line("a\nb\r\"c\"\x1b[31m", {{"user_agent", "x\n{\"level\":\"x\"}"}});
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(line.find('\x1b'), std::string::npos);
  EXPECT_EQ(boost::json::parse(line).at("message").as_string(), "a\nb\r\"c\"\x1b[31m");
}

TEST(LogLine, bytes_that_are_not_utf8_become_replacement_characters) {
  const auto value =
      boost::json::parse(json_line("a\xff"
                                   "b\xc3",
                                   {{"text", "\xed\xa0\x80 ok \xc3\xa4"}}));
  EXPECT_EQ(value.at("message").as_string(),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd");
  EXPECT_TRUE(std::string_view(value.at("text").as_string()).ends_with(" ok \xc3\xa4"));
}

TEST(LogLine, a_long_text_is_cut) {
  const auto value = boost::json::parse(json_line("x", {{"text", std::string(100'000, 'a')}}));
  EXPECT_EQ(value.at("text").as_string().size(), 4096u);
  const std::string cut_inside = std::string(4095, 'a') + "\xe2\x82\xac and more";
  EXPECT_EQ(boost::json::parse(json_line(cut_inside)).at("message").as_string().size(), 4095u);
}

TEST(LogLine, numbers_that_json_lacks_are_text) {
  const auto value =
      boost::json::parse(json_line("x", {{"a", std::numeric_limits<double>::infinity()},
                                         {"b", std::numeric_limits<double>::quiet_NaN()},
                                         {"c", 1e300}}));
  EXPECT_TRUE(value.at("a").is_string());
  EXPECT_TRUE(value.at("b").is_string());
  EXPECT_TRUE(value.at("c").is_double());
}

TEST(LogLine, a_readable_one_cannot_steer_the_terminal) {
  EXPECT_EQ(readable_line("started\x1b[2J", {{"name", "a\nb\x7f"}, {"n", 3}, {"on", true}}),
            "started?[2J name=a?b? n=3 on=true");
}

TEST(LogLine, an_id_may_be_absent) {
  EXPECT_TRUE(json_line("x", {{"user", std::optional<UserId>()}}).ends_with(R"("user":null})"));
  EXPECT_EQ(readable_line("x", {{"user", std::optional<UserId>()}}), "x user=-");
}

TEST(LogLine, levels_have_names) {
  for (const auto level : {Level::debug, Level::info, Level::warning, Level::error, Level::off}) {
    EXPECT_EQ(parse_level(name_of(level)), level);
  }
  EXPECT_EQ(parse_level("INFO"), std::nullopt);
  EXPECT_EQ(parse_level(""), std::nullopt);
}

RC_GTEST_PROP(LogLine, R33_any_bytes_make_one_line_of_json,
              (const std::vector<std::uint8_t>& bytes)) {
  const std::string text(bytes.begin(), bytes.end());
  const std::string line = json_line(text, {{"text", text}});
  RC_ASSERT(line.find('\n') == std::string::npos);
  RC_ASSERT(boost::json::parse(line).at("text").is_string());
}

}  // namespace
}  // namespace frontdesk::observe
