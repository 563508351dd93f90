#include "storage/folder_store.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace frontdesk::storage {
namespace {

namespace fs = std::filesystem;

class FolderStoreTest : public ::testing::Test {
 protected:
  FolderStoreTest()
      : folder(fs::temp_directory_path() /
               fmt::format("frontdesk-store.{}.{}", ::getpid(), random_below(1'000'000))) {}
  ~FolderStoreTest() override { fs::remove_all(folder); }

  fs::path folder;
};

TEST_F(FolderStoreTest, keeps_what_was_put_and_lets_go_of_what_is_removed) {
  FolderStore store(folder / "media");
  EXPECT_EQ(store.get("public/a/320.webp"), std::nullopt);
  store.put("public/a/320.webp", std::string("a\0b", 3), "image/webp");
  store.put("public/a/640.webp", "", "image/webp");
  EXPECT_EQ(store.get("public/a/320.webp"), std::string("a\0b", 3));
  EXPECT_EQ(store.get("public/a/640.webp"), "");
  store.remove("public/a/320.webp");
  store.remove("public/a/320.webp");
  store.remove("public/never/was");
  EXPECT_EQ(store.get("public/a/320.webp"), std::nullopt);
  EXPECT_TRUE(fs::exists(folder / "media/public/a")) << "there is more in it";
  store.remove("public/a/640.webp");
  EXPECT_FALSE(fs::exists(folder / "media/public/a"));
}

TEST_F(FolderStoreTest, nobody_else_may_read_it) {
  FolderStore(folder / "media").put("private/a/b", "x", "image/webp");
  const auto permissions = [&](const char* path) {
    return static_cast<unsigned>(fs::status(folder / path).permissions());
  };
  EXPECT_EQ(permissions("media"), 0700U);
  EXPECT_EQ(permissions("media/private/a"), 0700U);
  EXPECT_EQ(permissions("media/private/a/b"), 0600U);
}

TEST_F(FolderStoreTest, what_a_power_cut_left_unfinished_is_not_seen_and_is_removed) {
  FolderStore store(folder);
  fs::create_directories(folder / "public/a");
  std::ofstream(folder / "public/a/b.part") << "half";
  EXPECT_EQ(store.get("public/a/b"), std::nullopt);
  store.remove("public/a/b");
  EXPECT_FALSE(fs::exists(folder / "public/a"));
}

TEST_F(FolderStoreTest, trouble_is_a_fault_that_may_pass) {
  fs::create_directories(folder);
  std::ofstream(folder / "media") << "a file where a folder should be";
  FolderStore store(folder / "media");
  EXPECT_THROW(store.put("public/a/b", "x", "image/webp"), Fault);
  EXPECT_EQ(store.get("public/a/b"), std::nullopt);
}

TEST(ObjectName, R70_leads_nowhere_else) {
  for (const char* good : {"a", "public/0192f0d0-3c11/320.webp", "a/b/c.d"}) {
    EXPECT_TRUE(is_object_name(good)) << good;
  }
  for (const char* bad :
       {"", "/", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/.b", "A", "a b", "a\\b", "a%2fb"}) {
    EXPECT_FALSE(is_object_name(bad)) << bad;
  }
}

}  // namespace
}  // namespace frontdesk::storage
