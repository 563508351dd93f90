#include "db/sql_error.hpp"

#include <fmt/format.h>

namespace frontdesk::db {
namespace {

Error conflict() {
  return {.kind = ErrorKind::conflict,
          .code = "conflict",
          .message = "This conflicts with something that already exists."};
}

Error invalid() {
  return {.kind = ErrorKind::invalid,
          .code = "validation_failed",
          .message = "The request names something that does not exist or is not allowed."};
}

Error malformed() {
  return {.kind = ErrorKind::malformed,
          .code = "malformed",
          .message = "The request holds a value that cannot be read."};
}

Error internal() {
  return {.kind = ErrorKind::internal,
          .code = "internal",
          .message = "Something went wrong on our side."};
}

}  // namespace

Error answer_to(std::string_view sqlstate) {
  if (sqlstate == "23P01" || sqlstate == "23505") return conflict();
  const auto error_class = sqlstate.substr(0, 2);
  if (error_class == "23" || error_class == "54") return invalid();
  if (error_class == "22") return malformed();
  if (sqlstate == "08P01") return internal();  // our message was wrong, not the line
  // 0A000: a cached plan outlived a migration; 25006: a server that became a standby; 26000: a
  // session that lost its statements. Each passes with a new connection.
  if (sqlstate == "40001" || sqlstate == "40P01" || sqlstate == "55P03" || sqlstate == "0A000" ||
      sqlstate == "25006" || sqlstate == "25P03" || sqlstate == "26000" || error_class == "53" ||
      error_class == "57" || error_class == "58" || error_class == "08") {
    return unavailable();
  }
  return internal();
}

SqlError::SqlError(Report report)
    : Fault(fmt::format("{}: SQLSTATE {}: {}", report.statement, report.sqlstate, report.message),
            answer_to(report.sqlstate)),
      report_(std::move(report)) {}

bool SqlError::is_retryable() const noexcept {
  return report_.sqlstate == "40001" || report_.sqlstate == "40P01";
}

}  // namespace frontdesk::db
