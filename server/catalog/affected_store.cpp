#include "catalog/business_store.hpp"
#include "catalog/catalog.hpp"
#include "catalog/statements.hpp"

namespace frontdesk::catalog {
namespace {

Affected read_affected(const db::Rows& rows) {
  Affected affected;
  for (const db::Row row : rows) {
    affected.items.push_back({.id = row.get<AppointmentId>(0),
                              .service = row.get<ServiceId>(1),
                              .service_name = row.get<std::string>(2),
                              .staff = row.get<StaffId>(3),
                              .staff_name = row.get<std::string>(4),
                              .starts_at = row.get<Instant>(5),
                              .ends_at = row.get<Instant>(6),
                              .status = row.get<std::string>(7)});
    affected.total = row.get<std::int64_t>(8);
  }
  return affected;
}

}  // namespace

Task<Affected> store::affected(db::Connection& connection, const TimeRange& closed) {
  co_return read_affected(co_await connection.execute(sql::list_affected, closed.start, closed.end,
                                                      std::int64_t{Affected::limit}));
}

Task<Affected> affected_by(db::Connection& connection,
                           const std::vector<OccupationId>& occupations) {
  if (occupations.empty()) co_return Affected{};
  co_return read_affected(co_await connection.execute(sql::list_affected_by_occupation, occupations,
                                                      std::int64_t{Affected::limit}));
}

}  // namespace frontdesk::catalog
