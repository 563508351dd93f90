#include "http/bearer_token.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

Credentials read(std::vector<std::string> values) {
  RequestHead head;
  for (auto& value : values) head.fields.emplace_back("authorization", std::move(value));
  Credentials credentials = read_credentials(head);
  // The view points into a head that is gone.
  static std::string kept;
  if (credentials.bearer_token) {
    kept = *credentials.bearer_token;
    credentials.bearer_token = kept;
  }
  return credentials;
}

TEST(BearerToken, is_read_with_the_scheme_in_any_case) {
  for (const auto* value : {"Bearer abc.DEF-1_2~3+4/5==", "bearer abc.DEF-1_2~3+4/5==",
                            "BEARER   abc.DEF-1_2~3+4/5=="}) {
    EXPECT_EQ(read({value}).bearer_token, "abc.DEF-1_2~3+4/5==") << value;
  }
}

TEST(BearerToken, absence_is_no_refusal) {
  EXPECT_FALSE(read({}).present);
}

TEST(BearerToken, anything_else_is_present_but_no_token) {
  for (const auto* value : {"", "Bearer", "Bearer ", "Basic YTpi", "Bearerabc", "abc"}) {
    const Credentials credentials = read({value});
    EXPECT_TRUE(credentials.present) << value;
    EXPECT_FALSE(credentials.bearer_token) << value;
  }
}

TEST(BearerToken, two_fields_are_no_token) {
  EXPECT_TRUE(read({"Bearer abc", "Bearer abc"}).present);
  EXPECT_FALSE(read({"Bearer abc", "Bearer abc"}).bearer_token);
}

}  // namespace
}  // namespace frontdesk::http
