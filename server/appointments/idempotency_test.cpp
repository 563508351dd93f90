#include "appointments/idempotency.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace frontdesk::appointments {
namespace {

Sha256Digest print(std::string_view path, std::string_view body) {
  return fingerprint_of(path, boost::json::parse(body));
}

TEST(ReadKey, R51_no_header_is_no_key) {
  const auto key = read_key("", "bookAppointment", "/api/v1/appointments", {});
  ASSERT_TRUE(key);
  EXPECT_FALSE(*key);
}

TEST(ReadKey, R51_takes_up_to_255_printable_characters) {
  const auto longest = std::string(255, '~');
  const auto key = read_key(longest, "bookAppointment", "/", {});
  ASSERT_TRUE(key && *key);
  EXPECT_EQ((*key)->key, longest);
  EXPECT_EQ((*key)->route, "bookAppointment");
  for (const auto& bad : {std::string(256, 'x'), std::string("a\x7f"), std::string("a\tb"),
                          std::string("caf\xc3\xa9")}) {
    const auto refused = read_key(bad, "bookAppointment", "/", {});
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().kind, ErrorKind::malformed);
    EXPECT_EQ(refused.error().code, "invalid_idempotency_key");
  }
}

TEST(Fingerprint, R51_member_order_and_white_space_do_not_matter) {
  EXPECT_EQ(print("/a", R"({"x":1,"y":{"b":[1,2],"a":null}})"),
            print("/a", R"( { "y" : {"a":null, "b":[1,2]}, "x":1 } )"));
}

TEST(Fingerprint, R51_everything_else_does) {
  const auto first = print("/a", R"({"x":1,"y":[1,2]})");
  EXPECT_NE(first, print("/b", R"({"x":1,"y":[1,2]})"));
  EXPECT_NE(first, print("/a", R"({"x":1,"y":[2,1]})"));
  EXPECT_NE(first, print("/a", R"({"x":"1","y":[1,2]})"));
  EXPECT_NE(first, print("/a", R"({"x":1})"));
  EXPECT_NE(print("/a", R"({"a":"","b":1})"), print("/a", R"({"a":"\",\"b\":1"})"));
  EXPECT_NE(print("/a", "null"), print("/a", "{}"));
}

TEST(Repeat, R51_the_same_request_gets_the_kept_answer_another_one_422) {
  const auto mine = print("/a", "1");
  const auto other = print("/a", "2");
  const auto repeated = repeat(mine, mine, {.status = 201, .data = "{}"});
  ASSERT_TRUE(repeated);
  EXPECT_EQ(repeated->status, 201);
  const auto refused = repeat(mine, other, {.status = 201, .data = "{}"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  EXPECT_EQ(refused.error().code, "idempotency_key_reused");
}

}  // namespace
}  // namespace frontdesk::appointments
