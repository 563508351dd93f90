#include "backup/manifest.hpp"
#include "backup/secrets.hpp"

#include <gtest/gtest.h>

namespace frontdesk::backup {
namespace {

TEST(Manifest, comes_back_as_it_was) {
  const Manifest manifest{.frontdesk_version = "1.2.3",
                          .created_at = "2026-03-29T10:00:00Z",
                          .postgresql_version = 15,
                          .migration = 9,
                          .migration_name = "0009_catalogue_revision",
                          .rows = {{"appointments", 5'000'000'000}, {"users", 0}}};
  const auto parsed = parse_manifest(format_manifest(manifest));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->migration, 9);
  EXPECT_EQ(parsed->migration_name, manifest.migration_name);
  EXPECT_EQ(parsed->created_at, manifest.created_at);
  EXPECT_EQ(parsed->rows, manifest.rows);
}

TEST(Manifest, refuses_what_is_none) {
  for (const auto* text : {"", "{}", "[]", "null", "{\"format\":\"frontdesk-backup\"}",
                           "{\"format\":1,\"format_version\":1}"}) {
    EXPECT_FALSE(parse_manifest(text)) << text;
  }
}

TEST(Secrets, come_back_as_they_were_and_nothing_else_does) {
  const Secrets secrets{{"FRONTDESK_DATA_KEY", "00ff"},
                        {"FRONTDESK_JWT_KEYS", "k2:aa,k1:bb"},
                        {"FRONTDESK_PASSWORD_PEPPER", "11ee"}};
  const auto text = format_secrets(secrets);
  EXPECT_EQ(parse_secrets(text), secrets);
  EXPECT_FALSE(parse_secrets(""));
  EXPECT_FALSE(parse_secrets(text.substr(0, text.size() - 1)));
  EXPECT_FALSE(parse_secrets(text + "FRONTDESK_LISTEN=0.0.0.0:80\n"));
  EXPECT_FALSE(
      parse_secrets("FRONTDESK_DATA_KEY=$(id)\nFRONTDESK_JWT_KEYS=a\n"
                    "FRONTDESK_PASSWORD_PEPPER=b\n"));
}

}  // namespace
}  // namespace frontdesk::backup
