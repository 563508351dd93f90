#include "queue/house_keeper.hpp"

#include "queue/statements.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fmt/format.h>

namespace frontdesk::queue {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::hours interval{1};
constexpr std::chrono::seconds statement_limit{10};
constexpr int most_batches = 100;

}  // namespace

HouseKeeper::HouseKeeper(asio::io_context& context, db::Pool& pool,
                         std::function<Task<void>()> chores,
                         std::function<void(std::string_view)> log, std::function<void()> ended)
    : context_(context),
      pool_(pool),
      chores_(std::move(chores)),
      log_(std::move(log)),
      ended_(std::move(ended)) {}

Task<void> HouseKeeper::keep_if_due() {
  if (stopping_ || steady_clock::now() < next_) co_return;
  co_await repeat(sql::give_up_unsent);
  next_ = steady_clock::now() + interval;
  if (stopping_ || at_work_) co_return;
  at_work_ = true;
  asio::co_spawn(context_, keep(), asio::detached);
}

Task<void> HouseKeeper::keep() {
  try {
    co_await repeat(sql::wipe_delivered);
    co_await repeat(sql::delete_old_outbox);
    co_await repeat(sql::delete_old_dead);
    if (chores_ && !stopping_) co_await chores_();
  } catch (const std::exception& fault) {
    log_(fmt::format("the house-keeping of this hour has not been ended: {}", fault.what()));
  }
  at_work_ = false;
  ended_();
}

// Each batch is a transaction of its own; what the last one leaves is the next hour's.
Task<void> HouseKeeper::repeat(const db::Statement& statement) {
  for (int batch = 0; batch < most_batches && !stopping_; ++batch) {
    auto lease = co_await pool_.acquire(deadline_in(statement_limit));
    const auto rows = co_await lease->execute(statement);
    if (rows.affected() == 0) co_return;
  }
}

}  // namespace frontdesk::queue
