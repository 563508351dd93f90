#include "notifications/device_store.hpp"

#include "notifications/statements.hpp"

namespace frontdesk::notifications::store {
namespace {

StoredDevice device_of(const db::Row& row) {
  return {.id = row.get<Uuid>(0),
          .channel = row.get<std::string>(1),
          .sealed_target = row.get<db::Bytes>(2)};
}

}  // namespace

Task<bool> hold_login(db::Connection& connection, SessionId session, UserId user) {
  const auto rows = co_await connection.execute(sql::hold_login, session, user);
  co_return !rows.empty();
}

Task<void> lock_target(db::Connection& connection, const Uuid& target_key) {
  co_await connection.execute(sql::lock_target, target_key);
}

Task<std::optional<Holder>> hold_device(db::Connection& connection, const Uuid& device) {
  const auto rows = co_await connection.execute(sql::hold_device, device);
  if (rows.empty()) co_return std::nullopt;
  co_return Holder{rows[0].get<UserId>(0), rows[0].get<Uuid>(1), rows[0].get<std::string>(2)};
}

Task<std::vector<UserId>> delete_others_with_target(db::Connection& connection,
                                                    const Uuid& target_key, const Uuid& but) {
  const auto rows = co_await connection.execute(sql::delete_others_with_target, target_key, but);
  std::vector<UserId> owners;
  for (const db::Row row : rows) owners.push_back(row.get<UserId>(0));
  co_return owners;
}

Task<Instant> save_device(db::Connection& connection, const Registration& registration) {
  const auto rows =
      co_await connection.execute(sql::save_device, registration.device, registration.user,
                                  registration.session, registration.platform, registration.channel,
                                  registration.sealed_target, registration.target_key);
  co_return rows[0].get<Instant>(0);
}

Task<void> delete_oldest_devices(db::Connection& connection, UserId user, std::int64_t keep) {
  co_await connection.execute(sql::delete_oldest_devices, user, keep);
}

Task<bool> delete_device(db::Connection& connection, const Uuid& device, UserId user) {
  const auto rows = co_await connection.execute(sql::delete_device, device, user);
  co_return rows.affected() > 0;
}

Task<std::optional<UserId>> delete_gone_device(db::Connection& connection, const Uuid& device,
                                               const Uuid& target_key) {
  const auto rows = co_await connection.execute(sql::delete_gone_device, device, target_key);
  if (rows.empty()) co_return std::nullopt;
  co_return rows[0].get<UserId>(0);
}

Task<void> delete_stale_devices(db::Connection& connection, std::int64_t limit) {
  co_await connection.execute(sql::delete_stale_devices, limit);
}

Task<std::vector<StoredDevice>> devices_of(db::Connection& connection, UserId user) {
  const auto rows = co_await connection.execute(sql::list_devices, user);
  std::vector<StoredDevice> devices;
  for (const db::Row row : rows) devices.push_back(device_of(row));
  co_return devices;
}

Task<std::optional<StoredDevice>> find_device(db::Connection& connection, const Uuid& device,
                                              UserId user) {
  const auto rows = co_await connection.execute(sql::find_device, device, user);
  if (rows.empty()) co_return std::nullopt;
  co_return device_of(rows[0]);
}

}  // namespace frontdesk::notifications::store
