#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "db/batch.hpp"
#include "db/canceller.hpp"
#include "db/prepared_statements.hpp"
#include "db/rows.hpp"
#include "db/session_options.hpp"
#include "db/sql_error.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/container/small_vector.hpp>

struct pg_conn;    // libpq's PGconn
struct pg_result;  // libpq's PGresult

namespace frontdesk::db {

/// libpq on Asio: the inside of Connection. Always in libpq's pipeline mode: an exchange is any
/// number of commands, a Sync, and the answers to all of them. One exchange at a time.
class Session : public std::enable_shared_from_this<Session> {
 public:
  struct Command {
    const Statement* statement;
    const Params* params;
  };
  enum class Ending { none, commit, rollback };

  static Task<std::shared_ptr<Session>> open(const SessionOptions& options, Deadline deadline,
                                             std::shared_ptr<Canceller> canceller);

  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  /// Sends BEGIN where one is due, `commands` and `ending` in one round trip; fills one of
  /// `results` for each command. Throws the faults of Connection::execute; the first failing
  /// command's SqlError; CommitUnknown when a COMMIT was under way and no answer came.
  Task<void> exchange(std::span<const Command> commands, std::span<Rows> results, Ending ending);

  /// See Connection::settle.
  Task<bool> settle(Deadline deadline);

  void set_deadline(Deadline deadline) { deadline_ = deadline; }
  void begin_with_next() { begin_is_due_ = true; }
  /// BEGIN has not been sent: there is nothing to commit or roll back.
  [[nodiscard]] bool begin_is_due() const { return begin_is_due_; }
  void forget_begin() { begin_is_due_ = false; }

  [[nodiscard]] bool is_settled() const;
  [[nodiscard]] bool is_broken() const { return is_broken_; }
  [[nodiscard]] bool has_hung_up();
  [[nodiscard]] int backend_pid() const;

 private:
  using Clock = std::chrono::steady_clock;
  using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
  using Socket = asio::posix::basic_stream_descriptor<Executor>;
  using Wait = asio::posix::descriptor_base::wait_type;

  /// One answer that is still to come.
  struct Step {
    enum class Kind { prepare, run, begin, commit, rollback, sync };
    Kind kind;
    std::size_t command;               ///< index into the results, for run
    std::string_view name;             ///< of the statement
    PreparedStatements::Entry* entry;  ///< for prepare
  };

  enum class CommitProgress { none, sent, done };

  /// What is under way: lives on when the coroutine that started it has gone.
  struct Exchange {
    boost::container::small_vector<Step, 6> steps;
    std::size_t answered = 0;
    std::span<Rows> results;  ///< empty once nobody waits for them
    std::optional<SqlError::Report> failure;
    CommitProgress commit = CommitProgress::none;
    Clock::time_point last_answer;
  };

  Session(pg_conn* connection, const SessionOptions& options, const Executor& executor,
          std::shared_ptr<Canceller> canceller);

  // session_open.cpp
  Task<void> connect();
  void watch_socket();
  [[nodiscard]] std::string last_message() const;

  // session.cpp
  void enqueue(std::span<const Command> commands, Ending ending);
  void enqueue_one(const Command& command, Step::Kind kind, std::size_t index);
  void enqueue_control(const Statement& statement, Step::Kind kind);
  Task<void> flush();
  Task<void> await_answers();
  bool take_answers();
  void take_answer(pg_result* result);
  void note_commit(std::string_view tag);
  void note_failure(const Step& step, pg_result* result);
  [[noreturn]] void lose(std::string_view when);
  void before_wait();
  void after_wait(bool was_aborted);
  Task<void> wait_writable_reading();
  [[noreturn]] void interrupt();

  // session_settle.cpp
  void ask_to_cancel();
  Task<void> drain_cancelled();
  void watch_deadline();
  void deadline_check();

  pg_conn* connection_;
  Socket socket_;
  Timer watchdog_;
  StatementObserver on_statement_;
  std::shared_ptr<Canceller> canceller_;
  std::shared_ptr<const std::atomic<CancelState>> cancel_state_;
  PreparedStatements prepared_;
  Exchange exchange_;
  Deadline deadline_ = Deadline::max();
  Clock::time_point watchdog_at_ = Clock::time_point::max();  ///< max: not armed
  bool is_busy_ = false;     ///< an exchange has begun and its Sync is not yet answered
  bool is_awaited_ = false;  ///< a coroutine waits on the socket
  bool timed_out_ = false;   ///< the watchdog woke it
  bool begin_is_due_ = false;
  bool is_broken_ = false;
};

}  // namespace frontdesk::db
