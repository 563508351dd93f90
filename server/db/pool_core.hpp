#pragma once

#include "db/canceller.hpp"
#include "db/pool.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/intrusive/list.hpp>

namespace frontdesk::db {

/// The state of a Pool. Leases and coroutines of the pool share it, so that it outlives them all.
class PoolCore : public std::enable_shared_from_this<PoolCore> {
 public:
  PoolCore(Executor executor, PoolOptions options);

  static Task<Lease> acquire(std::shared_ptr<PoolCore> self, Deadline deadline);
  static Task<void> close(std::shared_ptr<PoolCore> self, Deadline deadline);
  /// No new work, no new connections; closes idle ones.
  void stop();
  void give_back(std::unique_ptr<Connection> connection) noexcept;
  [[nodiscard]] PoolStatistics statistics() const;
  void log(std::string_view line) const;

 private:
  using Clock = std::chrono::steady_clock;
  using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

  /// A coroutine in the queue. Its timer expires at its deadline and is cancelled to wake it.
  struct Waiter : boost::intrusive::list_base_hook<
                      boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
    Waiter(const Executor& executor, Deadline until) : timer(executor, until), deadline(until) {}
    Timer timer;
    Deadline deadline;
    std::optional<Lease> lease;
    std::optional<std::string> refusal;
  };
  using Queue = boost::intrusive::list<Waiter, boost::intrusive::constant_time_size<false>>;

  struct Idle {
    std::unique_ptr<Connection> connection;
    Clock::time_point since;
  };

  Lease lend(std::unique_ptr<Connection> connection, Deadline deadline);
  std::unique_ptr<Connection> take_idle();
  /// To the first waiter, or among the idle ones.
  void put_to_use(std::unique_ptr<Connection> connection);
  void discard(std::unique_ptr<Connection> connection);
  static Task<void> settle(std::shared_ptr<PoolCore> self, std::unique_ptr<Connection> connection);

  // pool_opening.cpp
  [[nodiscard]] std::size_t open_connections() const { return idle_.size() + in_use_ + settling_; }
  void open_as_needed();
  static Task<void> open_one(std::shared_ptr<PoolCore> self);
  void opened(std::unique_ptr<Connection> connection);
  void open_failed(std::string_view reason);
  void note_away(std::string_view reason);
  void try_again_later();
  void refuse_waiters(const std::string& reason);
  void close_surplus_later();
  void close_surplus();

  void publish();

  Executor executor_;
  PoolOptions options_;
  SessionOptions session_options_;
  std::shared_ptr<Canceller> canceller_ = std::make_shared<Canceller>();

  std::vector<Idle> idle_;  ///< the one used last is lent first
  Queue waiters_;
  std::size_t waiting_ = 0;
  std::size_t in_use_ = 0;
  std::size_t settling_ = 0;
  std::size_t opening_ = 0;
  int failures_in_a_row_ = 0;
  bool is_started_ = false;  ///< somebody has asked for a connection: keep the minimum
  bool is_away_ = false;     ///< no connection, and the last attempt failed
  bool is_closing_ = false;
  bool retry_is_due_ = false;  ///< retry_timer_ runs: no attempt before it fires
  bool surplus_is_due_ = false;
  Timer retry_timer_;
  Timer surplus_timer_;
  Timer drained_;  ///< cancelled when the last lease has ended

  struct Published {
    std::atomic<std::size_t> size{0}, in_use{0}, waiting{0};
    std::atomic<bool> available{true};
  } published_;
};

}  // namespace frontdesk::db
