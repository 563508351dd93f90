#include "outbound/web_push_client.hpp"

#include "outbound/retry_after.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::outbound {
namespace {

using std::chrono::steady_clock;
using Outcome = Verdict::Outcome;

constexpr std::chrono::seconds call_limit{5};         // R34
constexpr std::size_t most_hosts = 100;               // endpoints come from strangers
constexpr std::size_t most_answer_bytes = 64 * 1024;  // nobody reads it

Verdict judge(const HttpAnswer& answer, const std::string& origin) {
  auto reason = fmt::format("{} answered {}", origin, answer.status);
  switch (answer.status) {
    case 404:
    case 410:
      return {Outcome::gone, std::move(reason)};
    case 400:
    case 413:
      return {Outcome::refused, std::move(reason)};
    default:
      break;
  }
  if (answer.status >= 200 && answer.status < 300) return {Outcome::accepted};
  return {Outcome::refused_for_now, std::move(reason), retry_after_of(answer)};
}

HttpRequest to_http(WebPushRequest request, std::string authorization) {
  return {.method = "POST",
          .url = std::move(request.url),
          .headers = {{"Content-Type", "application/octet-stream"},
                      {"Content-Encoding", "aes128gcm"},
                      {"TTL", std::to_string(request.ttl.count())},
                      {"Urgency", request.is_urgent ? "high" : "normal"},
                      {"Topic", std::move(request.topic)},
                      {"Authorization", std::move(authorization)}},
          .body = std::move(request.body),
          .most_bytes = most_answer_bytes};
}

}  // namespace

WebPushClient::WebPushClient(asio::io_context& context, std::string ca_file, Vapid vapid)
    : context_(context),
      ca_file_(std::move(ca_file)),
      vapid_(std::move(vapid)),
      public_transfers_(context, Reach()),
      listed_transfers_(context) {}

WebPushClient::Host& WebPushClient::host_of(const WebPushRequest& request) {
  const auto found = hosts_.find(request.origin);
  if (found != hosts_.end()) return found->second;
  if (hosts_.size() >= most_hosts) {
    // Calls of it that are under way keep its client.
    hosts_.erase(
        std::ranges::min_element(hosts_, {}, [](const auto& entry) { return entry.second.used; }));
  }
  auto& transfers = request.is_listed_address ? listed_transfers_ : public_transfers_;
  return hosts_
      .emplace(request.origin,
               Host{.client = std::make_shared<HttpClient>(context_, transfers, ca_file_)})
      .first->second;
}

void WebPushClient::note_state() {
  auto worst = Circuit::State::closed;
  for (const auto& [origin, host] : hosts_) worst = std::max(worst, host.client->service().state());
  state_->store(worst);
}

Task<Verdict> WebPushClient::send(WebPushRequest request, Deadline deadline) {
  const auto now = steady_clock::now();
  const auto origin = request.origin;
  auto& host = host_of(request);
  host.used = now;
  if (now < host.quiet_until) {
    co_return Verdict{Outcome::refused_for_now, fmt::format("{} asked to wait", origin),
                      std::chrono::ceil<std::chrono::seconds>(host.quiet_until - now)};
  }
  const auto client = host.client;
  auto authorization = vapid_.authorization(origin, std::chrono::system_clock::now());
  auto http_request = to_http(std::move(request), std::move(authorization));
  const auto answer = co_await client->perform(std::move(http_request),
                                               std::min(deadline, deadline_in(call_limit)));
  note_state();
  if (!answer) {
    co_return Verdict{
        answer.error().may_have_arrived ? Outcome::unanswered : Outcome::refused_for_now,
        fmt::format("{}: {}", origin, answer.error().reason)};
  }
  auto verdict = judge(*answer, origin);
  const auto again = hosts_.find(origin);  // others may have taken its place meanwhile
  if (verdict.retry_after && again != hosts_.end()) {
    again->second.quiet_until = steady_clock::now() + *verdict.retry_after;
  }
  co_return verdict;
}

}  // namespace frontdesk::outbound
