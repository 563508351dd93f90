#include "http/static_content.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(PagePolicy, R35_allows_inline_elements_by_their_hash) {
  // printf '%s' 'alert(1)' | openssl dgst -sha256 -binary | base64
  const std::string policy =
      page_policy("<style>p{}</style><script type=\"module\">alert(1)</script>", false);
  EXPECT_THAT(
      policy,
      HasSubstr(";script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';"));
  EXPECT_THAT(policy, HasSubstr(";style-src 'self' 'sha256-"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe-inline")));
}

TEST(PagePolicy, scripts_from_files_need_no_hash) {
  const std::string policy = page_policy("<script src=\"/docs/a.js\"></script>", true);
  EXPECT_THAT(policy, HasSubstr(";script-src 'self';script-src-attr 'none';style-src 'self';"));
}

TEST(PagePolicy, R35_upgrades_only_where_the_public_url_is_https) {
  EXPECT_THAT(page_policy("", true), HasSubstr(";upgrade-insecure-requests"));
  EXPECT_THAT(page_policy("", false), Not(HasSubstr("upgrade-insecure-requests")));
}

TEST(PagePolicy, survives_a_page_that_ends_early) {
  for (const auto* page :
       {"<script", "<script>", "<script>a</scr", "<style></style", "<scripted>"}) {
    EXPECT_THAT(page_policy(page, false), HasSubstr("script-src 'self';")) << page;
  }
}

TEST(StaticContent, has_its_tag_and_its_compressed_form_ready) {
  const auto content =
      make_static_content(std::string(5000, 'x'), "text/html", "default-src 'none'");
  EXPECT_EQ(content->body.size(), 5000u);
  EXPECT_LT(content->gzip.size(), 100u);
  EXPECT_TRUE(content->etag.starts_with("W/\""));
  EXPECT_EQ(serve(content).content, content);
}

TEST(StaticContent, keeps_no_compressed_form_that_does_not_pay) {
  EXPECT_TRUE(make_static_content("short", "text/plain")->gzip.empty());
  std::string noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 5000; ++i) {
    state = state * 1664525 + 1013904223;
    noise.push_back(static_cast<char>(state >> 24));
  }
  EXPECT_TRUE(make_static_content(noise, "image/png")->gzip.empty());
}

}  // namespace
}  // namespace frontdesk::http
