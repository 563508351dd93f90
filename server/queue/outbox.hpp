#pragma once

#include "core/seal.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"
#include "queue/bell.hpp"
#include "queue/message.hpp"

#include <string_view>

#include <fmt/format.h>

namespace frontdesk::queue {

/// Where messages wait until the worker has delivered them (R71). Recipient, subject, bodies,
/// attachments and headers are sealed under the data key: the database never sees an address or a
/// code in the clear.
class Outbox {
 public:
  /// Both must outlive the outbox. `bell`, if any, is rung at each message.
  explicit Outbox(const DataKey& key, Bell* bell = nullptr) : key_(key), bell_(bell) {}

  /// Adds `message` inside the caller's transaction: it leaves if and only if that commits.
  /// Messages of one appointment to one recipient over one channel leave in the order in which they
  /// were added, but for those that are to leave later: nothing waits for them. Refuses nothing; a
  /// recipient, subject, header or file name with CR, LF or NUL (R33), and more than Message's
  /// limits, are bugs (ENSURE).
  Task<void> enqueue(db::Connection& connection, const Message& message) const;

  /// The same as part of a batch, for a transaction that writes everything in one round trip.
  void enqueue(db::Batch& batch, const Message& message) const;

  /// The same under an id that is made of what the message is about: where there is one already,
  /// whatever became of it, nothing is added.
  void enqueue_once(db::Batch& batch, const Uuid& id, const Message& message) const;

  /// Has a message leave once more under the id that it had, be it waiting, delivered, given up or
  /// forgotten; it keeps no order. False while a worker is sending it.
  Task<bool> enqueue_again(db::Connection& connection, const Uuid& id,
                           const Message& message) const;

  /// Stands for a phone number among those that SMS have left for (R22), from which nobody without
  /// the data key learns the number.
  [[nodiscard]] Uuid sms_number_key(std::string_view phone) const {
    return key_.pseudonym(fmt::format("sms {}", phone));
  }

 private:
  void add(db::Batch& batch, const db::Statement& insert, const Uuid& id,
           const Message& message) const;

  const DataKey& key_;
  Bell* bell_;
};

}  // namespace frontdesk::queue
