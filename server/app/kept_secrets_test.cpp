#include "app/kept_secrets.hpp"

#include "backup/secrets.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

namespace frontdesk::app {
namespace {

namespace fs = std::filesystem;

const std::string restored(64, 'b');

/// A data folder with the secrets that a restore has kept there.
class KeptSecrets : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "kept-secrets.XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::ofstream(folder_ / "secrets.env")
        << backup::format_secrets({{"FRONTDESK_DATA_KEY", restored},
                                   {"FRONTDESK_JWT_KEYS", "k1:" + restored},
                                   {"FRONTDESK_PASSWORD_PEPPER", restored}});
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] Variables with(const Variables& more) const {
    Variables variables{{"FRONTDESK_DATA_DIR", folder_.string()},
                        {"FRONTDESK_PUBLIC_URL", "https://book.example.org"}};
    variables.insert(more.begin(), more.end());
    add_kept_secrets(variables);
    return variables;
  }

 private:
  fs::path folder_;
};

TEST_F(KeptSecrets, fill_in_for_the_private_database_they_belong_to) {
  EXPECT_TRUE(parse_config(with({})));
  EXPECT_TRUE(parse_config(with({{"FRONTDESK_DATABASE_URL", ""}})));
}

TEST_F(KeptSecrets, stand_behind_the_environments) {
  const auto own = std::string(64, 'a');
  EXPECT_EQ(with({{"FRONTDESK_DATA_KEY", own}}).at("FRONTDESK_DATA_KEY"), own);
}

TEST_F(KeptSecrets, are_not_another_databases_whose_forgotten_pepper_is_an_error) {
  const auto own = std::string(64, 'a');
  const auto config =
      parse_config(with({{"FRONTDESK_DATABASE_URL", "postgresql://app@db/frontdesk"},
                         {"FRONTDESK_DATA_KEY", own},
                         {"FRONTDESK_JWT_KEYS", "k1:" + own}}));
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().front().find("FRONTDESK_PASSWORD_PEPPER"), std::string::npos);
}

}  // namespace
}  // namespace frontdesk::app
