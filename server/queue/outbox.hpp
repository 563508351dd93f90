#pragma once

#include "core/seal.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"
#include "queue/message.hpp"

namespace frontdesk::queue {

/// Where messages wait until the worker has delivered them (R71). Recipient, subject and bodies are
/// sealed under the data key: the database never sees an address or a code in the clear.
class Outbox {
 public:
  /// `key` must outlive the outbox.
  explicit Outbox(const DataKey& key) : key_(key) {}

  /// Adds `message` inside the caller's transaction: it leaves if and only if that commits.
  /// Refuses nothing; subject and recipient must not hold CR or LF (ENSURE, R33).
  Task<void> enqueue(db::Connection& connection, const Message& message) const;

  /// The same as part of a batch, for a transaction that writes everything in one round trip.
  void enqueue(db::Batch& batch, const Message& message) const;

 private:
  const DataKey& key_;
};

}  // namespace frontdesk::queue
