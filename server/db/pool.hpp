#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace frontdesk::db {

class PoolCore;

struct PoolOptions {
  std::string url = {};       ///< libpq URL or conninfo string
  std::size_t size = 20;      ///< this pool's share of FRONTDESK_DATABASE_POOL; at least 1
  std::size_t minimum = 1;    ///< kept open; the others open as they are needed
  std::size_t waiters = 512;  ///< how many may wait for a connection; the next gets 503 at once
  std::chrono::milliseconds connect_timeout{3'000};
  std::chrono::milliseconds retry_pause_first{
      50};  ///< after a failed connect; doubles, with jitter
  std::chrono::milliseconds retry_pause_limit{2'000};
  std::chrono::milliseconds settle_timeout{1'000};  ///< to bring a returned connection back to idle
  std::chrono::milliseconds idle_limit{300'000};  ///< connections above `minimum` close after this
  std::chrono::milliseconds statement_timeout{10'000};
  std::chrono::milliseconds lock_timeout{5'000};
  std::chrono::milliseconds idle_in_transaction_timeout{15'000};
  std::string application_name = "frontdesk";
  StatementObserver on_statement = {};
  /// Told in one line when PostgreSQL goes away or comes back and when a refusal was not mapped.
  std::function<void(std::string_view line)> log = {};
};

/// A moment's view of a pool, for the metrics.
struct PoolStatistics {
  std::size_t limit = 0;
  std::size_t size = 0;  ///< open connections: in use, idle and being brought back to idle
  std::size_t in_use = 0;
  std::size_t waiting = 0;  ///< coroutines in the queue
  bool available = true;    ///< false while PostgreSQL is away
};

/// A connection on loan; returns itself. A lease must end on the thread of its pool.
class Lease {
 public:
  Lease(Lease&&) noexcept;
  Lease& operator=(Lease&&) noexcept;
  ~Lease();

  Connection& operator*() const { return *connection_; }
  Connection* operator->() const { return connection_.get(); }

 private:
  friend class PoolCore;
  Lease(std::shared_ptr<PoolCore> pool, std::unique_ptr<Connection> connection);
  void give_back() noexcept;

  std::shared_ptr<PoolCore> pool_;
  std::unique_ptr<Connection> connection_;
};

/// The connections of one io_context. Everything but statistics() belongs on its thread.
///
/// While PostgreSQL is away one connection attempt at a time is made, at growing intervals, and
/// acquire() fails at once.
class Pool {
 public:
  Pool(asio::io_context& context, PoolOptions options);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  /// Closes idle connections; leases still out close theirs as they end.
  ~Pool();

  /// A connection for work that must end by `deadline`; first come, first served. Throws
  /// PoolUnavailable (queue full, PostgreSQL away, closing), DeadlinePassed, Cancelled: 503.
  Task<Lease> acquire(Deadline deadline);

  /// Refuses new work, waits until `deadline` for the leases to end, closes the connections.
  Task<void> close(Deadline deadline);

  /// Any thread may ask.
  [[nodiscard]] PoolStatistics statistics() const;

  /// Writes a line to PoolOptions::log.
  void log(std::string_view line) const;

 private:
  std::shared_ptr<PoolCore> core_;
};

}  // namespace frontdesk::db
