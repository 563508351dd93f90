#include "backup/archive_reader.hpp"
#include "backup/archive_writer.hpp"
#include "db/setup_error.hpp"

#include <array>
#include <stdexcept>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

constexpr std::size_t block_bytes = 512;

class File {
 public:
  explicit File(std::string_view bytes = "")
      : number_(::memfd_create("archive", MFD_CLOEXEC | MFD_ALLOW_SEALING)) {
    replace(bytes);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { ::close(number_); }

  void replace(std::string_view bytes) const {
    EXPECT_EQ(::ftruncate(number_, static_cast<off_t>(bytes.size())), 0);
    EXPECT_EQ(::pwrite(number_, bytes.data(), bytes.size(), 0), std::ssize(bytes));
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] std::string bytes() const {
    std::string bytes(static_cast<std::size_t>(::lseek(number_, 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(number_, bytes.data(), bytes.size(), 0), std::ssize(bytes));
    return bytes;
  }

 private:
  int number_;
};

void go_on() {}

std::string archive_of(std::string_view dump) {
  const File file;
  const File source(dump);
  ArchiveWriter writer(file.number());
  writer.add_file("database.dump", source.number(), go_on);
  writer.add_member("empty", "");
  writer.add_member("manifest.json", "{}\n");
  writer.finish();
  EXPECT_EQ(writer.size_bytes(), file.bytes().size());
  return file.bytes();
}

bool is_whole(const File& file) {
  try {
    ArchiveReader(file.number()).verify(go_on);
    return true;
  } catch (const db::SetupError&) {
    return false;
  }
}

TEST(Archive, members_of_all_lengths_come_back) {
  for (const std::size_t length : {0UL, 1UL, 511UL, 512UL, 513UL, 1UL << 20U}) {
    std::string dump(length, '\0');
    for (std::size_t i = 0; i < length; ++i) dump[i] = static_cast<char>(i * 7 / 3);
    const File file(archive_of(dump));
    const ArchiveReader reader(file.number());
    reader.verify(go_on);
    std::string read;
    std::array<char, 1000> buffer{};
    const auto source = reader.open("database.dump");
    while (const auto count = source(buffer)) read.append(buffer.data(), count);
    EXPECT_EQ(read, dump);
    EXPECT_EQ(reader.text_of("empty"), "");
    EXPECT_EQ(reader.text_of("manifest.json"), "{}\n");
    EXPECT_THROW((void)reader.text_of("absent"), db::SetupError);
    EXPECT_THROW((void)reader.open("absent"), db::SetupError);
  }
}

// The members are holes: only what is in front of and after them is written and read.
TEST(Archive, sizes_on_both_sides_of_eight_gibibytes_are_those_of_the_members) {
  const auto rest = archive_of("PGDMP");
  for (const std::uint64_t size : {(1ULL << 33) - block_bytes, 1ULL << 33, 1ULL << 34}) {
    const File source;
    ASSERT_EQ(::ftruncate(source.number(), static_cast<off_t>(size)), 0);
    const File file;
    ArchiveWriter writer(file.number());
    const auto stop = [] { throw std::runtime_error("stop"); };
    EXPECT_THROW(writer.add_file("huge", source.number(), stop), std::runtime_error);
    const auto end = static_cast<off_t>(writer.size_bytes() + size);
    ASSERT_EQ(::pwrite(file.number(), rest.data(), rest.size(), end), std::ssize(rest));
    EXPECT_EQ(ArchiveReader(file.number()).text_of("manifest.json"), "{}\n") << size;
  }
}

TEST(Archive, a_changed_byte_anywhere_is_refused) {
  const auto whole = archive_of("PGDMP");
  const File file(whole);
  ASSERT_TRUE(is_whole(file));
  for (std::size_t place = 0; place < whole.size(); ++place) {
    auto changed = whole;
    changed[place] = static_cast<char>(changed[place] ^ (1 << place % 8));
    file.replace(changed);
    EXPECT_FALSE(is_whole(file)) << place;
  }
}

// A tar checksum is a sum: what one byte gains another may lose. Modes, owners and times are these.
TEST(Archive, changes_that_a_header_s_own_checksum_misses_are_refused) {
  const auto whole = archive_of("PGDMP");
  for (std::size_t header = 0; header + block_bytes < whole.size(); header += block_bytes) {
    if (whole.compare(header + 257, 5, "ustar") != 0) continue;
    for (std::size_t place = 100; place < 148; ++place) {
      auto changed = whole;
      ++changed[header + place];
      --changed[header + 330];
      EXPECT_FALSE(is_whole(File(changed))) << "byte " << place << " of the header at " << header;
    }
  }
}

TEST(Archive, a_missing_or_added_byte_anywhere_is_refused) {
  const auto whole = archive_of("PGDMP");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(is_whole(File(whole.substr(0, length)))) << length;
  }
  for (std::size_t place = 0; place < whole.size(); place += 64) {
    EXPECT_FALSE(is_whole(File(std::string(whole).erase(place, 1)))) << place;
    EXPECT_FALSE(is_whole(File(std::string(whole).insert(place, 1, '\0')))) << place;
    EXPECT_FALSE(is_whole(File(std::string(whole).erase(place, block_bytes)))) << place;
    EXPECT_FALSE(is_whole(File(std::string(whole).insert(place, block_bytes, '\0')))) << place;
  }
  for (const std::size_t count : {1UL, 512UL, 1'024UL, 10'240UL}) {
    EXPECT_FALSE(is_whole(File(whole + std::string(count, '\0')))) << count;
  }
  EXPECT_FALSE(is_whole(File(whole + whole)));
}

TEST(Archive, a_member_that_grows_while_it_is_read_ends_where_it_began) {
  const File file;
  const File source("PGDMP");
  ArchiveWriter writer(file.number());
  writer.add_file("database.dump", source.number(), [&] { source.replace("PGDMP and more"); });
  writer.finish();
  ArchiveReader(file.number()).verify(go_on);
}

TEST(Archive, a_disk_that_refuses_is_named) {
  const File file;
  ASSERT_EQ(::fcntl(file.number(), F_ADD_SEALS, F_SEAL_GROW), 0);
  try {
    ArchiveWriter writer(file.number());
    writer.add_member("manifest.json", "{}");
    FAIL() << "nothing was refused";
  } catch (const db::SetupError& error) {
    EXPECT_STREQ(error.what(), "The backup cannot be written: Operation not permitted.");
  }
}

TEST(Archive, what_stops_the_work_ends_it) {
  struct Stop {};
  const auto stop = [] { throw Stop(); };
  const File file(archive_of("PGDMP"));
  EXPECT_THROW(ArchiveReader(file.number()).verify(stop), Stop);
  const File target;
  ArchiveWriter writer(target.number());
  EXPECT_THROW(writer.add_file("database.dump", file.number(), stop), Stop);
}

TEST(Archive, nothing_is_written_for_a_member_that_was_given_up) {
  const File source(std::string(100'000, 'x'));
  const File target;
  std::uint64_t written = 0;
  {
    ArchiveWriter writer(target.number());
    const auto stop = [] { throw std::runtime_error("stop"); };
    EXPECT_THROW(writer.add_file("database.dump", source.number(), stop), std::runtime_error);
    written = writer.size_bytes();
  }
  EXPECT_EQ(target.bytes().size(), written);
}

}  // namespace
}  // namespace frontdesk::backup
