#include "queue/recorder.hpp"

#include "db/batch.hpp"
#include "queue/statements.hpp"
#include "queue/wake_up.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fmt/format.h>

namespace frontdesk::queue {
namespace {

constexpr std::chrono::seconds write_limit{10};
constexpr std::chrono::seconds pause_after_fault{1};
constexpr std::size_t longest_reason = 500;
constexpr std::chrono::seconds no_wait{0};
constexpr std::chrono::seconds longest_wait{3600};

std::string name_of(Delivery::Outcome outcome) {
  switch (outcome) {
    case Delivery::Outcome::never:
      return "never";
    case Delivery::Outcome::channel_down:
      return "channel";
    case Delivery::Outcome::unanswered:
      return "unanswered";
    case Delivery::Outcome::delivered:
    case Delivery::Outcome::dropped:
    case Delivery::Outcome::try_later:
      break;
  }
  return "later";
}

// Other programs' words: text that PostgreSQL takes, whatever bytes they sent.
std::string storable(std::string_view reason) {
  std::string text(reason.substr(0, longest_reason));
  std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

}  // namespace

Recorder::Recorder(asio::io_context& context, db::Pool& pool,
                   std::function<void(std::string_view, std::size_t)> done,
                   std::function<void(std::string_view)> log)
    : context_(context), pool_(pool), done_(std::move(done)), log_(std::move(log)) {}

void Recorder::Rows::add(const Claim& claim) {
  ids.push_back(claim.id);
  claims.push_back(claim.number);
}

void Recorder::delivered(std::string_view channel, const Claim& claim, bool keep_body) {
  (keep_body ? results_.kept : results_.wiped).add(claim);
  results_.channels.emplace_back(channel);
  start();
}

void Recorder::failed(std::string_view channel, const Claim& claim, const Delivery& delivery) {
  results_.unsent.add(claim);
  results_.outcomes.push_back(name_of(delivery.outcome));
  results_.reasons.push_back(storable(delivery.reason));
  results_.waits.push_back(
      static_cast<double>(std::clamp(delivery.wait, no_wait, longest_wait).count()));
  results_.channels.emplace_back(channel);
  start();
}

void Recorder::dropped(std::string_view channel, const Claim& claim) {
  results_.unwanted.add(claim);
  results_.channels.emplace_back(channel);
  start();
}

void Recorder::given_back(std::string_view channel, const Claim& claim) {
  results_.returned.add(claim);
  results_.channels.emplace_back(channel);
  start();
}

void Recorder::channel_works(std::string_view channel) {
  results_.working.emplace_back(channel);
  start();
}

void Recorder::start() {
  if (writing_) return;
  writing_ = true;
  asio::co_spawn(context_, write_all(), asio::detached);
}

Task<void> Recorder::write_all() {
  while (!results_.channels.empty() || !results_.working.empty()) {
    const Results results = std::exchange(results_, {});
    co_await write_until_it_works(results);
    for (const auto& channel : results.channels) done_(channel, 1);
  }
  writing_ = false;
}

Task<void> Recorder::write_until_it_works(const Results& results) {
  WakeUp pause(context_);
  while (true) {
    try {
      co_await write(results);
      co_return;
    } catch (const std::exception& fault) {
      log_(fmt::format("what was sent cannot be written down: {}", fault.what()));
    }
    if (abandoned_) co_return;
    co_await pause.wait(deadline_in(pause_after_fault));
  }
}

Task<void> Recorder::write(const Results& results) {
  db::Batch batch;
  const auto add_delivered = [&batch](const Rows& rows, bool keep) {
    if (!rows.ids.empty()) batch.add(sql::record_delivered, rows.ids, rows.claims, keep);
  };
  add_delivered(results.wiped, false);
  add_delivered(results.kept, true);
  if (!results.unsent.ids.empty()) {
    batch.add(sql::record_failed, results.unsent.ids, results.unsent.claims, results.outcomes,
              results.reasons, results.waits);
  }
  if (!results.unwanted.ids.empty()) {
    batch.add(sql::drop_outbox, results.unwanted.ids, results.unwanted.claims);
  }
  if (!results.returned.ids.empty()) {
    batch.add(sql::release_outbox, results.returned.ids, results.returned.claims);
  }
  for (const auto& channel : results.working) batch.add(sql::make_waiting_due, channel);
  auto lease = co_await pool_.acquire(deadline_in(write_limit));
  co_await lease->execute_batch(std::move(batch));
}

}  // namespace frontdesk::queue
