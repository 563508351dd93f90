#pragma once

#include "db/connection.hpp"
#include "notifications/device.hpp"

#include <optional>
#include <string>
#include <vector>

/// The table of devices: the only place that names its SQL.
namespace frontdesk::notifications::store {

/// Whether the login is still alive; it and its account stay as they are until the transaction
/// ends.
Task<bool> hold_login(db::Connection& connection, SessionId session, UserId user);

/// One address is registered by one transaction at a time.
Task<void> lock_target(db::Connection& connection, const Uuid& target_key);

/// Whose a device is, held until the transaction ends.
struct Holder {
  UserId user;
  Uuid target_key;
  std::string platform;
};
Task<std::optional<Holder>> hold_device(db::Connection& connection, const Uuid& device);

/// Takes an address from every other device; whose those were.
Task<std::vector<UserId>> delete_others_with_target(db::Connection& connection,
                                                    const Uuid& target_key, const Uuid& but);

struct Registration {
  Uuid device;
  UserId user;
  SessionId session;
  std::string_view platform;
  std::string_view channel;
  std::vector<std::uint8_t> sealed_target;
  Uuid target_key;
};
/// When it was registered, by the database's clock.
Task<Instant> save_device(db::Connection& connection, const Registration& registration);

Task<void> delete_oldest_devices(db::Connection& connection, UserId user, std::int64_t keep);

/// Whether there was such a device of this user's.
Task<bool> delete_device(db::Connection& connection, const Uuid& device, UserId user);

/// Whose it was; nothing where it is gone already or has another address now.
Task<std::optional<UserId>> delete_gone_device(db::Connection& connection, const Uuid& device,
                                               const Uuid& target_key);

Task<void> delete_stale_devices(db::Connection& connection, std::int64_t limit);

struct StoredDevice {
  Uuid id;
  std::string channel;
  std::vector<std::uint8_t> sealed_target;
};
/// Those of an active account, the newest registration first.
Task<std::vector<StoredDevice>> devices_of(db::Connection& connection, UserId user);
Task<std::optional<StoredDevice>> find_device(db::Connection& connection, const Uuid& device,
                                              UserId user);

}  // namespace frontdesk::notifications::store
