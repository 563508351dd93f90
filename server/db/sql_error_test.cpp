#include "db/sql_error.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace frontdesk::db {
namespace {

class SqlStates : public ::testing::TestWithParam<std::pair<const char*, ErrorKind>> {};

TEST_P(SqlStates, R31_have_one_answer_each) {
  const auto& [sqlstate, kind] = GetParam();
  EXPECT_EQ(answer_to(sqlstate).kind, kind) << sqlstate;
}

INSTANTIATE_TEST_SUITE_P(
    All, SqlStates,
    ::testing::Values(
        std::pair{"23P01", ErrorKind::conflict}, std::pair{"23505", ErrorKind::conflict},
        std::pair{"23503", ErrorKind::invalid}, std::pair{"23514", ErrorKind::invalid},
        std::pair{"23502", ErrorKind::invalid}, std::pair{"22001", ErrorKind::malformed},
        std::pair{"22P05", ErrorKind::malformed}, std::pair{"22021", ErrorKind::malformed},
        std::pair{"40001", ErrorKind::unavailable}, std::pair{"40P01", ErrorKind::unavailable},
        std::pair{"55P03", ErrorKind::unavailable}, std::pair{"57014", ErrorKind::unavailable},
        std::pair{"53300", ErrorKind::unavailable}, std::pair{"57P01", ErrorKind::unavailable},
        std::pair{"57P03", ErrorKind::unavailable}, std::pair{"08006", ErrorKind::unavailable},
        std::pair{"25P03", ErrorKind::unavailable}, std::pair{"25006", ErrorKind::unavailable},
        std::pair{"54000", ErrorKind::invalid}, std::pair{"08P01", ErrorKind::internal},
        std::pair{"42601", ErrorKind::internal}, std::pair{"42501", ErrorKind::internal},
        std::pair{"25P02", ErrorKind::internal}));

TEST(SqlError, R31_tells_a_client_when_to_come_back) {
  EXPECT_TRUE(answer_to("40001").retry_after.has_value());
  EXPECT_TRUE(ConnectionLost("x").answer().retry_after.has_value());
  EXPECT_TRUE(CommitUnknown("x").answer().retry_after.has_value());
  EXPECT_TRUE(DeadlinePassed("x").answer().retry_after.has_value());
}

TEST(SqlError, R31_keeps_the_database_s_words_from_the_client) {
  const SqlError error({.sqlstate = "23505",
                        .constraint = "users_email_unique",
                        .table = "users",
                        .message = "duplicate key value violates unique constraint",
                        .statement = "insert_user"});
  EXPECT_EQ(error.constraint(), "users_email_unique");
  EXPECT_NE(std::string_view(error.what()).find("duplicate key"), std::string_view::npos);
  for (const std::string_view secret : {"users", "duplicate", "23505", "insert_user"}) {
    EXPECT_EQ(error.answer().message.find(secret), std::string::npos) << secret;
    EXPECT_EQ(error.answer().code.find(secret), std::string::npos) << secret;
  }
}

TEST(SqlError, only_serialization_failures_and_deadlocks_run_again) {
  const auto retryable = [](std::string sqlstate) {
    return SqlError({std::move(sqlstate), {}, {}, {}, {}}).is_retryable();
  };
  EXPECT_TRUE(retryable("40001"));
  EXPECT_TRUE(retryable("40P01"));
  EXPECT_FALSE(retryable("40002"));
  EXPECT_FALSE(retryable("55P03"));
}

}  // namespace
}  // namespace frontdesk::db
