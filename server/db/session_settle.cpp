// Deadlines, cancellation, and the way back to idle.
#include "core/ensure.hpp"
#include "db/session.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <libpq-fe.h>

namespace frontdesk::db {
namespace {

constexpr std::chrono::milliseconds cancel_poll{2};

}  // namespace

bool Session::is_settled() const {
  return !is_broken_ && !is_busy_ && !begin_is_due_ &&
         PQtransactionStatus(connection_) == PQTRANS_IDLE;
}

Task<bool> Session::settle(Deadline deadline) {
  forget_begin();
  if (is_broken_) co_return false;
  set_deadline(deadline);
  try {
    if (is_busy_) co_await drain_cancelled();
    if (!is_settled()) co_await exchange({}, {}, Ending::rollback);
  } catch (const std::exception&) {
    is_broken_ = true;  // whatever it was, the connection is not worth a second attempt
  }
  co_return is_settled();
}

Task<void> Session::drain_cancelled() {
  ask_to_cancel();
  timed_out_ = false;
  watch_deadline();
  if (PQflush(connection_) != 0) co_await flush();
  co_await await_answers();
  // Until the request is known to have arrived it could hit the next statement.
  while (cancel_state_->load() == CancelState::waiting) {
    if (Clock::now() >= deadline_) throw DeadlinePassed("a request to cancel did not arrive");
    Timer pause(watchdog_.get_executor(), cancel_poll);
    co_await pause.async_wait(asio::use_awaitable_t<Executor>());
  }
  const bool delivered = cancel_state_->load() == CancelState::delivered;
  cancel_state_.reset();
  if (!delivered) throw ConnectionLost("a request to cancel was not taken");
  co_await exchange({}, {}, Ending::none);  // an empty round trip uses up a late signal
}

void Session::ask_to_cancel() {
  if (is_busy_ && !cancel_state_) cancel_state_ = canceller_->cancel(connection_);
}

// Deadlines rise as a rule, so that one timer serves many statements: it fires for an old deadline
// and is set again for the one that then counts.
void Session::watch_deadline() {
  if (watchdog_at_ <= deadline_) return;
  watchdog_at_ = deadline_;
  watchdog_.expires_at(deadline_);
  watchdog_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    if (error == asio::error::operation_aborted) return;
    if (const auto self = weak.lock()) self->deadline_check();
  });
}

void Session::deadline_check() {
  watchdog_at_ = Clock::time_point::max();
  if (!is_awaited_) return;
  if (Clock::now() < deadline_) return watch_deadline();
  timed_out_ = true;
  socket_.cancel();
}

}  // namespace frontdesk::db
