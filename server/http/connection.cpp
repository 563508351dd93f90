#include "http/connection.hpp"

#include "http/chunked_body.hpp"

#include <array>
#include <exception>
#include <string_view>
#include <utility>
#include <variant>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/this_coro.hpp>

namespace frontdesk::http {
namespace {

Error internal_error() {
  return {.kind = ErrorKind::internal,
          .code = "internal_error",
          .message = "Something went wrong on our side."};
}

/// Without an IPv6 zone, and IPv4 as IPv4 on a socket that serves both.
std::string text_of(const asio::ip::address& address) {
  if (address.is_v4()) return address.to_string();
  auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
  v6.scope_id(0);
  return v6.to_string();
}

Persistence persistence_for(const CheckedHead& head) {
  if (!head.keep_alive) return Persistence::close;
  return head.is_http_1_0 ? Persistence::keep_alive : Persistence::implied;
}

}  // namespace

Connection::Connection(TcpSocket socket, const asio::ip::tcp::endpoint& peer,
                       std::shared_ptr<ConnectionSet> set, ConnectionSlot slot)
    : socket_(std::move(socket)),
      set_(std::move(set)),
      slot_(std::move(slot)),
      peer_address_(text_of(peer.address())) {}

Connection::~Connection() {
  if (!is_linked()) return;
  unlink();
  set_->note_departure(!slot_);
}

void Connection::start() {
  boost::system::error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  set_->add(*this, !slot_);
  // An exception that ends the coroutine ends this connection and nothing else.
  asio::co_spawn(
      socket_.get_executor(), run(),
      asio::bind_cancellation_slot(handler_signal_.slot(),
                                   [self = shared_from_this()](const std::exception_ptr&) {}));
}

void Connection::enter(Phase phase, SteadyClock::duration limit) {
  phase_ = phase;
  deadline_ = SteadyClock::now() + limit;
}

Task<void> Connection::run() {
  if (slot_) {
    while (auto head = co_await read_head()) {
      if (!co_await serve(std::move(*head))) break;
    }
  } else {
    co_await reject(unavailable());
  }
  if (abandoned_) co_return;  // answer_for_handler has the socket
  if (said_close_) co_await linger();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

Task<bool> Connection::read_more() {
  const auto [error, count] = co_await socket_.async_read_some(input_.free_space(), as_result);
  input_.commit(count);
  co_return !error;
}

Task<std::optional<CheckedHead>> Connection::read_head() {
  enter(Phase::idle, limits().keep_alive);
  is_head_ = false;
  std::size_t scanned = 0;
  while (true) {
    if (phase_ == Phase::idle) {
      // RFC 9112 section 2.2: empty lines before a request are to be ignored.
      while (input_.unread().starts_with("\r\n")) input_.consume(2);
      if (!input_.unread().empty() && input_.unread() != "\r") enter(Phase::head, limits().head);
    }
    if (phase_ == Phase::head) {
      auto end = find_head_end(input_.unread(), scanned);
      if (!end) {
        co_await reject(std::move(end.error()));
        co_return std::nullopt;
      }
      if (*end) {
        auto head = check_head(input_.unread().substr(0, **end));
        input_.consume(**end);
        if (head) co_return std::move(*head);
        co_await reject(std::move(head.error()));
        co_return std::nullopt;
      }
    }
    if (!co_await read_more()) {
      if (phase_ == Phase::head && expired()) co_await reject(request_timeout());
      co_return std::nullopt;
    }
  }
}

Task<bool> Connection::serve(CheckedHead head) {
  const Persistence persistence = persistence_for(head);
  is_head_ = head.request.method == "HEAD";
  head.request.peer_address = peer_address_;
  head.request.received_at = SteadyClock::now();

  begin_handler(false);
  std::optional<std::variant<Admitted, Outgoing>> decision;
  try {
    decision = co_await set_->application().admit(std::move(head.request));
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): answered below
  }
  if (handler_cancelled_) co_await asio::this_coro::reset_cancellation_state();
  end_handler();
  if (nobody_waits()) co_return false;
  if (!decision) co_return co_await reject(internal_error());

  if (auto* refusal = std::get_if<Outgoing>(&*decision)) {
    // Whoever waits for 100 may send the body or not: what follows could be either.
    const bool ambiguous = head.body.has_body() && head.expects_continue;
    co_return co_await decline(std::move(*refusal), head.body,
                               ambiguous ? Persistence::close : persistence);
  }
  auto& admitted = std::get<Admitted>(*decision);
  if (!head.body.has_body()) co_return co_await answer(std::move(admitted), {}, persistence);

  if (head.body.length_bytes > admitted.body_limit_bytes)
    co_return co_await reject(body_too_large());
  if (head.expects_continue && !send_continue()) co_return false;
  auto body = co_await read_body(head.body, admitted.body_limit_bytes);
  if (!body) co_return false;
  if (!*body) co_return co_await reject(std::move(body->error()));
  co_return co_await answer(std::move(admitted), std::move(**body), persistence);
}

Task<bool> Connection::answer(Admitted admitted, std::string body, Persistence persistence) {
  begin_handler(admitted.cancel_when_client_leaves);
  std::optional<Outgoing> outgoing;
  try {
    outgoing = co_await set_->application().answer(std::move(admitted.state), std::move(body));
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): answered below
  }
  const bool cancelled = handler_cancelled_;
  if (cancelled) co_await asio::this_coro::reset_cancellation_state();
  end_handler();
  if (nobody_waits()) co_return false;
  if (!outgoing) co_return co_await reject(cancelled ? unavailable() : internal_error());
  co_return co_await send(*outgoing, persistence);
}

Task<bool> Connection::decline(Outgoing refusal, BodyFraming body, Persistence persistence) {
  const std::size_t limit_bytes = limits().discarded_body_bytes;
  if (body.length_bytes > limit_bytes) persistence = Persistence::close;
  const bool goes_on = co_await send(refusal, persistence);
  if (!goes_on || !body.has_body()) co_return goes_on;
  // One request has one answer: whatever is wrong with its body now only ends the connection.
  const auto discarded = co_await read_body(body, limit_bytes);
  said_close_ = discarded && !discarded->has_value();
  co_return discarded && discarded->has_value();
}

Task<bool> Connection::reject(Error error) {
  co_return co_await send(set_->application().reject(error, peer_address_), Persistence::close);
}

Task<bool> Connection::send(const Outgoing& answer, Persistence persistence) {
  if (answer.close || set_->draining()) persistence = Persistence::close;
  output_.clear();
  append_answer_head(output_, answer, persistence, set_->date());
  const bool bodiless =
      answer.head_only || is_head_ || answer.status == 204 || answer.status == 304;
  const std::string_view body = bodiless ? std::string_view() : body_of(answer);
  std::array<asio::const_buffer, 2> rest{asio::buffer(output_), asio::buffer(body)};
  const auto advance = [&rest](std::size_t count) {
    for (auto& part : rest) {
      const std::size_t step = std::min(count, part.size());
      part += step;
      count -= step;
    }
  };

  // Nearly every answer fits into the socket's buffer: then no event is waited for.
  boost::system::error_code error;
  advance(socket_.write_some(rest, error));
  if (error && error != asio::error::would_block) co_return false;
  for (std::size_t progress = progress_bytes; asio::buffer_size(rest) > 0;) {
    if (progress >= progress_bytes) {
      progress = 0;
      enter(Phase::write, limits().write);
    }
    const auto [failure, count] = co_await socket_.async_write_some(rest, as_result);
    if (failure) co_return false;
    advance(count);
    progress += count;
  }
  said_close_ = persistence == Persistence::close;
  co_return !said_close_;
}

Task<void> Connection::linger() {
  // Closing with bytes unread sends a reset, which can overtake the answer (RFC 9112 section 9.6).
  boost::system::error_code ignored;
  socket_.shutdown(TcpSocket::shutdown_send, ignored);
  enter(Phase::linger, limits().linger);
  for (std::size_t total = 0; total <= limits().linger_bytes;) {
    input_.consume(input_.unread().size());
    if (!co_await read_more()) break;
    total += input_.unread().size();
  }
}

}  // namespace frontdesk::http
