#pragma once

#include "core/error.hpp"

#include <string>
#include <string_view>

namespace frontdesk::db {

/// What a client is told about a SQLSTATE that no store has mapped (R31): 23P01 and 23505 conflict,
/// the other 23xxx and 54xxx invalid, 22xxx malformed, 40001, 40P01, 55P03, 57xxx, 53xxx and 08xxx
/// unavailable with Retry-After; anything else is a mistake of ours and internal.
Error answer_to(std::string_view sqlstate);

/// PostgreSQL refused a statement. Its texts are for the log; a client gets answer() only.
class SqlError : public Fault {
 public:
  struct Report {
    std::string sqlstate;    ///< five characters, PostgreSQL's appendix A
    std::string constraint;  ///< `occupations_no_overlap`; empty where none was broken
    std::string table;
    std::string message;    ///< the primary message alone: its DETAIL quotes rows
    std::string statement;  ///< name of the statement
  };

  explicit SqlError(Report report);

  [[nodiscard]] std::string_view sqlstate() const noexcept { return report_.sqlstate; }
  /// Name of the broken constraint: store.cpp turns it into a refusal of the feature.
  [[nodiscard]] std::string_view constraint() const noexcept { return report_.constraint; }
  [[nodiscard]] std::string_view table() const noexcept { return report_.table; }
  [[nodiscard]] std::string_view message() const noexcept { return report_.message; }
  [[nodiscard]] std::string_view statement() const noexcept { return report_.statement; }

  /// 40001 or 40P01: the whole use case may run again.
  [[nodiscard]] bool is_retryable() const noexcept;
  /// 55P03: lock_timeout ran out, or NOWAIT found the row taken.
  [[nodiscard]] bool is_lock_timeout() const noexcept { return report_.sqlstate == "55P03"; }

 private:
  Report report_;
};

/// The connection broke: what it was doing may or may not have happened. 503.
class ConnectionLost : public Fault {
 public:
  explicit ConnectionLost(const std::string& what) : Fault(what, unavailable()) {}
};

/// The connection broke between COMMIT and its answer (R56): the transaction may stand. Look for
/// its effect on a new connection before answering. 503 where nobody does.
class CommitUnknown : public Fault {
 public:
  explicit CommitUnknown(const std::string& what) : Fault(what, unavailable()) {}
};

/// The deadline passed while waiting for a connection or an answer; the statement was cancelled.
/// 503.
class DeadlinePassed : public Fault {
 public:
  explicit DeadlinePassed(const std::string& what) : Fault(what, unavailable()) {}
};

/// The coroutine was cancelled: the client has gone and nobody reads the answer.
class Cancelled : public Fault {
 public:
  explicit Cancelled(const std::string& what) : Fault(what, unavailable()) {}
};

/// No connection is to be had: the queue is full, PostgreSQL is away, the pool is closing. 503.
class PoolUnavailable : public Fault {
 public:
  explicit PoolUnavailable(const std::string& what) : Fault(what, unavailable()) {}
};

}  // namespace frontdesk::db
