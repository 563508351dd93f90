#include "core/base64url.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk {
namespace {

TEST(Base64url, encodes_the_examples_of_RFC_4648_without_padding) {
  EXPECT_EQ(base64url_encode(""), "");
  EXPECT_EQ(base64url_encode("f"), "Zg");
  EXPECT_EQ(base64url_encode("fo"), "Zm8");
  EXPECT_EQ(base64url_encode("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
}

RC_GTEST_PROP(Base64url, decodes_what_it_encoded, (const std::vector<std::uint8_t>& bytes)) {
  RC_ASSERT(base64url_decode(base64url_encode(bytes)) == bytes);
}

RC_GTEST_PROP(Base64url, accepts_only_the_one_spelling_of_a_value, (const std::string& text)) {
  if (const auto bytes = base64url_decode(text)) RC_ASSERT(base64url_encode(*bytes) == text);
}

TEST(Base64url, refuses_other_spellings) {
  for (const char* text :
       {"Zg==", "Zg=", "Z", "Zh", "Zm9", "+/8", "Zm9v\n", " Zm9v", "Zm9vY", "Zm 9"}) {
    EXPECT_FALSE(base64url_decode(text)) << text;
  }
  EXPECT_FALSE(base64url_decode(std::string_view("Zm\0v", 4)));
}

}  // namespace
}  // namespace frontdesk
