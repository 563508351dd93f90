#include "outbound/smtp_client.hpp"

#include "outbound/smtp_line.hpp"

#include <algorithm>
#include <utility>

namespace frontdesk::outbound {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds connect_limit{2};  // R72
constexpr std::chrono::seconds kept_for{30};
constexpr std::size_t most_kept = 16;
constexpr unsigned service_closes = 421;  // RFC 5321 4.2.2

void settle(Service::Permit& permit, const SmtpEnd& end) {
  if (is_serving(end)) {
    permit.succeeded();
  } else {
    permit.failed();
  }
}

}  // namespace

struct SmtpClient::Kept {
  std::unique_ptr<SmtpLine> line;
  steady_clock::time_point since;
};

SmtpClient::SmtpClient(asio::io_context& context, SmtpServer server, ServiceLimits limits)
    : context_(context),
      server_(std::move(server)),
      tls_(asio::ssl::context::tls_client),
      service_(context, limits) {
  tls_.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  tls_.set_default_verify_paths();
  if (!server_.ca_file.empty()) tls_.load_verify_file(server_.ca_file);
}

SmtpClient::~SmtpClient() = default;

std::unique_ptr<SmtpLine> SmtpClient::take_kept() {
  const auto now = steady_clock::now();
  std::erase_if(kept_, [&](const Kept& kept) { return now - kept.since > kept_for; });
  while (!kept_.empty()) {
    auto line = std::move(kept_.back().line);
    kept_.pop_back();
    if (line->is_usable()) return line;
  }
  return nullptr;
}

void SmtpClient::keep(std::unique_ptr<SmtpLine> line) {
  if (kept_.size() < most_kept && line->is_usable()) {
    kept_.push_back({std::move(line), steady_clock::now()});
  }
}

Task<Verdict> SmtpClient::send(const std::string& from, const std::string& to,
                               const std::string& mail, Deadline deadline) {
  auto permit = co_await service_.acquire(deadline);
  if (!permit) {
    co_return Verdict{Verdict::Outcome::unavailable,
                      "not tried: the mail server failed a moment ago"};
  }
  SmtpEnd end;
  auto line = take_kept();
  if (line) {
    end = co_await line->send(from, to, mail, deadline);
    // The server had hung up, or does so after so many mails: nothing of this one has been said.
    const bool is_goodbye = end.reply == 0 || end.reply == service_closes;
    if (!end.is_accepted && is_goodbye && end.stage == SmtpStage::sender) line.reset();
  }
  if (!line) {
    line = std::make_unique<SmtpLine>(context_, server_, tls_);
    end = co_await line->open(deadline_in(connect_limit), deadline);
    if (end.is_accepted) end = co_await line->send(from, to, mail, deadline);
  }
  settle(*permit, end);
  keep(std::move(line));
  co_return judge(end);
}

Task<Verdict> SmtpClient::check(Deadline deadline) {
  SmtpLine line(context_, server_, tls_);
  co_return judge(co_await line.open(deadline_in(connect_limit), deadline));
}

}  // namespace frontdesk::outbound
