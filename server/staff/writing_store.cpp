#include "catalog/catalog.hpp"
#include "staff/statements.hpp"
#include "staff/store.hpp"

namespace frontdesk::staff::store {
namespace {

/// Called where `error` was caught; thrown on where the caller is not at fault.
Error refusal_of(const db::SqlError& error) {
  if (error.constraint() == "staff_user_id_key") {
    return {.kind = ErrorKind::conflict,
            .code = "user_already_linked",
            .message = "This login belongs to another member of staff already."};
  }
  if (error.constraint() == "staff_user_id_fkey") {
    return invalid_field("user_id", "not_found", "There is no user with this id.");
  }
  if (error.constraint() == "staff_services_service_id_fkey") {
    return invalid_field("service_ids", "not_found", "There is no service with one of these ids.");
  }
  throw;
}

}  // namespace

Task<void> lock_list(db::Connection& connection) {
  co_await connection.execute(sql::lock_staff_list);
}

Task<void> lock_time(db::Connection& connection, StaffId id) {
  co_await connection.execute(sql::lock_member_time, id);
}

Task<Result<void>> insert_member(db::Connection& connection, StaffId id, const NewMember& member) {
  try {
    const auto rows = co_await connection.execute(sql::insert_staff, id, member.user, member.name,
                                                  member.title, member.bio, Staff::max_members);
    if (rows.affected() == 0) co_return refuse(catalog::limit_reached(Staff::max_members, "staff"));
    co_return Result<void>();
  } catch (const db::SqlError& error) {
    co_return refuse(refusal_of(error));
  }
}

Task<Result<void>> update_member(db::Connection& connection, Member& member) {
  try {
    const auto rows =
        co_await connection.execute(sql::update_staff, member.id, member.user, member.name,
                                    member.title, member.bio, member.active);
    member.version = rows[0].get<std::int64_t>(0);
    co_return Result<void>();
  } catch (const db::SqlError& error) {
    co_return refuse(refusal_of(error));
  }
}

Task<std::int64_t> count_members(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::count_staff, true);
  co_return rows[0].get<std::int64_t>(0);
}

Task<void> lock_services(db::Connection& connection, const std::vector<ServiceId>& services) {
  co_await connection.execute(sql::lock_named_services, services);
}

Task<Result<bool>> replace_services(db::Connection& connection, StaffId id,
                                    const std::vector<ServiceId>& services) {
  const auto compared = co_await connection.execute(sql::would_change_services, id, services);
  if (!compared[0].get<bool>(0)) co_return false;
  try {
    const auto results =
        co_await connection.execute_batch(db::Batch()
                                              .add(sql::remove_staff_services, id, services)
                                              .add(sql::add_staff_services, id, services));
    co_return results[0].affected() + results[1].affected() > 0;
  } catch (const db::SqlError& error) {
    co_return refuse(refusal_of(error));
  }
}

Task<void> bump_version(db::Connection& connection, StaffId id) {
  co_await connection.execute(sql::bump_staff_version, id);
}

Task<bool> is_booked(db::Connection& connection, StaffId id) {
  const auto rows = co_await connection.execute(sql::is_staff_booked, id);
  co_return rows[0].get<bool>(0);
}

Task<void> delete_member(db::Connection& connection, StaffId id) {
  co_await connection.execute(sql::delete_staff, id);
}

Task<std::vector<StaffId>> active_members(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::list_active_staff);
  std::vector<StaffId> ids;
  ids.reserve(rows.size());
  for (const db::Row row : rows) ids.push_back(row.get<StaffId>(0));
  co_return ids;
}

Task<bool> reorder(db::Connection& connection, const std::vector<StaffId>& order) {
  const auto rows = co_await connection.execute(sql::reorder_staff, order);
  co_return rows.affected() > 0;
}

}  // namespace frontdesk::staff::store
