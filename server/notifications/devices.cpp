#include "notifications/devices.hpp"

#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"
#include "notifications/device_store.hpp"

#include <algorithm>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace frontdesk::notifications {
namespace {

namespace json = boost::json;

Uuid key_of(const DataKey& key, const PushTarget& target) {
  return key.pseudonym("push target " + identity_of(target));
}

Task<void> note(db::Connection& connection, const Actor& actor, std::string action,
                const Uuid& device, json::object details = {}) {
  co_await audit::record(connection, actor,
                         {.action = std::move(action),
                          .subject_type = "device",
                          .subject_id = device,
                          .details = std::move(details)});
}

struct Call {
  const Actor& actor;
  const Device& device;
  const DataKey& key;
};

Task<Result<RegisteredDevice>> register_in(db::Transaction& transaction, const Call& call) {
  auto& connection = transaction.connection();
  const auto& [actor, device, key] = call;
  if (!co_await store::hold_login(connection, *actor.session, *actor.user)) {
    co_return refuse({.kind = ErrorKind::unauthenticated,
                      .code = "unauthenticated",
                      .message = "The session has ended. Log in again."});
  }
  const auto target_key = key_of(key, device.target);
  const auto platform = slug_of(device.platform);
  co_await store::lock_target(connection, target_key);
  const auto before = co_await store::hold_device(connection, device.id);
  const auto taken = co_await store::delete_others_with_target(connection, target_key, device.id);
  const auto registered_at = co_await store::save_device(
      connection, {.device = device.id,
                   .user = *actor.user,
                   .session = *actor.session,
                   .platform = platform,
                   .channel = channel_of(device.target),
                   .sealed_target = key.seal(to_json(device.target), device.id),
                   .target_key = target_key});
  co_await store::delete_oldest_devices(connection, *actor.user, max_devices);
  const bool is_renewed = before && before->user == *actor.user &&
                          before->target_key == target_key && before->platform == platform;
  if (!is_renewed || !taken.empty()) {
    const bool was_anothers =
        (before && before->user != *actor.user) ||
        std::ranges::any_of(taken, [&](const UserId& owner) { return owner != *actor.user; });
    co_await note(
        connection, actor, "device.register", device.id,
        {{"platform", platform}, {"kind", kind_of(device.target)}, {"taken_over", was_anothers}});
  }
  co_return RegisteredDevice{.id = device.id,
                             .platform = device.platform,
                             .kind = std::string(kind_of(device.target)),
                             .registered_at = registered_at};
}

Task<Result<void>> remove_in(db::Transaction& transaction, const Actor& actor, const Uuid& device) {
  auto& connection = transaction.connection();
  if (!co_await store::delete_device(connection, device, *actor.user)) {
    co_return refuse(not_found("There is no such device."));
  }
  co_await note(connection, actor, "device.remove", device);
  co_return Result<void>();
}

Task<Result<void>> forget_in(db::Transaction& transaction, const Uuid& device,
                             const Uuid& target_key) {
  auto& connection = transaction.connection();
  const auto owner = co_await store::delete_gone_device(connection, device, target_key);
  if (!owner) co_return Result<void>();
  const Actor worker{.user = {}, .session = {}, .permissions = {}, .address = "", .request_id = ""};
  co_await note(connection, worker, "device.forget", device, {{"owner", owner->to_string()}});
  co_return Result<void>();
}

std::string address_json(const Uuid& device, const UserId& user) {
  return json::serialize(json::object{{"device", device.to_string()}, {"user", user.to_string()}});
}

std::optional<Uuid> uuid_of(const json::object& from, std::string_view name) {
  const auto* const value = from.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return Uuid::parse(std::string_view(value->get_string()));
}

std::optional<PushTarget> open_target(const DataKey& key, const store::StoredDevice& stored) {
  const auto plain = key.open(stored.sealed_target, stored.id);
  return plain ? target_from_json(*plain) : std::nullopt;
}

}  // namespace

Devices::Devices(db::Pool& pool, const DataKey& key, PushHosts hosts,
                 std::optional<std::string> vapid_public_key)
    : pool_(pool),
      key_(key),
      hosts_(std::move(hosts)),
      vapid_public_key_(std::move(vapid_public_key)) {}

Task<Result<RegisteredDevice>> Devices::register_device(const Actor& actor, const Device& device,
                                                        Deadline deadline) {
  ENSURE(actor.user && actor.session);
  const auto* const web = std::get_if<WebPushTarget>(&device.target);
  if (web != nullptr && !hosts_.vet(web->endpoint)) {
    co_return refuse(invalid_field("target.endpoint", "not_a_push_service",
                                   "This is not the address of a push service that is known."));
  }
  const Call call{actor, device, key_};
  co_return co_await db::in_transaction(pool_, deadline, &register_in, call);
}

Task<Result<void>> Devices::remove_device(const Actor& actor, const Uuid& device,
                                          Deadline deadline) {
  ENSURE(actor.user.has_value());
  co_return co_await db::in_transaction(pool_, deadline, &remove_in, actor, device);
}

Task<void> Devices::clean(std::int64_t limit, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_await store::delete_stale_devices(*lease, limit);
}

Task<std::vector<PushAddress>> push_addresses_of(db::Connection& connection, const DataKey& key,
                                                 const UserId& user) {
  std::vector<PushAddress> addresses;
  for (auto& stored : co_await store::devices_of(connection, user)) {
    if (!open_target(key, stored)) continue;
    addresses.push_back({.device = stored.id,
                         .channel = std::move(stored.channel),
                         .to = address_json(stored.id, user)});
  }
  co_return addresses;
}

Task<std::optional<PushRecipient>> find_push_recipient(db::Connection& connection,
                                                       const DataKey& key, std::string_view channel,
                                                       std::string_view to) {
  boost::system::error_code failure;
  const auto address = json::parse(to, failure);
  if (failure || !address.is_object()) co_return std::nullopt;
  const auto device = uuid_of(address.get_object(), "device");
  const auto user = uuid_of(address.get_object(), "user");
  if (!device || !user) co_return std::nullopt;
  const auto stored = co_await store::find_device(connection, *device, UserId(*user));
  if (!stored || stored->channel != channel) co_return std::nullopt;
  auto target = open_target(key, *stored);
  if (!target) co_return std::nullopt;
  co_return PushRecipient{*device, std::move(*target)};
}

Task<void> forget_device(db::Pool& pool, const DataKey& key, const PushRecipient& gone,
                         Deadline deadline) {
  const auto target_key = key_of(key, gone.target);
  const auto done =
      co_await db::in_transaction(pool, deadline, &forget_in, gone.device, target_key);
  ENSURE(done.has_value());
}

}  // namespace frontdesk::notifications
