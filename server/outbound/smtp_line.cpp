#include "outbound/smtp_line.hpp"

#include "core/base64.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

namespace frontdesk::outbound {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable_t<Executor>());

// Ends the talk: what was said, or left unsaid, is in the line.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct Refused : std::runtime_error {
  Refused() : std::runtime_error("refused") {}
};

void check(const error_code& failure, const char* what) {
  if (failure) throw Broken(fmt::format("{}: {}", what, failure.message()));
}

}  // namespace

// Closes the socket when time is up, which ends whatever waits for it.
class SmtpLine::Watchdog {
 public:
  Watchdog(SmtpLine& line, Deadline deadline)
      : line_(line), watched_(std::make_shared<SmtpLine*>(&line)) {
    line.timer_.expires_at(deadline);
    line.timer_.async_wait([watched = watched_](const error_code& failure) {
      if (failure || *watched == nullptr) return;
      (*watched)->timed_out_ = true;
      (*watched)->close();
    });
  }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog() {
    line_.timer_.cancel();
    *watched_ = nullptr;  // time may be up already, and the handler on its way
  }

 private:
  SmtpLine& line_;
  std::shared_ptr<SmtpLine*> watched_;
};

SmtpLine::SmtpLine(asio::io_context& context, const SmtpServer& server, asio::ssl::context& tls)
    : context_(context),
      server_(server),
      socket_(context.get_executor()),
      tls_stream_(socket_, tls),
      timer_(context.get_executor()) {}

SmtpLine::~SmtpLine() {
  if (!is_open_ || is_secure_) return;
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.send(asio::buffer("QUIT\r\n", 6), 0, ignored);  // nobody waits for the goodbye
}

Task<SmtpEnd> SmtpLine::open(Deadline connect_by, Deadline deadline) {
  try {
    co_await connect(std::min(connect_by, deadline));
    const Watchdog watchdog(*this, deadline);
    if (server_.tls == SmtpServer::Tls::implicit) co_await start_tls();
    SmtpReply greeting;
    co_await greet(greeting);
    if (server_.tls == SmtpServer::Tls::starttls) {
      stage_ = SmtpStage::starttls;
      if (!greeting.offers("STARTTLS")) throw Broken("the server has none");
      co_await expect_good(SmtpStage::starttls, "STARTTLS");
      // Whoever could put words in here would speak for the server under TLS (CVE-2011-0411).
      if (!input_.empty()) throw Broken("it says more before TLS than it should");
      co_await start_tls();
      greeting = co_await say(fmt::format("EHLO {}", server_.own_name));
      if (!greeting.is_good()) throw Refused();
    }
    pipelines_ = greeting.offers("PIPELINING");
    if (!server_.user.empty()) co_await log_in(greeting);
    is_open_ = true;
    co_return SmtpEnd{};
  } catch (const Refused&) {
  } catch (const std::exception& fault) {
    reply_ = {};
    close();
    co_return end_by(fault.what());
  }
  close();
  co_return end_by({});
}

Task<SmtpEnd> SmtpLine::send(const std::string& from, const std::string& to,
                             const std::string& mail, Deadline deadline) {
  stage_ = SmtpStage::sender;
  reply_ = {};
  const Watchdog watchdog(*this, deadline);
  bool was_refused = false;
  SmtpEnd end;
  try {
    co_await hand_over(from, to, mail);
    co_return SmtpEnd{};
  } catch (const Refused&) {
    was_refused = true;
    end = end_by({});
  } catch (const std::exception& fault) {
    end = end_by(fault.what());
    close();
  }
  if (was_refused) {
    try {  // the next mail begins anew
      if (reply_.code == 421 || !(co_await say("RSET")).is_good()) close();
    } catch (const std::exception&) {
      close();
    }
  }
  co_return end;
}

bool SmtpLine::is_usable() {
  if (!is_open_ || !input_.empty()) return false;
  // Something to read is a goodbye, or the end.
  error_code failure;
  char byte = 0;
  socket_.non_blocking(true, failure);
  socket_.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, failure);
  return failure == asio::error::would_block;
}

Task<void> SmtpLine::connect(Deadline connect_by) {
  // A name server that hangs cannot be interrupted: it is left behind, with what it would write to.
  struct Found {
    Timer timer;
    error_code failure = asio::error::timed_out;
    tcp::resolver::results_type endpoints = {};
  };
  const auto found =
      std::make_shared<Found>(Found{.timer = Timer(context_.get_executor(), connect_by)});
  asio::ip::basic_resolver<tcp, Executor> resolver(context_.get_executor());
  resolver.async_resolve(server_.host, std::to_string(server_.port),
                         [found](const error_code& failure, const auto& endpoints) {
                           found->failure = failure;
                           found->endpoints = endpoints;
                           found->timer.cancel();
                         });
  co_await found->timer.async_wait(as_result);
  check(found->failure, "the name is not found");
  const Watchdog watchdog(*this, connect_by);
  error_code failure = asio::error::host_not_found;
  for (const auto& entry : found->endpoints) {
    if (timed_out_) break;
    socket_.close(failure);
    const auto [connecting] = co_await socket_.async_connect(entry.endpoint(), as_result);
    failure = connecting;
    if (!failure) break;
  }
  check(timed_out_ ? asio::error::timed_out : failure, "no connection");
  socket_.set_option(tcp::no_delay(true));
}

Task<void> SmtpLine::greet(SmtpReply& greeting) {
  stage_ = SmtpStage::greeting;
  reply_ = co_await read();
  if (!reply_.is_good()) throw Refused();
  greeting = co_await say(fmt::format("EHLO {}", server_.own_name));
  if (!greeting.is_good()) throw Refused();
}

Task<void> SmtpLine::start_tls() {
  stage_ = SmtpStage::starttls;
  reply_ = {};
  error_code is_name;
  asio::ip::make_address(server_.host, is_name);
  if (is_name) SSL_set_tlsext_host_name(tls_stream_.native_handle(), server_.host.c_str());
  tls_stream_.set_verify_mode(asio::ssl::verify_peer);
  tls_stream_.set_verify_callback(asio::ssl::host_name_verification(server_.host));
  const auto [failure] =
      co_await tls_stream_.async_handshake(asio::ssl::stream_base::client, as_result);
  check(failure, "TLS");
  is_secure_ = true;
}

Task<void> SmtpLine::log_in(const SmtpReply& greeting) {
  stage_ = SmtpStage::login;
  if (greeting.offers_login_by("PLAIN")) {
    const auto secret = fmt::format("{0}{1}{0}{2}", '\0', server_.user, server_.password);
    co_await expect_good(SmtpStage::login, fmt::format("AUTH PLAIN {}", base64_encode(secret)));
    co_return;
  }
  if (!greeting.offers_login_by("LOGIN")) {
    throw Broken("the server takes neither AUTH PLAIN nor AUTH LOGIN here");
  }
  co_await expect_good(SmtpStage::login, "AUTH LOGIN");
  co_await expect_good(SmtpStage::login, base64_encode(server_.user));
  co_await expect_good(SmtpStage::login, base64_encode(server_.password));
}

Task<void> SmtpLine::hand_over(const std::string& from, const std::string& to,
                               const std::string& mail) {
  const auto sender = fmt::format("MAIL FROM:<{}>", from);
  const auto recipient = fmt::format("RCPT TO:<{}>", to);
  if (pipelines_) {  // RFC 2920: one journey for both
    co_await write(fmt::format("{}\r\n{}\r\n", sender, recipient));
    auto answered = co_await read();
    reply_ = answered;
    const bool is_wanted = answered.is_good();
    if (is_wanted) stage_ = SmtpStage::recipient;
    answered = co_await read();  // also where the first was no: both are answered
    if (is_wanted) reply_ = std::move(answered);
    if (!reply_.is_good()) throw Refused();
  } else {
    co_await expect_good(SmtpStage::sender, sender);
    co_await expect_good(SmtpStage::recipient, recipient);
  }
  co_await expect_good(SmtpStage::data, "DATA");
  reply_ = {};
  co_await write(as_content(mail));
  stage_ = SmtpStage::content;  // until its end has left nobody delivers it
  reply_ = co_await read();
  if (!reply_.is_good()) throw Refused();
}

Task<void> SmtpLine::write(std::string_view text) {
  if (is_secure_) {
    const auto [failure, size] =
        co_await asio::async_write(tls_stream_, asio::buffer(text), as_result);
    check(failure, "the connection broke");
  } else {
    const auto [failure, size] = co_await asio::async_write(socket_, asio::buffer(text), as_result);
    check(failure, "the connection broke");
  }
}

Task<SmtpReply> SmtpLine::read() {
  std::array<char, 4096> buffer{};
  while (true) {
    if (auto reply = take_reply(input_)) co_return std::move(*reply);
    error_code failure;
    std::size_t size = 0;
    if (is_secure_) {
      std::tie(failure, size) =
          co_await tls_stream_.async_read_some(asio::buffer(buffer), as_result);
    } else {
      std::tie(failure, size) = co_await socket_.async_read_some(asio::buffer(buffer), as_result);
    }
    check(failure, "the connection broke");
    input_.append(buffer.data(), size);
  }
}

Task<SmtpReply> SmtpLine::say(std::string_view command) {
  reply_ = {};
  co_await write(fmt::format("{}\r\n", command));
  reply_ = co_await read();
  co_return reply_;
}

Task<void> SmtpLine::expect_good(SmtpStage stage, std::string_view command) {
  stage_ = stage;
  const auto reply = co_await say(command);
  if (!reply.is_good()) throw Refused();
}

SmtpEnd SmtpLine::end_by(std::string fault) const {
  return {.is_accepted = false,
          .stage = stage_,
          .reply = fault.empty() ? reply_.code : 0,
          .reply_text = std::string(reply_.last_line()),
          .fault = timed_out_ ? std::string("no answer in time") : std::move(fault)};
}

void SmtpLine::close() {
  is_open_ = false;
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace frontdesk::outbound
