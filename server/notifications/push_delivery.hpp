#pragma once

#include "notifications/devices.hpp"
#include "notifications/push_notice.hpp"
#include "queue/sender.hpp"

/// What the senders of pushes have in common.
namespace frontdesk::notifications {

/// find_push_recipient() on a connection of its own, which is given back before anything is sent.
Task<std::optional<PushRecipient>> read_push_recipient(db::Pool& pool, const DataKey& key,
                                                       std::string_view channel,
                                                       const std::string& to, Deadline deadline);

/// What becomes of a message for a device that find_push_recipient() does not find.
queue::Delivery device_is_gone();

/// A message as a push, presentable.
PushNotice notice_of(const Uuid& id, const queue::Message& message);

}  // namespace frontdesk::notifications
