#include "core/uuid.hpp"

#include <chrono>
#include <set>

#include <gtest/gtest.h>

namespace frontdesk {
namespace {

TEST(Uuid, generate_makes_version_7_of_the_RFC_variant) {
  for (int i = 0; i < 1000; ++i) {
    const auto uuid = Uuid::generate();
    EXPECT_EQ(uuid.bytes[6] >> 4, 7);
    EXPECT_EQ(uuid.bytes[8] >> 6, 2);
  }
}

TEST(Uuid, generate_starts_with_the_milliseconds_of_now) {
  const auto milliseconds = [] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  const auto before = milliseconds();
  const auto uuid = Uuid::generate();
  const auto after = milliseconds();
  std::int64_t stamp = 0;
  for (int i = 0; i < 6; ++i) stamp = stamp << 8 | uuid.bytes[static_cast<std::size_t>(i)];
  EXPECT_LE(before, stamp);
  EXPECT_LE(stamp, after);
}

TEST(Uuid, generate_does_not_repeat) {
  std::set<Uuid> seen;
  for (int i = 0; i < 10000; ++i) EXPECT_TRUE(seen.insert(Uuid::generate()).second);
}

TEST(Uuid, reads_what_it_writes_in_either_case) {
  const auto uuid = Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057");
  ASSERT_TRUE(uuid);
  EXPECT_EQ(uuid->to_string(), "01890a5d-ac96-774b-bcce-b302099a8057");
  EXPECT_EQ(Uuid::parse("01890A5D-AC96-774B-BCCE-B302099A8057"), uuid);
}

TEST(Uuid, R31_refuses_everything_but_the_canonical_form) {
  for (const auto* bad :
       {"", "01890a5dac96774bbcceb302099a8057", "{01890a5d-ac96-774b-bcce-b302099a8057}",
        "01890a5d-ac96-774b-bcce-b302099a805", "01890a5d-ac96-774b-bcce-b302099a80570",
        "01890a5d-ac96-774b-bcce-b302099a805g", "01890a5d_ac96-774b-bcce-b302099a8057",
        "01890a5d-ac96-774b-bcceb-302099a8057", " 1890a5d-ac96-774b-bcce-b302099a8057"}) {
    EXPECT_FALSE(Uuid::parse(bad)) << bad;
  }
}

TEST(Id, the_same_bytes_are_not_the_same_type) {
  static_assert(!std::is_convertible_v<UserId, StaffId>);
  static_assert(!std::is_convertible_v<Uuid, UserId>);
}

}  // namespace
}  // namespace frontdesk
