// How a connection reads the body of a request.
#include "http/chunked_body.hpp"
#include "http/connection.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace frontdesk::http {

Error request_timeout() {
  return {.kind = ErrorKind::timed_out,
          .code = "request_timeout",
          .message = "The request did not arrive in time."};
}

bool Connection::send_continue() {
  // Whoever has sent some of the body does not wait for it (RFC 9110 section 10.1.1).
  if (!input_.unread().empty()) return true;
  constexpr std::string_view interim = "HTTP/1.1 100 Continue\r\n\r\n";
  boost::system::error_code error;
  return socket_.write_some(asio::buffer(interim), error) == interim.size();
}

Task<Connection::BodyRead> Connection::read_body(BodyFraming framing, std::size_t limit_bytes) {
  if (framing.kind == BodyFraming::Kind::chunked) return read_chunked(limit_bytes);
  return read_counted(framing.length_bytes);
}

Task<Connection::BodyRead> Connection::read_counted(std::size_t length_bytes) {
  std::string body;
  body.reserve(std::min(length_bytes, progress_bytes));
  for (std::size_t next_mark = 0;;) {
    const auto piece = input_.unread().substr(0, length_bytes - body.size());
    body.append(piece);
    input_.consume(piece.size());
    if (body.size() == length_bytes) co_return body;
    if (body.size() >= next_mark) {
      next_mark = body.size() + progress_bytes;
      enter(Phase::body, limits().body);
    }
    if (!co_await read_more()) co_return body_interrupted();
  }
}

Task<Connection::BodyRead> Connection::read_chunked(std::size_t limit_bytes) {
  ChunkedBody body(limit_bytes);
  for (std::size_t taken_bytes = 0, next_mark = 0;;) {
    auto taken = body.consume(input_.unread());
    if (!taken) co_return refuse(std::move(taken.error()));
    input_.consume(*taken);
    taken_bytes += *taken;
    if (body.is_complete()) co_return body.take();
    if (taken_bytes >= next_mark) {
      next_mark = taken_bytes + progress_bytes;
      enter(Phase::body, limits().body);
    }
    if (!co_await read_more()) co_return body_interrupted();
  }
}

Connection::BodyRead Connection::body_interrupted() const {
  if (expired() && !cut_) return refuse(request_timeout());
  return std::nullopt;
}

}  // namespace frontdesk::http
