#include "core/language_tag.hpp"

#include <gtest/gtest.h>

namespace frontdesk {
namespace {

TEST(LanguageTag, has_a_language_and_parts) {
  for (const auto* tag : {"en", "de-DE", "gsw", "zh-Hant-TW", "es-419", "de-CH-1996", "EN-us"}) {
    EXPECT_TRUE(is_language_tag(tag)) << tag;
  }
  for (const auto* text : {"", "e", "english", "de_DE", "de-", "-de", "de--DE", "d1",
                           "de-123456789", "de DE", "de-D\n", "d\u00e9"}) {
    EXPECT_FALSE(is_language_tag(text)) << text;
  }
}

}  // namespace
}  // namespace frontdesk
