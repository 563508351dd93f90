#pragma once

#include "core/instant.hpp"
#include "core/page.hpp"
#include "core/seal.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The outbox as an operator may see it: what became of each message, without what it says.
namespace frontdesk::queue {

/// One message.
struct Entry {
  Uuid id;
  std::string event;
  std::string channel;
  std::string status;  ///< waiting, delivered or dead
  std::int32_t attempts = 0;
  std::optional<std::string> last_error;
  /// Masked; nothing once it has been wiped, and of an event that is about an account.
  std::optional<std::string> recipient;
  std::optional<AppointmentId> appointment;
  Instant created_at;
  Instant wanted_at;  ///< when it was first to leave
  Instant due_at;     ///< when it is tried next, while it waits
  std::optional<Instant> delivered_at;
  std::int64_t sequence = 0;  ///< sort key: later ones are larger
  bool being_sent = false;    ///< a worker holds it just now
  bool wiped = false;         ///< what it said is gone: it cannot leave again
  /// When the network said that the phone has it; only of channels whose services tell.
  std::optional<Instant> confirmed_at = {};
};

/// Which of them; nothing: all.
struct EntryFilter {
  std::optional<std::string> status;
  std::optional<std::string> channel;
};

/// As much of a recipient as tells an operator which one it is, and nobody whom to write to:
/// `a…@example.test`, `…456`.
std::string mask_recipient(std::string_view channel, std::string_view recipient);

/// A page, newest first. Throws what db::Connection throws, as do the others.
Task<Page<Entry>> list_entries(db::Connection& connection, const DataKey& key,
                               const EntryFilter& filter, PageRequest<std::int64_t> page);

/// The message, locked until the transaction ends; nothing where there is none.
Task<std::optional<Entry>> lock_entry(db::Connection& connection, const DataKey& key,
                                      const Uuid& id);

/// Makes a locked message due at once, with 72 hours before it is given up again; when it is due.
Task<Instant> retry_entry(db::Connection& connection, const Uuid& id);

/// The service that a message of `channel` was handed to says that its recipient has it: delivered,
/// whatever was said before. Nothing where there is no such message.
Task<void> confirm_entry(db::Connection& connection, const Uuid& id, std::string_view channel);

/// The same service says that it never will: dead with this reason, unless it was confirmed.
Task<void> fail_entry(db::Connection& connection, const Uuid& id, std::string_view channel,
                      std::string_view reason);

/// Takes a locked message away.
Task<void> discard_entry(db::Connection& connection, const Uuid& id);

}  // namespace frontdesk::queue
