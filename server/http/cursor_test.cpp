#include "http/cursor.hpp"

#include "core/base64url.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk::http {
namespace {

using namespace std::string_literals;

const AppointmentId some_id = AppointmentId::generate();
const Instant some_instant = *parse_instant("2026-03-29T12:30:00.123456Z");

std::string base64(const std::string& bytes) {
  return base64url_encode(std::string_view(bytes));
}

TEST(Cursor, gives_back_what_went_in) {
  const std::string text =
      encode_cursor("starts_at", some_instant, some_id, std::int64_t{-7}, std::int32_t{42}, "Zoë"s);
  const auto parts = decode_cursor<Instant, AppointmentId, std::int64_t, std::int32_t, std::string>(
      text, "starts_at");
  ASSERT_TRUE(parts);
  EXPECT_EQ(*parts,
            (std::tuple{some_instant, some_id, std::int64_t{-7}, std::int32_t{42}, "Zoë"s}));
}

TEST(Cursor, is_text_that_needs_no_escaping_in_a_url) {
  const std::string text = encode_cursor("starts_at", some_instant, some_id);
  EXPECT_EQ(
      text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      std::string::npos);
}

TEST(Cursor, of_another_sort_order_is_refused) {
  const std::string text = encode_cursor("starts_at", some_id);
  EXPECT_TRUE(decode_cursor<Uuid>(text, "starts_at"));
  EXPECT_FALSE(decode_cursor<Uuid>(text, "created_at"));
  EXPECT_FALSE(decode_cursor<Uuid>(text, "starts_a"));
  EXPECT_FALSE(decode_cursor<Uuid>(text, "ended__at")) << "as long a name";
  EXPECT_FALSE(decode_cursor<Uuid>(text, ""));
}

TEST(Cursor, of_another_shape_is_refused) {
  const std::string text = encode_cursor("s", some_instant, some_id);
  EXPECT_FALSE((decode_cursor<Instant>(text, "s"))) << "something is left";
  EXPECT_FALSE((decode_cursor<Instant, Uuid, Uuid>(text, "s"))) << "something is missing";
  EXPECT_FALSE((decode_cursor<std::int64_t, Uuid>(text, "s"))) << "another type";
  EXPECT_FALSE((decode_cursor<Uuid, Instant>(text, "s")));
}

TEST(Cursor, every_piece_of_one_and_every_changed_bit_of_its_frame_is_refused) {
  const std::string text = encode_cursor("sort", std::int32_t{1}, "x"s);
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE((decode_cursor<std::int32_t, std::string>(text.substr(0, size), "sort"))) << size;
  }
  EXPECT_FALSE((decode_cursor<std::int32_t, std::string>(text + "A", "sort")));
  EXPECT_FALSE((decode_cursor<std::int32_t, std::string>(text + "AAAA", "sort")));
  EXPECT_FALSE((decode_cursor<std::int32_t, std::string>(text + "=", "sort")));
}

TEST(Cursor, another_version_is_refused) {
  EXPECT_TRUE((decode_cursor<>(base64("\x01\x01s"), "s")));
  EXPECT_FALSE((decode_cursor<>(base64("\x02\x01s"), "s")));
  EXPECT_FALSE((decode_cursor<>(base64("\x01\x02s"), "s")));
}

TEST(Cursor, values_that_no_item_has_are_refused) {
  EXPECT_FALSE(decode_cursor<std::int32_t>(encode_cursor("s", std::int64_t{1} << 31), "s"));
  EXPECT_FALSE(decode_cursor<Instant>(encode_cursor("s", Instant::max()), "s"));
  EXPECT_FALSE(decode_cursor<Instant>(encode_cursor("s", Instant::min()), "s"));
  EXPECT_FALSE(decode_cursor<std::string>(base64("\x01\x01ss\x01\xff"), "s")) << "not UTF-8";
  EXPECT_FALSE(decode_cursor<std::string>(base64("\x01\x01ss\x01\x00"s), "s")) << "U+0000";
}

TEST(Cursor, a_long_text_is_cut_between_characters) {
  const std::string name = std::string(254, 'a') + "\xc3\xa4";
  const auto parts = decode_cursor<std::string>(encode_cursor("s", name), "s");
  ASSERT_TRUE(parts);
  EXPECT_EQ(std::get<0>(*parts), std::string(254, 'a'));
}

TEST(Cursor, far_too_long_a_text_is_not_even_decoded) {
  EXPECT_FALSE(decode_cursor<std::string>(std::string(100'000, 'A'), "s"));
}

RC_GTEST_PROP(Cursor, any_text_is_read_or_refused, (const std::string& text)) {
  decode_cursor<std::int64_t, std::string>(text, "s");
  const auto parts = decode_cursor<std::int64_t, std::string>(base64("\x01\x01s" + text), "s");
  if (parts) {
    RC_ASSERT(encode_cursor("s", std::get<0>(*parts), std::get<1>(*parts)) ==
              base64("\x01\x01s" + text));
  }
}

}  // namespace
}  // namespace frontdesk::http
