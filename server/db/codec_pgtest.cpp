// Every type there and back through PostgreSQL, and PostgreSQL's own reading of it.
#include "support/database.hpp"

#include <limits>
#include <numbers>

#include <gtest/gtest.h>

namespace frontdesk::db {
namespace {

using namespace std::chrono_literals;
using testing::make_pool;
using testing::run;

class Codecs : public ::testing::Test {
 protected:
  template <class T>
  Rows select(std::string_view text, const T& value) {
    return run(connection().execute(Statement{"select_value", text}, value));
  }

  /// There and back; and as text, so that both ways cannot be wrong alike.
  template <class T>
  void expect_round_trip(const T& value, std::string_view as_text) {
    const Rows rows = select("SELECT $1, $1::text", value);
    EXPECT_EQ(rows[0].get<T>(0), value) << as_text;
    EXPECT_EQ(rows[0].get<std::string>(1), as_text);
    const std::optional<T> absent;
    const Rows none = select("SELECT $1, $1::text", absent);
    EXPECT_EQ(none[0].get<std::optional<T>>(0), std::nullopt);
    const std::optional<T> present(value);
    const Rows some = select("SELECT $1, $1::text", present);
    EXPECT_EQ(some[0].get<std::optional<T>>(0), present);
  }

  Connection& connection() {
    if (!lease_) lease_.emplace(run(pool_->acquire(deadline_in(20s))));
    return **lease_;
  }

 private:
  std::unique_ptr<Pool> pool_ = make_pool();
  std::optional<Lease> lease_;
};

constexpr Instant instant_of(std::chrono::year_month_day day, std::chrono::microseconds time) {
  return Instant(std::chrono::sys_days(day)) + time;
}

TEST_F(Codecs, numbers_and_booleans_keep_their_extremes) {
  expect_round_trip(true, "true");
  expect_round_trip(false, "false");
  expect_round_trip(std::numeric_limits<std::int16_t>::min(), "-32768");
  expect_round_trip(std::numeric_limits<std::int16_t>::max(), "32767");
  expect_round_trip(std::numeric_limits<std::int32_t>::min(), "-2147483648");
  expect_round_trip(std::numeric_limits<std::int32_t>::max(), "2147483647");
  expect_round_trip(std::numeric_limits<std::int64_t>::min(), "-9223372036854775808");
  expect_round_trip(std::numeric_limits<std::int64_t>::max(), "9223372036854775807");
  expect_round_trip(std::int64_t{0}, "0");
  expect_round_trip(std::numbers::pi, "3.141592653589793");
  expect_round_trip(-0.5, "-0.5");
}

TEST_F(Codecs, text_keeps_every_character) {
  expect_round_trip(std::string(""), "");
  expect_round_trip(std::string("Zoë's \"Salon\" \\ 美容 💇"), "Zoë's \"Salon\" \\ 美容 💇");
  const std::string large(200'000, 'x');
  expect_round_trip(large, large);
  EXPECT_EQ(select("SELECT $1", "literal")[0].get<std::string_view>(0), "literal");
  EXPECT_EQ(select("SELECT $1::char(3)", "EUR")[0].get<std::string>(0), "EUR");
  EXPECT_EQ(select("SELECT $1::varchar", "v")[0].get<std::string>(0), "v");
}

TEST_F(Codecs, R31_text_that_PostgreSQL_cannot_hold_is_malformed) {
  for (const std::string& bad :
       {std::string("a\0b", 3), std::string("\xff\xfe"), std::string("\xed\xa0\x80")}) {
    try {
      select("SELECT $1", bad);
      ADD_FAILURE() << "it was taken";
    } catch (const SqlError& error) {
      EXPECT_EQ(error.answer().kind, ErrorKind::malformed) << error.what();
    }
  }
}

TEST_F(Codecs, ids_are_uuids) {
  const auto id = StaffId::generate();
  expect_round_trip(id, id.to_string());
  expect_round_trip(Uuid{}, "00000000-0000-0000-0000-000000000000");
}

TEST_F(Codecs, instants_are_timestamptz_in_microseconds) {
  using namespace std::chrono;
  expect_round_trip(instant_of(2026y / March / 29, 1h + 1us), "2026-03-29 01:00:00.000001+00");
  expect_round_trip(instant_of(1970y / January / 1, 0us), "1970-01-01 00:00:00+00");
  expect_round_trip(instant_of(1999y / December / 31, 24h - 1us), "1999-12-31 23:59:59.999999+00");
  expect_round_trip(instant_of(2100y / December / 31, 0us), "2100-12-31 00:00:00+00");
  expect_round_trip(instant_of(9999y / December / 31, 0us), "9999-12-31 00:00:00+00");
  expect_round_trip(Instant::max(), "infinity");
  expect_round_trip(Instant::min(), "-infinity");
}

TEST_F(Codecs, dates_and_times_are_local) {
  using namespace std::chrono;
  expect_round_trip(LocalDate(local_days(2028y / February / 29)), "2028-02-29");
  expect_round_trip(LocalDate(local_days(1969y / December / 31)), "1969-12-31");
  expect_round_trip(LocalDate::max(), "infinity");
  expect_round_trip(LocalDate::min(), "-infinity");
  expect_round_trip(LocalTime(0), "00:00:00");
  expect_round_trip(LocalTime(14h + 30min), "14:30:00");
  expect_round_trip(LocalTime(24h), "24:00:00");
}

TEST_F(Codecs, R31_a_time_beyond_the_day_is_malformed) {
  EXPECT_THROW(select("SELECT $1", LocalTime(25h)), SqlError);
}

TEST_F(Codecs, time_ranges_are_half_open) {
  using namespace std::chrono;
  const TimeRange range{instant_of(2026y / May / 1, 9h), instant_of(2026y / May / 1, 10h)};
  expect_round_trip(range, R"(["2026-05-01 09:00:00+00","2026-05-01 10:00:00+00"))");
}

TEST_F(Codecs, bytes_are_bytea) {
  expect_round_trip(Bytes{}, "\\x");
  expect_round_trip(Bytes{0, 1, 0x7f, 0x80, 0xff}, "\\x00017f80ff");
  expect_round_trip(std::array<std::uint8_t, 3>{1, 2, 3}, "\\x010203");
  const Bytes bytes{9, 8};
  EXPECT_EQ(select("SELECT $1", std::span<const std::uint8_t>(bytes))[0].get<Bytes>(0), bytes);
}

TEST_F(Codecs, jsonb_goes_in_as_text_and_comes_out_as_text) {
  const auto rows = select("SELECT $1, $1->>'a'", Jsonb{R"({"a": "ü"})"});
  EXPECT_EQ(rows[0].get<Jsonb>(0).text, R"({"a": "ü"})");
  EXPECT_EQ(rows[0].get<std::string>(1), "ü");
  EXPECT_THROW(select("SELECT $1, $1->>'a'", Jsonb{"{"}), SqlError);
}

TEST_F(Codecs, vectors_are_arrays) {
  expect_round_trip(std::vector<std::int16_t>{-1, 2}, "{-1,2}");
  expect_round_trip(std::vector<std::int32_t>{}, "{}");
  expect_round_trip(std::vector<std::int64_t>{std::numeric_limits<std::int64_t>::min()},
                    "{-9223372036854775808}");
  expect_round_trip(std::vector<std::string>{"", "a,b", "NULL", "\"{}\\"},
                    R"({"","a,b","NULL","\"{}\\"})");
  const auto id = ServiceId::generate();
  expect_round_trip(std::vector<ServiceId>{id, id},
                    "{" + id.to_string() + "," + id.to_string() + "}");
  expect_round_trip(std::vector<LocalDate>{LocalDate(std::chrono::days(0))}, "{1970-01-01}");
  expect_round_trip(std::vector<Instant>{Instant{}}, "{\"1970-01-01 00:00:00+00\"}");
  expect_round_trip(std::vector<Bytes>{{}, {1}}, R"({"\\x","\\x01"})");
  const std::vector<std::int32_t> large(5'000, 7);
  EXPECT_EQ(
      select("SELECT $1", std::span<const std::int32_t>(large))[0].get<std::vector<std::int32_t>>(
          0),
      large);
}

TEST_F(Codecs, rows_can_be_walked_counted_and_viewed) {
  const auto rows = select("SELECT n, 'row ' || n FROM generate_series(1, $1) n", std::int32_t{3});
  EXPECT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows.affected(), 3);
  std::int32_t expected = 1;
  for (const Row row : rows) EXPECT_EQ(row.get<std::int32_t>(0), expected++);
  EXPECT_EQ(rows[2].get<std::string_view>(1), "row 3");
  EXPECT_TRUE(select("SELECT $1 WHERE false", true).empty());
}

}  // namespace
}  // namespace frontdesk::db
