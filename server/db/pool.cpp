#include "db/pool.hpp"

#include "core/ensure.hpp"
#include "db/pool_core.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace frontdesk::db {
namespace {

constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> awaited{};

// Under load a connection lies idle for microseconds: not worth a system call each time.
constexpr std::chrono::milliseconds trusted_for{1};

SessionOptions session_options_of(const PoolOptions& options) {
  return {.url = options.url,
          .application_name = options.application_name,
          .statement_timeout = options.statement_timeout,
          .lock_timeout = options.lock_timeout,
          .idle_in_transaction_timeout = options.idle_in_transaction_timeout,
          .on_statement = options.on_statement};
}

}  // namespace

PoolCore::PoolCore(Executor executor, PoolOptions options)
    : executor_(executor),
      options_(std::move(options)),
      session_options_(session_options_of(options_)),
      retry_timer_(executor),
      surplus_timer_(executor),
      drained_(executor) {
  ENSURE(options_.size > 0 && options_.minimum <= options_.size);
  idle_.reserve(options_.size);
}

Task<Lease> PoolCore::acquire(std::shared_ptr<PoolCore> self, Deadline deadline) {
  if (self->is_closing_) throw PoolUnavailable("the pool is closing");
  self->is_started_ = true;
  if (self->waiters_.empty()) {
    if (auto connection = self->take_idle()) co_return self->lend(std::move(connection), deadline);
  }
  if (self->is_away_) throw PoolUnavailable("PostgreSQL is away");
  if (self->waiting_ >= self->options_.waiters) {
    throw PoolUnavailable("too many wait for a connection");
  }
  if (Clock::now() >= deadline) throw DeadlinePassed("no connection before the deadline");

  Waiter waiter(self->executor_, deadline);
  self->waiters_.push_back(waiter);
  ++self->waiting_;
  self->open_as_needed();
  self->publish();
  // An attempt may fail at once, before there is a wait to be cancelled.
  if (!waiter.lease && !waiter.refusal) co_await waiter.timer.async_wait(awaited);
  // What it was given counts, even when the deadline passed in the same moment.
  if (waiter.lease) co_return std::move(*waiter.lease);
  if (waiter.refusal) throw PoolUnavailable(*waiter.refusal);
  waiter.unlink();
  --self->waiting_;
  self->publish();
  if (Clock::now() >= deadline) throw DeadlinePassed("no connection before the deadline");
  throw Cancelled("nobody waits for the connection");
}

Lease PoolCore::lend(std::unique_ptr<Connection> connection, Deadline deadline) {
  connection->set_deadline(deadline);
  ++in_use_;
  publish();
  return {shared_from_this(), std::move(connection)};
}

std::unique_ptr<Connection> PoolCore::take_idle() {
  while (!idle_.empty()) {
    Idle idle = std::move(idle_.back());
    idle_.pop_back();
    const bool is_fresh = Clock::now() - idle.since < trusted_for;
    if (is_fresh || !idle.connection->has_hung_up()) return std::move(idle.connection);
  }
  return nullptr;
}

void PoolCore::give_back(std::unique_ptr<Connection> connection) noexcept {
  --in_use_;
  if (is_closing_ || connection->is_broken()) return discard(std::move(connection));
  if (connection->is_settled()) return put_to_use(std::move(connection));
  ++settling_;
  asio::co_spawn(executor_, settle(shared_from_this(), std::move(connection)), asio::detached);
}

Task<void> PoolCore::settle(std::shared_ptr<PoolCore> self,
                            std::unique_ptr<Connection> connection) {
  const bool settled = co_await connection->settle(deadline_in(self->options_.settle_timeout));
  --self->settling_;
  if (settled && !self->is_closing_) {
    self->put_to_use(std::move(connection));
  } else {
    self->discard(std::move(connection));
  }
}

void PoolCore::put_to_use(std::unique_ptr<Connection> connection) {
  if (waiters_.empty()) {
    idle_.push_back({std::move(connection), Clock::now()});
    close_surplus_later();
    return publish();
  }
  Waiter& waiter = waiters_.front();
  waiters_.pop_front();
  --waiting_;
  waiter.lease.emplace(lend(std::move(connection), waiter.deadline));
  waiter.timer.cancel();
}

void PoolCore::discard(std::unique_ptr<Connection> connection) {
  connection.reset();
  if (open_connections() == 0) {
    drained_.cancel();
    if (retry_is_due_) note_away("the last connection broke");
  }
  open_as_needed();
  publish();
}

Task<void> PoolCore::close(std::shared_ptr<PoolCore> self, Deadline deadline) {
  self->stop();
  if (self->open_connections() == 0) co_return;
  self->drained_.expires_at(deadline);
  co_await self->drained_.async_wait(awaited);
}

void PoolCore::stop() {
  is_closing_ = true;
  idle_.clear();
  retry_timer_.cancel();
  surplus_timer_.cancel();
  refuse_waiters("the pool is closing");
  publish();
}

PoolStatistics PoolCore::statistics() const {
  return {.limit = options_.size,
          .size = published_.size.load(std::memory_order_relaxed),
          .in_use = published_.in_use.load(std::memory_order_relaxed),
          .waiting = published_.waiting.load(std::memory_order_relaxed),
          .available = published_.available.load(std::memory_order_relaxed)};
}

void PoolCore::publish() {
  published_.size.store(open_connections(), std::memory_order_relaxed);
  published_.in_use.store(in_use_, std::memory_order_relaxed);
  published_.waiting.store(waiting_, std::memory_order_relaxed);
  published_.available.store(!is_away_, std::memory_order_relaxed);
}

void PoolCore::log(std::string_view line) const {
  if (options_.log) options_.log(line);
}

Lease::Lease(std::shared_ptr<PoolCore> pool, std::unique_ptr<Connection> connection)
    : pool_(std::move(pool)), connection_(std::move(connection)) {}
Lease::Lease(Lease&&) noexcept = default;
Lease& Lease::operator=(Lease&& other) noexcept {
  give_back();
  pool_ = std::move(other.pool_);
  connection_ = std::move(other.connection_);
  return *this;
}
Lease::~Lease() {
  give_back();
}

void Lease::give_back() noexcept {
  if (connection_) pool_->give_back(std::move(connection_));
}

Pool::Pool(asio::io_context& context, PoolOptions options)
    : core_(std::make_shared<PoolCore>(context.get_executor(), std::move(options))) {}
Pool::~Pool() {
  core_->stop();
}

Task<Lease> Pool::acquire(Deadline deadline) {
  return PoolCore::acquire(core_, deadline);
}
Task<void> Pool::close(Deadline deadline) {
  return PoolCore::close(core_, deadline);
}
PoolStatistics Pool::statistics() const {
  return core_->statistics();
}
void Pool::log(std::string_view line) const {
  core_->log(line);
}

}  // namespace frontdesk::db
