#include "db/rows.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>
#include <libpq-fe.h>

namespace frontdesk::db {
namespace {

/// One row: 7 as int4, a NULL text.
Rows result() {
  PGresult* result = PQmakeEmptyPGresult(nullptr, PGRES_TUPLES_OK);
  std::string number = "number", absent = "absent";
  std::array<PGresAttDesc, 2> columns{};
  columns[0] = {number.data(), 0, 0, 1, static_cast<int>(oid::int4), 4, -1};
  columns[1] = {absent.data(), 0, 0, 1, static_cast<int>(oid::text), -1, -1};
  PQsetResultAttrs(result, columns.size(), columns.data());
  std::string seven("\0\0\0\7", 4);
  PQsetvalue(result, 0, 0, seven.data(), 4);
  PQsetvalue(result, 0, 1, nullptr, -1);
  return Rows(result);
}

TEST(Rows, are_read_by_column_and_type) {
  const Rows rows = result();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].get<std::int32_t>(0), 7);
  EXPECT_EQ(rows[0].get<std::optional<std::int32_t>>(0), 7);
  EXPECT_EQ(rows[0].get<std::optional<std::string>>(1), std::nullopt);
  EXPECT_TRUE(rows[0].is_null(1));
  EXPECT_FALSE(rows[0].is_null(0));
}

TEST(Rows, may_be_none_at_all) {
  const Rows rows;
  EXPECT_TRUE(rows.empty());
  EXPECT_EQ(rows.affected(), 0);
  for ([[maybe_unused]] const Row row : rows) ADD_FAILURE();
}

TEST(RowsDeathTest, a_type_that_does_not_fit_is_a_bug) {
  const Rows rows = result();
  EXPECT_DEATH((void)rows[0].get<std::int64_t>(0), "invariant broken");
  EXPECT_DEATH((void)rows[0].get<std::string>(0), "invariant broken");
  EXPECT_DEATH((void)rows[0].get<std::string>(1), "invariant broken");
  EXPECT_DEATH((void)rows[0].get<std::int32_t>(2), "invariant broken");
  EXPECT_DEATH((void)rows[0].get<std::int32_t>(-1), "invariant broken");
  EXPECT_DEATH((void)rows[1], "invariant broken");
}

TEST(CodecDeathTest, bytes_that_PostgreSQL_never_sends_are_not_read_past_their_end) {
  EXPECT_DEATH((void)decode<std::int32_t>("abc"), "invariant broken");
  EXPECT_DEATH((void)decode<std::vector<std::int32_t>>(std::string_view("\0\0\0\1", 4)),
               "invariant broken");
  EXPECT_DEATH((void)decode<TimeRange>(std::string_view("\1", 1)), "invariant broken");
  EXPECT_DEATH((void)decode<Uuid>("short"), "invariant broken");
}

}  // namespace
}  // namespace frontdesk::db
