#include "core/json_writer.hpp"

#include <limits>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace frontdesk {
namespace {

template <class Write>
std::string written(Write write) {
  std::string out;
  JsonWriter json(out);
  write(json);
  return out;
}

TEST(JsonWriter, puts_commas_between_and_nowhere_else) {
  EXPECT_EQ(written([](JsonWriter& json) {
              json.begin_object();
              json.member("a", 1);
              json.key("b").begin_array().value(true).value(false).null();
              json.begin_object().end_object();
              json.begin_array().end_array();
              json.end_array();
              json.member("c", "x");
              json.end_object();
            }),
            R"({"a":1,"b":[true,false,null,{},[]],"c":"x"})");
}

TEST(JsonWriter, escapes_what_RFC_8259_demands) {
  EXPECT_EQ(written([](JsonWriter& json) {
              json.value(std::string_view("a\"b\\c\n\r\t\x01\x1f é", 13));
            }),
            "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f é\"");
}

TEST(JsonWriter, writes_the_words_of_the_api) {
  using namespace std::chrono_literals;
  EXPECT_EQ(
      written([](JsonWriter& json) {
        json.begin_array();
        json.value(Money{4500, "EUR"});
        json.value(LocalDate{std::chrono::local_days{std::chrono::year{2026} / 3 / 29}});
        json.value(LocalTime{14h + 30min});
        json.value(std::optional<std::int32_t>{});
        json.value(std::optional<std::int32_t>{7});
        json.value(std::numeric_limits<std::int64_t>::min());
        json.end_array();
      }),
      R"([{"amount":4500,"currency":"EUR"},"2026-03-29","14:30",null,7,-9223372036854775808])");
}

TEST(JsonWriter, any_text_comes_back_from_a_parser_as_it_was) {
  rc::check([](const std::vector<std::uint8_t>& ascii) {
    std::string text;
    for (const auto byte : ascii) text.push_back(static_cast<char>(byte & 0x7f));
    const auto json = written([&](JsonWriter& writer) { writer.value(text); });
    RC_ASSERT(boost::json::parse(json).as_string() == text);
  });
}

}  // namespace
}  // namespace frontdesk
