// The side of a connection that the sweep sees: time limits, clients that leave, the end.
#include "http/connection.hpp"

#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <poll.h>

namespace frontdesk::http {
namespace {

short poll_now(TcpSocket& socket, short events) {
  pollfd entry{
      .fd = socket.is_open() ? socket.native_handle() : -1, .events = events, .revents = 0};
  return ::poll(&entry, 1, 0) > 0 ? entry.revents : short{0};
}

}  // namespace

void Connection::begin_handler(bool cancel_when_client_leaves) {
  in_handler_ = true;
  cancellable_ = cancel_when_client_leaves;
  handler_overdue_ = false;
  enter(Phase::handler, limits().handler);
}

void Connection::end_handler() {
  in_handler_ = false;
  cancellable_ = false;
  handler_cancelled_ = false;
}

void Connection::cancel_handler() {
  handler_cancelled_ = true;
  handler_signal_.emit(asio::cancellation_type::terminal);  // may run the handler to its end
}

void Connection::expire_handler(SteadyClock::time_point now) {
  if (!handler_overdue_) {
    handler_overdue_ = true;
    deadline_ = now + limits().handler_grace;
    if (cancellable_ && !handler_cancelled_) cancel_handler();
    return;
  }
  abandoned_ = true;
  deadline_ = SteadyClock::time_point::max();
  asio::co_spawn(socket_.get_executor(), answer_for_handler(),
                 [self = shared_from_this()](const std::exception_ptr&) {});
}

Task<void> Connection::answer_for_handler() {
  if (!client_left_) {
    co_await reject(unavailable());
    if (said_close_) co_await linger();
  }
  boost::system::error_code ignored;
  socket_.close(ignored);
  deadline_ = SteadyClock::time_point::max();
}

bool Connection::client_has_left() {
  return (poll_now(socket_, POLLRDHUP) & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

bool Connection::has_input() {
  return (poll_now(socket_, POLLIN) & POLLIN) != 0;
}

bool Connection::needs_attention(SteadyClock::time_point now) const {
  if (now >= deadline_) return true;
  if (phase_ == Phase::handler) return cancellable_ && !handler_cancelled_;
  return phase_ == Phase::idle && set_->draining();
}

void Connection::attend(SteadyClock::time_point now) {
  const bool late = now >= deadline_;
  if (phase_ == Phase::handler) {
    if (late) {
      expire_handler(now);
    } else if (cancellable_ && !handler_cancelled_ && client_has_left()) {
      client_left_ = true;
      cancel_handler();
    }
  } else if (late || (phase_ == Phase::idle && set_->draining() && !has_input())) {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  }
}

void Connection::cut() {
  cut_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (in_handler_ && !handler_cancelled_) cancel_handler();
}

}  // namespace frontdesk::http
