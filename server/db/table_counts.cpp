#include "db/table_counts.hpp"

namespace frontdesk::db {

std::map<std::string, std::int64_t> count_rows(BlockingConnection& connection) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& row : connection.query(
           "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND "
           "relnamespace = 'public'::regnamespace ORDER BY relname")) {
    const auto& table = row[0].value();
    counts[table] = std::stoll(
        connection.value("SELECT count(*) FROM public." + connection.quoted_name(table)));
  }
  return counts;
}

}  // namespace frontdesk::db
