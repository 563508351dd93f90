#include "http/body_rules.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string problem(Fields fields, std::size_t limit_bytes = 100) {
  RequestHead head;
  head.fields = std::move(fields);
  const auto error = find_body_problem(head, BodyMedia::json, limit_bytes);
  return error ? error->code : "none";
}

TEST(JsonMediaType, R30_is_application_json_with_utf8_at_most) {
  for (const auto* type :
       {"application/json", "Application/JSON", "application/json; charset=utf-8",
        "application/json;charset=UTF-8", "application/json; charset=\"utf-8\"",
        "application/json;", "application/json ; charset=utf-8"}) {
    EXPECT_TRUE(is_json_media_type(type)) << type;
  }
  for (const auto* type :
       {"", "text/plain", "application/jsonp", "application/json, text/plain", "application/*",
        "application/problem+json", "application/json; charset=latin1",
        "application/json; charset=utf-8; charset=latin1", "application/json; profile=x",
        "application/json; charset", "application/json; charset = utf-8", "json",
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"}) {
    EXPECT_FALSE(is_json_media_type(type)) << type;
  }
}

TEST(BodyRules, R30_no_body_needs_no_type) {
  EXPECT_EQ(problem({}), "none");
  EXPECT_EQ(problem({{"content-length", "0"}, {"content-type", "text/plain"}}), "none");
}

TEST(BodyRules, R30_a_body_is_json) {
  EXPECT_EQ(problem({{"content-length", "2"}}), "unsupported_media_type");
  EXPECT_EQ(problem({{"transfer-encoding", "chunked"}}), "unsupported_media_type");
  EXPECT_EQ(problem({{"content-length", "2"}, {"content-type", "text/plain"}}),
            "unsupported_media_type");
  EXPECT_EQ(problem({{"content-length", "2"}, {"content-type", "application/json"}}), "none");
  EXPECT_EQ(problem({{"transfer-encoding", "chunked"}, {"content-type", "application/json"}}),
            "none");
}

TEST(BodyRules, R30_a_form_is_one_where_a_route_takes_forms) {
  const auto problem_of = [](const char* type) {
    RequestHead head;
    head.fields = {{"content-length", "2"}, {"content-type", type}};
    const auto error = find_body_problem(head, BodyMedia::form, 100);
    return error ? error->code : "none";
  };
  EXPECT_EQ(problem_of("application/x-www-form-urlencoded"), "none");
  EXPECT_EQ(problem_of("application/x-www-form-urlencoded; charset=UTF-8"), "none");
  for (const auto* type : {"application/json", "application/x-www-form-urlencoded; charset=latin1",
                           "multipart/form-data; boundary=x", ""}) {
    EXPECT_EQ(problem_of(type), "unsupported_media_type") << type;
  }
}

TEST(BodyRules, R30_two_types_are_none) {
  EXPECT_EQ(problem({{"content-length", "2"},
                     {"content-type", "application/json"},
                     {"content-type", "application/json"}}),
            "unsupported_media_type");
}

TEST(BodyRules, R30_a_content_encoding_is_refused_whatever_it_is) {
  for (const auto* encoding : {"gzip", "identity", ""}) {
    EXPECT_EQ(problem({{"content-length", "2"},
                       {"content-type", "application/json"},
                       {"content-encoding", encoding}}),
              "unsupported_media_type");
  }
}

TEST(BodyRules, R30_a_length_above_the_limit_is_413) {
  const auto with_length = [](std::string length) {
    return problem({{"content-length", std::move(length)}, {"content-type", "application/json"}});
  };
  EXPECT_EQ(with_length("100"), "none");
  EXPECT_EQ(with_length("101"), "body_too_large");
  EXPECT_EQ(with_length("18446744073709551616"), "body_too_large");
  EXPECT_EQ(with_length("99999999999999999999999999"), "body_too_large");
}

}  // namespace
}  // namespace frontdesk::http
