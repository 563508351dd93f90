#include "db/rows.hpp"

#include <charconv>
#include <cstring>

#include <libpq-fe.h>

namespace frontdesk::db {

Cell Row::cell_at(int column) const {
  ENSURE(column >= 0 && column < PQnfields(result_));
  return {.type = PQftype(result_, column),
          .is_null = PQgetisnull(result_, index_, column) != 0,
          .bytes = {PQgetvalue(result_, index_, column),
                    static_cast<std::size_t>(PQgetlength(result_, index_, column))}};
}

void Rows::Clear::operator()(pg_result* result) const {
  PQclear(result);
}

int Rows::count() const {
  return result_ ? PQntuples(result_.get()) : 0;
}

std::int64_t Rows::affected() const {
  if (!result_) return 0;
  const char* digits = PQcmdTuples(result_.get());
  std::int64_t rows = 0;
  std::from_chars(digits, digits + std::strlen(digits), rows);
  return rows;
}

}  // namespace frontdesk::db
