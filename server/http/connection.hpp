#pragma once

#include "http/answer_head.hpp"
#include "http/connection_set.hpp"
#include "http/head_check.hpp"
#include "http/input_buffer.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/cancellation_signal.hpp>

namespace frontdesk::http {

/// After this much progress a body or an answer gets its time anew, so that a slow line is served
/// and one that drips is not.
inline constexpr std::size_t progress_bytes = std::size_t{256} * 1024;

/// A head or body that did not arrive in time: 408 `request_timeout`.
Error request_timeout();

/// One client's connection: reads requests, has the Application answer them in order, and writes
/// the answers, one at a time, until either side has had enough. One coroutine, which keeps the
/// object alive. Everything happens on its thread.
///
/// A handler that heeds its client (Admitted::cancel_when_client_leaves) gets a terminal
/// cancellation when the client closes its side, be it only its sending side, as other servers see
/// it too; and when its time is up. One that does not end within the grace after its time, and any
/// write, goes on without a client, who has been told 503.
///
/// Its time limits (R43) are kept by the ConnectionSet's sweep: the coroutine notes what it is
/// doing and until when, the sweep cancels what it waits for. So a request arms no timer.
class Connection : public std::enable_shared_from_this<Connection>, public ConnectionHook {
 public:
  Connection(TcpSocket socket, const asio::ip::tcp::endpoint& peer,
             std::shared_ptr<ConnectionSet> set, ConnectionSlot slot);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Begins to serve. A connection without a slot is one too many: it is told 503 and closed.
  void start();

  /// Whether attend() may have something to do.
  [[nodiscard]] bool needs_attention(SteadyClock::time_point now) const;
  /// Carries out a time limit that has passed; stops the handler whose client has left, where that
  /// is allowed; closes an idle connection while draining.
  void attend(SteadyClock::time_point now);

  /// Ends it now: closes the socket and cancels the handler, whichever it is. The object goes when
  /// the handler has.
  void cut();

 private:
  enum class Phase { idle, head, body, handler, write, linger };
  using BodyRead = std::optional<Result<std::string>>;  ///< nothing: the client is gone

  void enter(Phase phase, SteadyClock::duration limit);
  [[nodiscard]] bool expired() const { return SteadyClock::now() >= deadline_; }
  [[nodiscard]] const ConnectionLimits& limits() const { return set_->limits(); }

  Task<void> run();
  Task<std::optional<CheckedHead>> read_head();
  Task<bool> read_more();

  // What returns bool says whether the connection goes on to the next request.
  Task<bool> serve(CheckedHead head);
  Task<bool> answer(Admitted admitted, std::string body, Persistence persistence);
  Task<bool> decline(Outgoing refusal, BodyFraming body, Persistence persistence);
  Task<bool> send(const Outgoing& answer, Persistence persistence);
  Task<bool> reject(Error error);

  [[nodiscard]] bool send_continue();
  Task<BodyRead> read_body(BodyFraming framing, std::size_t limit_bytes);
  Task<BodyRead> read_counted(std::size_t length_bytes);
  Task<BodyRead> read_chunked(std::size_t limit_bytes);
  [[nodiscard]] BodyRead body_interrupted() const;
  Task<void> linger();

  void begin_handler(bool cancel_when_client_leaves);
  void end_handler();
  void cancel_handler();
  void expire_handler(SteadyClock::time_point now);
  Task<void> answer_for_handler();
  [[nodiscard]] bool nobody_waits() const { return abandoned_ || client_left_ || cut_; }
  [[nodiscard]] bool client_has_left();
  [[nodiscard]] bool has_input();

  TcpSocket socket_;
  std::shared_ptr<ConnectionSet> set_;
  ConnectionSlot slot_;
  std::string peer_address_;
  asio::cancellation_signal handler_signal_;
  Phase phase_ = Phase::idle;
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  bool in_handler_ = false;       ///< inside the Application
  bool cancellable_ = false;      ///< its handler may be stopped half-way
  bool handler_overdue_ = false;  ///< its time is up, the grace runs
  bool handler_cancelled_ = false;
  bool client_left_ = false;
  bool abandoned_ = false;  ///< the handler's answer is not waited for any more
  bool cut_ = false;
  bool is_head_ = false;     ///< the request at hand is HEAD: no answer to it has a body
  bool said_close_ = false;  ///< the last answer announced the end
  std::string output_;       ///< head of the answer; keeps its capacity
  InputBuffer input_;
};

}  // namespace frontdesk::http
