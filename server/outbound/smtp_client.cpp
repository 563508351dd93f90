#include "outbound/smtp_client.hpp"

#include "outbound/easy_handle.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::outbound {
namespace {

constexpr std::chrono::seconds connect_limit{2};  // R72

// Follows the talk and feeds it the mail. curl says no more of a failure than the last reply's
// number; what it was about decides what becomes of the message.
class Talk {
 public:
  explicit Talk(std::string_view mail) : mail_(mail) {}
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;

  void attach(const EasyHandle& handle) {
    set(handle, CURLOPT_VERBOSE, 1L);
    set(handle, CURLOPT_DEBUGFUNCTION, &Talk::on_line);
    set(handle, CURLOPT_DEBUGDATA, this);
    set(handle, CURLOPT_READFUNCTION, &Talk::on_read);
    set(handle, CURLOPT_READDATA, this);
    set(handle, CURLOPT_WRITEFUNCTION, &Talk::on_write);
  }

  [[nodiscard]] SmtpEnd end(CURLcode code) const {
    return {.code = code, .stage = stage_, .reply = reply_, .reply_text = reply_text_};
  }

 private:
  static int on_line(CURL*, curl_infotype type, char* data, std::size_t size, void* user) {
    auto& talk = *static_cast<Talk*>(user);
    if (type == CURLINFO_HEADER_OUT) talk.said({data, size});
    if (type == CURLINFO_HEADER_IN) talk.heard({data, size});
    return 0;
  }

  static std::size_t on_read(char* into, std::size_t size, std::size_t count, void* user) {
    auto& talk = *static_cast<Talk*>(user);
    const std::size_t taken = std::min(size * count, talk.mail_.size());
    std::memcpy(into, talk.mail_.data(), taken);
    talk.mail_.remove_prefix(taken);
    return taken;
  }

  static std::size_t on_write(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
  }

  void said(std::string_view line) {
    static constexpr std::array stages{std::pair{std::string_view("EHLO"), SmtpStage::greeting},
                                       std::pair{std::string_view("HELO"), SmtpStage::greeting},
                                       std::pair{std::string_view("STARTTLS"), SmtpStage::starttls},
                                       std::pair{std::string_view("AUTH"), SmtpStage::login},
                                       std::pair{std::string_view("MAIL"), SmtpStage::sender},
                                       std::pair{std::string_view("RCPT"), SmtpStage::recipient},
                                       std::pair{std::string_view("DATA"), SmtpStage::data}};
    for (const auto& [verb, stage] : stages) {
      if (line.starts_with(verb)) stage_ = stage;
    }
    reply_ = 0;
    reply_text_.clear();
  }

  void heard(std::string_view line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    reply_text_ = line;
    unsigned number = 0;
    std::from_chars(line.data(), line.data() + line.size(), number);
    reply_ = number;
    if (stage_ == SmtpStage::connecting) stage_ = SmtpStage::greeting;
    if (stage_ != SmtpStage::data || reply_ != 354) return;
    stage_ = SmtpStage::content;
    reply_ = 0;
  }

  std::string_view mail_;
  SmtpStage stage_ = SmtpStage::connecting;
  unsigned reply_ = 0;
  std::string reply_text_;
};

std::string url_of(const SmtpServer& server) {
  const bool is_v6 = server.host.find(':') != std::string::npos;
  return fmt::format("{}://{}:{}/{}", server.tls == SmtpServer::Tls::implicit ? "smtps" : "smtp",
                     is_v6 ? fmt::format("[{}]", server.host) : server.host, server.port,
                     server.own_name);
}

EasyHandle make_handle(const SmtpServer& server, const std::string& url) {
  auto handle = make_easy("smtp,smtps", server.ca_file);
  set(handle, CURLOPT_URL, url.c_str());
  if (server.tls == SmtpServer::Tls::starttls) {
    set(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  }
  if (!server.user.empty()) {
    set(handle, CURLOPT_USERNAME, server.user.c_str());
    set(handle, CURLOPT_PASSWORD, server.password.c_str());
    set(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
    set(handle, CURLOPT_SASL_IR, 1L);
  }
  return handle;
}

void settle(Service::Permit& permit, const SmtpVerdict& verdict) {
  if (verdict.server_answers) {
    permit.succeeded();
  } else {
    permit.failed();
  }
}

}  // namespace

SmtpClient::SmtpClient(asio::io_context& context, Transfers& transfers, SmtpServer server,
                       ServiceLimits limits)
    : transfers_(transfers),
      server_(std::move(server)),
      url_(url_of(server_)),
      service_(context, limits) {}

Task<SmtpVerdict> SmtpClient::send(const std::string& from, const std::string& to,
                                   const std::string& mail, Deadline deadline) {
  auto permit = co_await service_.acquire(deadline);
  if (!permit) {
    co_return SmtpVerdict{SmtpVerdict::Outcome::unavailable, false,
                          "not tried: the mail server failed a moment ago"};
  }
  const auto handle = make_handle(server_, url_);
  Talk talk(mail);
  talk.attach(handle);
  TextList recipients;
  recipients.add(fmt::format("<{}>", to));
  set(handle, CURLOPT_MAIL_FROM, fmt::format("<{}>", from).c_str());
  set(handle, CURLOPT_MAIL_RCPT, recipients.get());
  set(handle, CURLOPT_UPLOAD, 1L);
  set(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.size()));
  const auto code = co_await transfers_.run(handle.get(), deadline_in(connect_limit), deadline);
  auto verdict = judge(talk.end(code));
  settle(*permit, verdict);
  co_return verdict;
}

Task<SmtpVerdict> SmtpClient::check(Deadline deadline) {
  const auto handle = make_handle(server_, url_);
  Talk talk({});
  talk.attach(handle);
  set(handle, CURLOPT_CUSTOMREQUEST, "NOOP");
  set(handle, CURLOPT_NOBODY, 1L);
  const auto code = co_await transfers_.run(handle.get(), deadline_in(connect_limit), deadline);
  co_return judge(talk.end(code));
}

}  // namespace frontdesk::outbound
