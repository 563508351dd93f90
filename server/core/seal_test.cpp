#include "core/seal.hpp"

#include "core/secret.hpp"

#include <ostream>
#include <type_traits>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk {
namespace {

constexpr std::array<std::uint8_t, DataKey::size_bytes> key_bytes{1, 2, 3};

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

RC_GTEST_PROP(Seal, opens_what_it_sealed_for_the_same_row, (const std::string& plain)) {
  const DataKey key(key_bytes);
  const Uuid row = Uuid::generate();
  RC_ASSERT(key.open(key.seal(plain, row), row) == plain);
}

TEST(Seal, seals_the_same_text_differently_each_time) {
  const DataKey key(key_bytes);
  const Uuid row = Uuid::generate();
  EXPECT_NE(key.seal("a code", row), key.seal("a code", row));
}

TEST(Seal, refuses_every_changed_byte_and_every_cut) {
  const DataKey key(key_bytes);
  const Uuid row = Uuid::generate();
  const auto sealed = key.seal("Your code is 123456", row);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= 1;
    EXPECT_FALSE(key.open(changed, row)) << i;
    EXPECT_FALSE(key.open(std::span(sealed).first(i), row)) << i;
  }
}

TEST(Seal, refuses_another_row_and_another_key) {
  const DataKey key(key_bytes);
  const Uuid row = Uuid::generate();
  const auto sealed = key.seal("text", row);
  EXPECT_FALSE(key.open(sealed, Uuid::generate()));
  EXPECT_FALSE(DataKey(std::array<std::uint8_t, 32>{9}).open(sealed, row));
}

TEST(Secret, cannot_be_copied_or_printed) {
  static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
  static_assert(!std::is_convertible_v<Secret, std::string_view>);
  static_assert(!fmt::is_formattable<Secret>::value);
  static_assert(!Printable<Secret> && Printable<int>);
}

TEST(Secret, a_move_leaves_nothing_behind) {
  Secret first("hunter2");
  const Secret second = std::move(first);
  EXPECT_EQ(second.reveal(), "hunter2");
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is the point
  EXPECT_EQ(first.reveal(), "");
}

}  // namespace
}  // namespace frontdesk
