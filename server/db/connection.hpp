#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "db/batch.hpp"
#include "db/params.hpp"
#include "db/rows.hpp"
#include "db/session_options.hpp"
#include "db/sql_error.hpp"
#include "db/statement.hpp"

#include <memory>
#include <vector>

namespace frontdesk::db {

class Canceller;
class Session;

/// One connection to PostgreSQL, used by one coroutine at a time (ENSURE). Statements are prepared
/// on first use, in the same round trip; parameters and results are binary. Features get one from
/// Pool::acquire, or from a Transaction.
class Connection {
 public:
  /// Connects without blocking the thread. Throws ConnectionLost (no server, or it refused),
  /// DeadlinePassed, SetupError (a URL that cannot be read). Connections that share a `canceller`
  /// share its thread.
  static Task<std::unique_ptr<Connection>> open(const SessionOptions& options, Deadline deadline,
                                                std::shared_ptr<Canceller> canceller = nullptr);

  explicit Connection(std::shared_ptr<Session> session);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Runs one statement. Parameters are copied before this returns. Throws SqlError when the server
  /// said no, ConnectionLost, DeadlinePassed (the lease's deadline; the statement is cancelled on
  /// the server), Cancelled (the client has gone; never inside a Transaction): all Faults with the
  /// answer of R31.
  template <class... T>
  Task<Rows> execute(const Statement& statement, const T&... parameters) {
    return run(statement, Params::of(parameters...));
  }

  /// Runs all statements of `batch` in one round trip; one Rows for each, in order. Throws what the
  /// first failing one throws; outside a Transaction the others are then undone, too.
  Task<std::vector<Rows>> execute_batch(Batch batch);

  /// When statements from now on must have ended.
  void set_deadline(Deadline deadline);

  // For Transaction and Pool.

  /// BEGIN goes out together with the next statement.
  void begin_with_next();
  /// COMMIT; nothing where BEGIN was never sent. Throws CommitUnknown when the connection breaks.
  Task<void> commit();
  /// `batch` and COMMIT in one round trip. A failing statement leaves the transaction open and
  /// failed. Throws CommitUnknown when the connection breaks.
  Task<std::vector<Rows>> execute_and_commit(Batch batch);
  /// Brings the connection back to idle: awaits the end of a cancelled statement, rolls back.
  /// Whether that succeeded before `deadline`; if not, throw the connection away.
  Task<bool> settle(Deadline deadline);
  /// Nothing is under way, no transaction is open.
  [[nodiscard]] bool is_settled() const;
  /// It broke, or the server's state is not to be trusted: throw it away.
  [[nodiscard]] bool is_broken() const;
  /// Whether the server hung up while the connection lay idle. One system call that does not block.
  [[nodiscard]] bool has_hung_up();
  /// Process id of the server's backend.
  [[nodiscard]] int backend_pid() const;

 private:
  Task<Rows> run(Statement statement, Params params);

  std::shared_ptr<Session> session_;
};

}  // namespace frontdesk::db
