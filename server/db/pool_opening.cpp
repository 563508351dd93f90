// How a pool's connections come and go: few attempts at a time, one when PostgreSQL is away.
#include "core/random.hpp"
#include "db/pool_core.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <fmt/format.h>

namespace frontdesk::db {
namespace {

// Each attempt has PostgreSQL fork a backend; the first shows whether there is a PostgreSQL at all.
constexpr std::size_t attempts_at_first = 1;
constexpr std::size_t attempts_at_once = 4;

}  // namespace

void PoolCore::open_as_needed() {
  if (is_closing_ || !is_started_) return;
  const std::size_t at_once = open_connections() == 0 ? attempts_at_first : attempts_at_once;
  while (!retry_is_due_) {  // an attempt may fail before co_spawn returns
    const std::size_t size = open_connections() + opening_;
    const bool is_wanted = waiting_ > opening_ || size < options_.minimum;
    if (!is_wanted || size >= options_.size || opening_ >= at_once) return;
    ++opening_;
    asio::co_spawn(executor_, open_one(shared_from_this()), asio::detached);
  }
}

Task<void> PoolCore::open_one(std::shared_ptr<PoolCore> self) {
  std::unique_ptr<Connection> connection;
  std::string reason;
  try {
    connection = co_await Connection::open(
        self->session_options_, deadline_in(self->options_.connect_timeout), self->canceller_);
  } catch (const std::exception& failure) {
    reason = failure.what();
  }
  --self->opening_;
  if (self->is_closing_) co_return;
  if (connection) {
    self->opened(std::move(connection));
  } else {
    self->open_failed(reason);
  }
}

void PoolCore::opened(std::unique_ptr<Connection> connection) {
  failures_in_a_row_ = 0;
  if (std::exchange(is_away_, false)) log("PostgreSQL is back");
  put_to_use(std::move(connection));
  open_as_needed();
  publish();
}

void PoolCore::open_failed(std::string_view reason) {
  ++failures_in_a_row_;
  if (open_connections() == 0) note_away(reason);
  try_again_later();
  publish();
}

void PoolCore::note_away(std::string_view reason) {
  if (!std::exchange(is_away_, true)) log(fmt::format("PostgreSQL is away: {}", reason));
  refuse_waiters("PostgreSQL is away");
}

void PoolCore::try_again_later() {
  if (is_closing_ || std::exchange(retry_is_due_, true)) return;
  const int doublings = std::min(failures_in_a_row_ - 1, 10);
  const auto pause = std::min(options_.retry_pause_first * (1 << std::max(doublings, 0)),
                              options_.retry_pause_limit);
  // Half of it at random, so that many pools do not come at the same moment.
  const auto half = static_cast<std::uint32_t>(pause.count() / 2);
  retry_timer_.expires_after(std::chrono::milliseconds(half + random_below(half + 1)));
  retry_timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (error || !self) return;
    self->retry_is_due_ = false;
    if (!self->is_away_) return self->open_as_needed();
    if (self->is_closing_ || self->opening_ > 0) return;
    ++self->opening_;
    asio::co_spawn(self->executor_, open_one(self), asio::detached);
  });
}

void PoolCore::refuse_waiters(const std::string& reason) {
  while (!waiters_.empty()) {
    Waiter& waiter = waiters_.front();
    waiters_.pop_front();
    --waiting_;
    waiter.refusal = reason;
    waiter.timer.cancel();
  }
}

void PoolCore::close_surplus_later() {
  if (surplus_is_due_ || open_connections() <= options_.minimum) return;
  surplus_is_due_ = true;
  surplus_timer_.expires_after(options_.idle_limit);
  surplus_timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (error || !self) return;
    self->surplus_is_due_ = false;
    self->close_surplus();
  });
}

void PoolCore::close_surplus() {
  const auto now = Clock::now();
  // The front has lain idle longest.
  while (!idle_.empty() && open_connections() > options_.minimum &&
         now - idle_.front().since >= options_.idle_limit) {
    idle_.erase(idle_.begin());
  }
  close_surplus_later();
  publish();
}

}  // namespace frontdesk::db
