#include "http/upload.hpp"

#include "http/request_builder.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

Request form(const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string body;
  for (const auto& [name, content] : parts) {
    body +=
        "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
  }
  return RequestBuilder()
      .header("content-type", "multipart/form-data; boundary=b")
      .body(body + "--b--\r\n")
      .build();
}

/// `content|alt`, or the code and the fields that are wrong.
std::string outcome(const Request& request) {
  const auto upload = read_image_upload(request);
  if (upload) return std::string(upload->content.substr(0, 20)) + "|" + upload->alt;
  std::string text = upload.error().code;
  for (const auto& field : upload.error().fields) text += " " + field.field + ":" + field.code;
  return text;
}

RequestBuilder raw(std::string body) {
  return std::move(RequestBuilder().header("content-type", "image/png").body(std::move(body)));
}

TEST(Upload, is_the_body_or_a_form_with_one_image) {
  EXPECT_EQ(outcome(raw("PNG").build()), "PNG|");
  EXPECT_EQ(outcome(raw("PNG").parameter("alt", "A chair").build()), "PNG|A chair");
  EXPECT_EQ(outcome(form({{"image", "PNG"}})), "PNG|");
  EXPECT_EQ(outcome(form({{"alt", "Ein Stühlchen"}, {"image", "PNG"}})), "PNG|Ein Stühlchen");
}

TEST(Upload, R17_nothing_else_is_taken) {
  EXPECT_EQ(outcome(raw("").build()), "validation_failed image:required");
  EXPECT_EQ(outcome(raw("PNG").parameter("title", "x").build()),
            "validation_failed title:unknown_field");
  EXPECT_EQ(outcome(form({})), "validation_failed image:required");
  EXPECT_EQ(outcome(form({{"image", ""}})), "validation_failed image:required");
  EXPECT_EQ(outcome(form({{"image", "a"}, {"image", "b"}})),
            "validation_failed image:unknown_field");
  EXPECT_EQ(outcome(form({{"image", "a"}, {"file", "b"}})), "validation_failed file:unknown_field");
  EXPECT_EQ(outcome(form({{"image", "a"}, {"alt", "b"}, {"alt", "c"}})),
            "validation_failed alt:repeated");
}

TEST(Upload, R30_an_alt_is_a_short_line_of_text) {
  EXPECT_EQ(outcome(raw("PNG").parameter("alt", std::string(251, 'x')).build()),
            "validation_failed alt:too_long");
  EXPECT_EQ(outcome(form({{"image", "a"}, {"alt", "\xff"}})), "validation_failed alt:invalid");
  EXPECT_EQ(outcome(form({{"image", "a"}, {"alt", "a\nb"}})), "validation_failed alt:invalid");
}

TEST(Upload, R30_an_image_has_a_limit_of_its_own) {
  EXPECT_EQ(outcome(raw(std::string(max_image_bytes + 1, 'x')).build()), "body_too_large");
  EXPECT_EQ(outcome(form({{"image", std::string(max_image_bytes + 1, 'x')}})), "body_too_large");
  EXPECT_NE(outcome(raw(std::string(max_image_bytes, 'x')).build()), "body_too_large");
}

TEST(BodyGate, holds_both_limits_and_gives_places_back) {
  BodyGate gate({.total = 3, .per_user = 2});
  const auto ada = UserId::generate();
  const auto ben = UserId::generate();
  auto first = gate.enter(ada);
  auto second = gate.enter(ada);
  EXPECT_TRUE(first && second);
  EXPECT_EQ(gate.enter(ada).error().kind, ErrorKind::unavailable) << "of one user";
  auto third = gate.enter(ben);
  EXPECT_TRUE(third);
  EXPECT_FALSE(gate.enter(ben)) << "of all";
  *first = BodyGate::Place();
  EXPECT_TRUE(gate.enter(ben));
  EXPECT_TRUE(gate.enter(ada));
}

}  // namespace
}  // namespace frontdesk::http
