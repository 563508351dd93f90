#pragma once

#include "core/task.hpp"
#include "db/pool.hpp"
#include "db/statement.hpp"

#include <chrono>
#include <functional>
#include <string_view>

namespace frontdesk::queue {

/// Looks after old rows of the outbox once an hour, and after what other features want looked
/// after. What it does holds up no message. Lives on the thread of its pool.
class HouseKeeper {
 public:
  /// `chores` are the other features', may be empty and may throw; `log` takes a line of trouble;
  /// `ended` is called after each round. `context` and `pool` must outlive the last round.
  HouseKeeper(asio::io_context& context, db::Pool& pool, std::function<Task<void>()> chores,
              std::function<void(std::string_view line)> log, std::function<void()> ended);

  /// Where an hour is over: gives up what nobody has sent within 72 hours (R71), before anybody can
  /// claim it, and begins a round of the rest beside, unless the last one lasts. Throws what db
  /// throws; the next call then begins anew.
  Task<void> keep_if_due();

  [[nodiscard]] bool is_at_work() const { return at_work_; }

  /// Begins nothing more.
  void stop() { stopping_ = true; }

 private:
  Task<void> keep();
  Task<void> repeat(const db::Statement& statement);

  asio::io_context& context_;
  db::Pool& pool_;
  std::function<Task<void>()> chores_;
  std::function<void(std::string_view)> log_;
  std::function<void()> ended_;
  std::chrono::steady_clock::time_point next_;
  bool at_work_ = false;
  bool stopping_ = false;
};

}  // namespace frontdesk::queue
