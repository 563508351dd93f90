#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

struct pg_conn;  // libpq's PGconn

namespace frontdesk::db {

/// How far a request to cancel a statement has come.
enum class CancelState { waiting, delivered, failed };

/// Asks PostgreSQL to end running statements. libpq's PQcancel blocks (it opens a connection of its
/// own), so it runs on a thread, which lives only while there is something to cancel. Thread-safe.
class Canceller {
 public:
  /// Requests that may wait at once; those beyond fail at once.
  static constexpr std::size_t limit = 64;

  Canceller();

  /// Asks for the end of what `connection` is doing. Once `delivered` the server has signalled its
  /// backend: a statement sent after another round trip cannot be hit by mistake.
  std::shared_ptr<const std::atomic<CancelState>> cancel(pg_conn* connection);

 private:
  struct Queue;
  static void work(const std::shared_ptr<Queue>& queue);

  std::shared_ptr<Queue> queue_;  // the thread's, too: it may outlive the canceller
};

}  // namespace frontdesk::db
