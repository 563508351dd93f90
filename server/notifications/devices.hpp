#pragma once

#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/seal.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "notifications/device.hpp"
#include "notifications/push_hosts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace frontdesk::notifications {

/// A registered device, as its owner sees it: never where it is reached.
struct RegisteredDevice {
  Uuid id;
  Platform platform;
  std::string kind;  ///< kind_of() its target
  Instant registered_at;
};

/// The devices of people, by themselves. Each call takes one connection and throws what db::Pool
/// and db::Connection throw; a change is one transaction with its audit entry.
class Devices {
 public:
  /// `pool` and `key` must outlive it. `vapid_public_key` is what browsers subscribe with, in
  /// base64url; nothing where there is no Web Push.
  Devices(db::Pool& pool, const DataKey& key, PushHosts hosts,
          std::optional<std::string> vapid_public_key);

  /// Registers a device for the actor, who is logged in (ENSURE). Who registers a device or an
  /// address that was somebody else's takes it over. The same again only renews it, without an
  /// audit entry. More than max_devices: the one registered longest ago is forgotten. Refuses with
  /// 401 where the login has just ended, and with 422 an endpoint that hosts() does not have.
  Task<Result<RegisteredDevice>> register_device(const Actor& actor, const Device& device,
                                                 Deadline deadline);

  /// No more pushes to it. Refuses with not_found what is not the actor's.
  Task<Result<void>> remove_device(const Actor& actor, const Uuid& device, Deadline deadline);

  /// Forgets at most `limit` devices that have not been registered again for 270 days, which is
  /// when FCM itself stops taking a token for alive. For the worker.
  Task<void> clean(std::int64_t limit, Deadline deadline);

  [[nodiscard]] const PushHosts& hosts() const { return hosts_; }
  [[nodiscard]] const std::optional<std::string>& vapid_public_key() const {
    return vapid_public_key_;
  }

 private:
  db::Pool& pool_;
  const DataKey& key_;
  const PushHosts hosts_;
  const std::optional<std::string> vapid_public_key_;
};

/// Where one push goes.
struct PushAddress {
  Uuid device;
  std::string channel;  ///< fcm or webpush
  std::string to;       ///< JSON that the sender of that channel reads: which device of whom
};

/// All devices of an account that is active, the one registered last first. What was sealed under
/// another data key is left out. Throws what Connection::execute throws, as do the others.
Task<std::vector<PushAddress>> push_addresses_of(db::Connection& connection, const DataKey& key,
                                                 const UserId& user);

/// What a sender needs of a device at the moment of sending.
struct PushRecipient {
  Uuid device;
  PushTarget target;
};

/// The device that `to` of a PushAddress names. nullopt where it has been forgotten since, belongs
/// to somebody else now, is reached by another channel or its owner is disabled: the message must
/// not be sent.
Task<std::optional<PushRecipient>> find_push_recipient(db::Connection& connection,
                                                       const DataKey& key, std::string_view channel,
                                                       std::string_view to);

/// Forgets a device because its push service says that it is gone, unless it has got another
/// address since. In a transaction of its own, with an audit entry.
Task<void> forget_device(db::Pool& pool, const DataKey& key, const PushRecipient& gone,
                         Deadline deadline);

}  // namespace frontdesk::notifications
