#include "backup/media.hpp"

#include <fstream>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

namespace fs = std::filesystem;

class WriteMedia : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int key = 0; key < 3; ++key) {
      const auto place = folder / "public" / fmt::format("{}", key);
      fs::create_directories(place);
      std::ofstream(place / "1.jpg") << "picture " << key;
    }
  }
  void TearDown() override {
    fs::remove_all(folder);
    ::close(archive);
  }

  std::size_t members() {
    off_t place = 0;
    const ArchiveReader::Source source = [&](std::span<char> buffer) {
      const auto count = ::pread(archive, buffer.data(), buffer.size(), place);
      place += count;
      return static_cast<std::size_t>(count);
    };
    fs::remove_all(folder);
    return restore_media(source, folder, [] {});
  }

  fs::path folder = fs::temp_directory_path() / fmt::format("frontdesk-media.{}", ::getpid());
  int archive = ::memfd_create("media.tar", MFD_CLOEXEC);
};

TEST_F(WriteMedia, all_files_are_in_it) {
  write_media(folder, archive, [] {});
  EXPECT_EQ(members(), 3U);
}

TEST_F(WriteMedia, what_is_removed_meanwhile_is_left_out) {
  bool is_removed = false;
  write_media(folder, archive, [&] {
    if (std::exchange(is_removed, true)) return;
    for (const auto& entry : fs::directory_iterator(folder / "public")) {
      fs::remove_all(entry.path());
    }
  });
  EXPECT_EQ(members(), 1U) << "the one that was open already";
}

}  // namespace
}  // namespace frontdesk::backup
