#include "webhooks/webhook_sender.hpp"

#include "webhooks/record_attempt.hpp"
#include "webhooks/signature.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::webhooks {
namespace {

using Outcome = queue::Delivery::Outcome;
using Answer = std::expected<outbound::HttpAnswer, outbound::HttpFailure>;
using std::chrono::steady_clock;

constexpr std::chrono::seconds call_limit{5};  // R34
constexpr std::chrono::seconds record_limit{5};
constexpr std::size_t most_lines = 100;
constexpr unsigned gone = 410;
constexpr unsigned too_many_requests = 429;

constexpr outbound::ServiceLimits line_limits{
    .in_flight = WebhookSender::most_per_endpoint,
    .waiting = WebhookSender::most_waiting_per_endpoint,
    .circuit = {.failures = WebhookSender::most_per_endpoint,
                .first_pause = std::chrono::seconds{1},
                .longest_pause = std::chrono::seconds{60}}};

// Circuits are the endpoints' own; this one never opens.
constexpr outbound::ServiceLimits all_limits{
    .in_flight = queue::Sender::most_at_once,
    .waiting = 256,
    .circuit = {.failures = std::numeric_limits<std::size_t>::max()}};

// One more, for as long as it lives.
class Count {
 public:
  explicit Count(std::shared_ptr<std::size_t> count) : count_(std::move(count)) { ++*count_; }
  Count(const Count&) = delete;
  Count& operator=(const Count&) = delete;
  ~Count() { --*count_; }

 private:
  std::shared_ptr<std::size_t> count_;
};

bool is_success(unsigned status) {
  return status >= 200 && status < 300;
}

// The endpoint, or the way to it, is in trouble; other answers come from one that works.
bool is_trouble(const Answer& answer) {
  return !answer || answer->status >= 500 || answer->status == too_many_requests;
}

// What went wrong, and never what the endpoint said.
std::optional<std::string> error_of(const Answer& answer) {
  if (!answer) return answer.error().reason;
  if (is_success(answer->status)) return std::nullopt;
  return fmt::format("answered {}", answer->status);
}

}  // namespace

WebhookSender::WebhookSender(asio::io_context& context, db::Pool& pool, const DataKey& key,
                             const queue::Outbox& outbox, SenderOptions options)
    : context_(context),
      pool_(pool),
      key_(key),
      outbox_(outbox),
      options_(std::move(options)),
      transfers_(context, options_.reach),
      client_(context, transfers_, options_.ca_file, all_limits),
      open_circuits_(std::make_shared<std::atomic<std::size_t>>(0)) {}

Task<queue::Delivery> WebhookSender::send(const Uuid& id, const queue::Message& message,
                                          Deadline deadline) {
  const auto endpoint = EndpointId::parse(message.to);
  if (!endpoint) co_return queue::Delivery{Outcome::never, "it is for no webhook"};
  const Call call{id, message, *endpoint};
  auto permit = co_await wait_for_place(line_of(*endpoint), deadline);
  if (!permit) {
    co_return queue::Delivery{Outcome::try_later,
                              "not called: it failed a moment ago, or many calls wait for it"};
  }
  try {
    const auto target = co_await target_of(*endpoint, deadline);
    if (!target) {
      co_return queue::Delivery{Outcome::never, "the webhook is switched off or has gone"};
    }
    auto request = request_for(call, *target);
    if (!request) {
      co_return queue::Delivery{Outcome::try_later, "its secret is under another data key"};
    }
    co_return co_await perform(call, std::move(*request), *permit, deadline);
  } catch (const Fault& fault) {
    co_return queue::Delivery{Outcome::try_later, fault.what()};
  }
}

outbound::Service WebhookSender::line_of(EndpointId endpoint) {
  // There are 20 endpoints at a time: the others have been deleted.
  if (lines_.size() > most_lines) lines_.clear();
  return lines_.try_emplace(endpoint, context_, line_limits).first->second;
}

Task<std::optional<outbound::Service::Permit>> WebhookSender::wait_for_place(outbound::Service line,
                                                                             Deadline deadline) {
  const Count waiting(waiting_);
  co_return co_await line.acquire(deadline);
}

Task<std::optional<store::Target>> WebhookSender::target_of(EndpointId endpoint,
                                                            Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::target(*lease, endpoint);
}

std::optional<outbound::HttpRequest> WebhookSender::request_for(const Call& call,
                                                                const store::Target& target) const {
  const auto secret = key_.open(target.secret, call.endpoint);
  if (!secret) return std::nullopt;
  const auto id = call.id.to_string();
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  auto signatures = sign(*secret, id, now, call.message.text);
  if (target.former_secret) {
    const auto former = key_.open(*target.former_secret, call.endpoint);
    if (former) signatures += " " + sign(*former, id, now, call.message.text);
  }
  return outbound::HttpRequest{.method = "POST",
                               .url = target.url,
                               .headers = {{"Content-Type", "application/json"},
                                           {"User-Agent", "Frontdesk-Webhooks/1"},
                                           {"webhook-id", id},
                                           {"webhook-timestamp", std::to_string(now)},
                                           {"webhook-signature", std::move(signatures)}},
                               .body = call.message.text};
}

Task<queue::Delivery> WebhookSender::perform(Call call, outbound::HttpRequest request,
                                             outbound::Service::Permit& permit, Deadline deadline) {
  const auto start = steady_clock::now();
  const auto answer =
      co_await client_.perform(std::move(request), std::min(deadline, start + call_limit));
  if (!answer && answer.error().kind == outbound::HttpFailure::Kind::not_tried) {
    co_return queue::Delivery{Outcome::try_later, "not called: too many calls are under way"};
  }
  if (is_trouble(answer)) {
    permit.failed();
  } else {
    permit.succeeded();
  }
  note_circuits();
  const bool is_gone = answer && answer->status == gone;
  auto error = error_of(answer);
  store::Attempt attempt{
      .message = call.id,
      .endpoint = call.endpoint,
      .event = call.message.event,
      .appointment = call.message.appointment,
      .sealed = key_.seal(call.message.text, call.id),
      .status_code =
          answer ? std::optional(static_cast<std::int32_t>(answer->status)) : std::nullopt,
      .duration =
          std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start),
      .error = error};
  co_await record(call, std::move(attempt), is_gone);
  if (!error) co_return queue::Delivery{Outcome::delivered};
  co_return queue::Delivery{is_gone ? Outcome::never : Outcome::try_later, std::move(*error)};
}

// What cannot be recorded changes nothing about what was delivered.
Task<void> WebhookSender::record(Call call, store::Attempt attempt, bool is_gone) {
  const Consequences consequences{.is_gone = is_gone,
                                  .days_until_disabled = days_until_disabled,
                                  .site_link = options_.site_link};
  try {
    co_await record_attempt(pool_, outbox_, attempt, consequences, deadline_in(record_limit));
  } catch (const Fault& fault) {
    if (options_.log) {
      options_.log(fmt::format("the call of webhook {} cannot be recorded: {}",
                               call.endpoint.to_string(), fault.what()));
    }
  }
}

void WebhookSender::note_circuits() {
  const auto open = std::ranges::count_if(
      lines_, [](const auto& line) { return line.second.state() != Circuit::State::closed; });
  open_circuits_->store(static_cast<std::size_t>(open));
}

}  // namespace frontdesk::webhooks
