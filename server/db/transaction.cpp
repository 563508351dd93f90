#include "db/transaction.hpp"

#include "core/random.hpp"
#include "db/sql_error.hpp"

#include <chrono>
#include <string>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace frontdesk::db {
namespace {

// A rollback is owed even when the deadline has passed: others wait for its locks.
constexpr std::chrono::milliseconds rollback_timeout{1'000};

bool is_callers_fault(ErrorKind kind) {
  return kind == ErrorKind::conflict || kind == ErrorKind::invalid || kind == ErrorKind::malformed;
}

}  // namespace

Task<Transaction> Transaction::begin(Lease lease) {
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  lease->begin_with_next();
  co_return Transaction(std::move(lease));
}

Task<std::vector<Rows>> Transaction::execute_batch(Batch batch) {
  return lease_->execute_batch(std::move(batch));
}

Task<void> Transaction::commit() {
  ENSURE(is_open_);
  is_open_ = false;
  co_await lease_->commit();
}

Task<std::vector<Rows>> Transaction::commit_with(Batch batch) {
  ENSURE(is_open_);
  try {
    auto results = co_await lease_->execute_and_commit(std::move(batch));
    is_open_ = false;
    co_return results;
  } catch (const CommitUnknown&) {
    is_open_ = false;
    throw;
  }
}

Task<void> Transaction::rollback() {
  is_open_ = false;
  // Where it fails the connection is closed, and PostgreSQL rolls back.
  co_await lease_->settle(deadline_in(rollback_timeout));
}

namespace detail {

Recovery judge(std::exception_ptr fault, int tries_made, const Pool& pool) {
  try {
    std::rethrow_exception(std::move(fault));
  } catch (const SqlError& error) {
    if (error.is_retryable() && tries_made < transaction_tries) return {.try_again = true};
    if (!is_callers_fault(error.answer().kind)) return {};
    pool.log(std::string("refusal not mapped by a store: ") + error.what());
    return {.refusal = error.answer()};
  } catch (...) {
    return {};
  }
}

Task<void> pause_before_retry(int tries_made) {
  using Clock = std::chrono::steady_clock;
  const std::chrono::milliseconds pause(1 + random_below(10u << tries_made));
  asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor> timer(
      co_await asio::this_coro::executor, pause);
  co_await timer.async_wait(asio::use_awaitable_t<Executor>());
}

Task<void> allow_cancellation() {
  co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
}

}  // namespace detail
}  // namespace frontdesk::db
