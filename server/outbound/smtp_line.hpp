#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "outbound/smtp_server.hpp"
#include "outbound/smtp_text.hpp"
#include "outbound/smtp_verdict.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

namespace frontdesk::outbound {

/// One connection to a mail server. After anything but an answer to the letter it is closed.
class SmtpLine {
 public:
  /// `server` and `tls` must outlive it.
  SmtpLine(asio::io_context& context, const SmtpServer& server, asio::ssl::context& tls);
  SmtpLine(const SmtpLine&) = delete;
  SmtpLine& operator=(const SmtpLine&) = delete;
  ~SmtpLine();

  /// Connects, greets, starts TLS and logs in, as the server's settings say. TCP stands by
  /// `connect_by`.
  Task<SmtpEnd> open(Deadline connect_by, Deadline deadline);

  /// Hands over one mail.
  Task<SmtpEnd> send(const std::string& from, const std::string& to, const std::string& mail,
                     Deadline deadline);

  /// Whether another mail may be sent by it, as far as this side knows.
  [[nodiscard]] bool is_usable();

 private:
  using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
  using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                           asio::wait_traits<std::chrono::steady_clock>, Executor>;
  class Watchdog;

  Task<void> connect(Deadline connect_by);
  Task<void> greet(SmtpReply& greeting);
  Task<void> start_tls();
  Task<void> log_in(const SmtpReply& greeting);
  Task<void> hand_over(const std::string& from, const std::string& to, const std::string& mail);
  Task<void> write(std::string_view text);
  Task<SmtpReply> read();
  Task<SmtpReply> say(std::string_view command);
  Task<void> expect_good(SmtpStage stage, std::string_view command);
  [[nodiscard]] SmtpEnd end_by(std::string fault) const;
  void close();

  asio::io_context& context_;
  const SmtpServer& server_;
  Socket socket_;
  asio::ssl::stream<Socket&> tls_stream_;
  Timer timer_;
  bool is_secure_ = false;
  bool pipelines_ = false;
  bool timed_out_ = false;
  bool is_open_ = false;
  SmtpStage stage_ = SmtpStage::connecting;
  SmtpReply reply_;
  std::string input_;
};

}  // namespace frontdesk::outbound
