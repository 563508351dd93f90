#include "http/multipart.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

constexpr auto type = "multipart/form-data; boundary=xYzZY";

std::string part(std::string head, std::string content) {
  return "--xYzZY\r\n" + head + "\r\n\r\n" + content + "\r\n";
}
const std::string end = "--xYzZY--\r\n";
const std::string image_head =
    "Content-Disposition: form-data; name=\"image\"; filename=\"a \\ b.jpg\"\r\n"
    "Content-Type: image/jpeg";

std::string outcome(std::string_view body, std::string_view content_type = type) {
  const auto parts = parse_form_data(content_type, body);
  if (!parts) return parts.error().code;
  std::string text;
  for (const auto& each : *parts) {
    text += each.name + (each.is_file ? "[file]" : "") + "=" + std::string(each.content) + ";";
  }
  return text;
}

TEST(Multipart, is_read_as_browsers_write_it) {
  const auto alt = "Content-Disposition: form-data; name=\"alt\"";
  EXPECT_EQ(outcome(part(image_head, "\xff\xd8\r\n--xYzZ\r\n") + part(alt, "") + end),
            "image[file]=\xff\xd8\r\n--xYzZ\r\n;alt=;");
  EXPECT_EQ(outcome(end), "");
  EXPECT_EQ(outcome("--xYzZY--"), "");
  EXPECT_EQ(outcome("--a b--", "multipart/form-data; charset=utf-8; boundary=\"a b\""), "");
  EXPECT_EQ(outcome("--x--", "Multipart/Form-Data;BOUNDARY=x"), "");
}

TEST(Multipart, R30_what_is_not_quite_it_is_refused) {
  for (const std::string& body :
       {std::string(),
        std::string("--xYzZY"),
        std::string("--xYzZY\r\n"),
        "preamble\r\n" + end,
        end + "epilogue",
        part(image_head, "x"),
        part("", "x") + end,
        part("Content-Type: image/png", "x") + end,
        part("Content-Disposition: form-data", "x") + end,
        part("Content-Disposition: attachment; name=\"image\"", "x") + end,
        part("Content-Disposition: form-data; name=\"\"", "x") + end,
        part("Content-Disposition: form-data; name=\"a\"; name=\"b\"", "x") + end,
        part("Content-Disposition: form-data; name=\"a", "x") + end,
        part("Content-Disposition: form-data; name=a b", "x") + end,
        part(image_head + "\r\nContent-Disposition: form-data; name=\"b\"", "x") + end,
        part(image_head + "\r\nContent-Transfer-Encoding: base64", "eA==") + end,
        part(image_head + "\r\nno colon", "x") + end,
        part(image_head + "\r\n folded", "x") + end,
        part(image_head + "\r\nX-Long: " + std::string(3000, 'x'), "x") + end,
        "--xYzZY\n" + image_head + "\n\nx\n--xYzZY--\n"}) {
    EXPECT_EQ(outcome(body), "malformed_body") << body;
  }
}

TEST(Multipart, R30_the_boundary_must_be_one) {
  for (const std::string& content_type :
       {std::string("multipart/form-data"), std::string("multipart/form-data; boundary="),
        std::string("multipart/form-data; boundary=\"\""),
        std::string("multipart/form-data; boundary=a; boundary=b"),
        std::string("multipart/form-data; boundary=\"a "),
        std::string("multipart/form-data; boundary=\"a \""),
        "multipart/form-data; boundary=" + std::string(71, 'a'),
        std::string("multipart/form-data; boundary=a{b")}) {
    EXPECT_EQ(outcome("--a--", content_type), "malformed_body") << content_type;
  }
}

TEST(Multipart, parts_are_few) {
  std::string body;
  for (std::size_t i = 0; i < max_form_parts; ++i) body += part(image_head, "x");
  EXPECT_NE(outcome(body + end), "malformed_body");
  EXPECT_EQ(outcome(body + part(image_head, "x") + end), "malformed_body");
}

}  // namespace
}  // namespace frontdesk::http
