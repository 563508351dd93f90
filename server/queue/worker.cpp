#include "queue/worker.hpp"

#include "queue/sealed_message.hpp"
#include "queue/statements.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>

namespace frontdesk::queue {
namespace {

using std::chrono::steady_clock;
using std::chrono_literals::operator""ms;

constexpr std::chrono::seconds statement_limit{10};
constexpr std::chrono::milliseconds pause_after_fault{2'000};
constexpr std::chrono::seconds measure_interval{10};
constexpr std::chrono::milliseconds end_poll{10};
// The bell is rung before the commit: one look soon, and some more for a commit that takes its
// time.
constexpr std::array quick_pauses{5ms, 20ms, 80ms, 250ms};

}  // namespace

Worker::Worker(asio::io_context& context, db::Pool& pool, const DataKey& key,
               std::vector<std::unique_ptr<Sender>> senders, WorkerOptions options)
    : context_(context),
      pool_(pool),
      key_(key),
      options_(std::move(options)),
      meter_(options_.metrics),
      recorder_(
          context, pool,
          [this](std::string_view name, std::size_t count) {
            for (auto& channel : channels_) {
              if (channel->sender->channel() == name) channel->in_hand -= count;
            }
            wake_.notify();
            ended_.notify();
          },
          [this](std::string_view line) { log(line); }),
      house_keeper_(
          context, pool, options_.house_keeping, [this](std::string_view line) { log(line); },
          [this] { ended_.notify(); }),
      wake_(context),
      ended_(context),
      self_(std::make_shared<Worker*>(this)),
      quick_looks_(quick_pauses.size()) {
  for (auto& sender : senders) {
    channels_.push_back(std::make_unique<Channel>());
    channels_.back()->sender = std::move(sender);
  }
  if (options_.bell == nullptr) return;
  options_.bell->listen([self = self_, &context] {
    asio::post(context, [self] {
      if (*self == nullptr) return;
      (*self)->rung_ = true;
      (*self)->wake_.notify();
    });
  });
}

Worker::~Worker() {
  if (options_.bell != nullptr) options_.bell->listen({});
  *self_ = nullptr;
}

Task<void> Worker::run() {
  running_ = true;
  while (!stopping_) {
    std::chrono::milliseconds pause{0};
    try {
      co_await look_after();
      const auto found = co_await look();
      if (!found.more) pause = next_pause();
    } catch (const std::exception& fault) {
      log(fmt::format("the outbox cannot be read: {}", fault.what()));
      pause = pause_after_fault;
    }
    if (!stopping_ && pause.count() > 0) co_await rest(pause);
  }
  while (has_work() || house_keeper_.is_at_work()) {
    co_await ended_.wait(deadline_in(statement_limit));
  }
  running_ = false;
  ended_.notify();
}

void Worker::stop() {
  stopping_ = true;
  house_keeper_.stop();
  for (auto& channel : channels_) begin_sending(*channel);  // which gives back what is ready
  wake_.notify();
}

Task<void> Worker::finish(Deadline deadline) {
  stop();
  while (running_ && steady_clock::now() < deadline) {
    co_await WakeUp(context_).wait(deadline_in(end_poll));
  }
  recorder_.abandon();
}

Task<std::size_t> Worker::deliver_batch() {
  const auto found = co_await look();
  while (has_work()) co_await ended_.wait(deadline_in(statement_limit));
  co_return found.claimed;
}

Task<void> Worker::look_after() {
  if (options_.bell != nullptr && rung_) {
    co_await WakeUp(context_).wait(deadline_in(quick_pauses[0]));
    rung_ = false;
    options_.bell->heard();
    quick_looks_ = 1;
  }
  if (meter_.counts() && steady_clock::now() >= next_measure_) {
    next_measure_ = steady_clock::now() + measure_interval;
    co_await measure();
  }
  co_await house_keeper_.keep_if_due();
}

Task<void> Worker::measure() {
  auto lease = co_await pool_.acquire(deadline_in(statement_limit));
  const auto rows = co_await lease->execute(sql::measure_outbox);
  std::vector<Depth> depths;
  for (const db::Row row : rows) {
    depths.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::int64_t>(2),
                      row.get<double>(3)});
  }
  meter_.show(depths);
}

// A channel that failed is tried with one message; the others would only fail, too.
std::size_t Worker::room_of(const Channel& channel) const {
  const std::size_t capacity = channel.sender->capacity();
  if (capacity == 0) return 0;
  if (channel.failing) return channel.in_hand == 0 ? 1 : 0;
  if (channel.in_hand > options_.batch_size / 2) return 0;  // not one at a time
  return options_.batch_size - channel.in_hand;
}

Task<Worker::Look> Worker::look() {
  Look found;
  for (auto& channel : channels_) {
    const std::size_t room = room_of(*channel);
    if (room == 0 || stopping_) continue;
    const std::size_t claimed = co_await claim(*channel, room);
    found.claimed += claimed;
    found.more = found.more || claimed == room;
    begin_sending(*channel);
  }
  co_return found;
}

Task<std::size_t> Worker::claim(Channel& channel, std::size_t limit) {
  const auto begin_before = steady_clock::now() + options_.begin_within;
  // The lease of the connection ends before anything is sent: none waits for a mail server.
  auto lease = co_await pool_.acquire(deadline_in(statement_limit));
  auto rows = co_await lease->execute(sql::claim_outbox, channel.sender->channel(),
                                      static_cast<std::int64_t>(limit));
  if (rows.empty() && channel.failing && steady_clock::now() >= channel.next_probe) {
    channel.next_probe = steady_clock::now() + options_.probe_interval;
    rows = co_await lease->execute(sql::claim_probe, channel.sender->channel());
  }
  for (const db::Row row : rows) {
    channel.ready.push_back({.id = row.get<Uuid>(0),
                             .number = row.get<std::int32_t>(1),
                             .sealed = row.get<db::Bytes>(2),
                             .event = row.get<std::string>(3),
                             .user = row.get<std::optional<UserId>>(4),
                             .appointment = row.get<std::optional<AppointmentId>>(5),
                             .begin_before = begin_before});
  }
  channel.in_hand += rows.size();
  co_return rows.size();
}

void Worker::begin_sending(Channel& channel) {
  while (!channel.ready.empty()) {
    const std::size_t capacity = stopping_ ? 0 : channel.sender->capacity();
    if (capacity > 0 && channel.sending >= capacity) return;
    Claim claim = std::move(channel.ready.front());
    channel.ready.pop_front();
    if (capacity == 0 || steady_clock::now() >= claim.begin_before) {
      give_back(channel, claim);
      continue;
    }
    ++channel.sending;
    asio::co_spawn(context_, send(channel, std::move(claim)), asio::detached);
  }
}

void Worker::give_back(Channel& channel, const Claim& claim) {
  recorder_.given_back(channel.sender->channel(), claim);
}

Task<void> Worker::send(Channel& channel, Claim claim) {
  Delivery delivery{Delivery::Outcome::never, "sealed under another data key"};
  std::optional<Message> message;
  try {
    message = open_message(key_, claim.id, claim.sealed);
  } catch (const std::exception& fault) {
    delivery.reason = fault.what();
  }
  claim.sealed.clear();
  if (message) {
    message->event = std::move(claim.event);
    message->channel = channel.sender->channel();
    message->user = claim.user;
    message->appointment = claim.appointment;
    try {
      delivery =
          co_await channel.sender->send(claim.id, *message, deadline_in(options_.send_timeout));
    } catch (const std::exception& fault) {
      delivery = {Delivery::Outcome::channel_down, fault.what()};
    }
  }
  --channel.sending;
  note(channel, claim, std::move(delivery));
  begin_sending(channel);
}

void Worker::note(Channel& channel, const Claim& claim, Delivery delivery) {
  const auto name = channel.sender->channel();
  meter_.count(name, delivery.outcome);
  if (delivery.outcome == Delivery::Outcome::delivered) {
    // Whether messages wait for it since before this worker began is not known.
    const bool was_unknown = !std::exchange(channel.has_worked, true);
    if (std::exchange(channel.failing, false) || was_unknown) recorder_.channel_works(name);
    recorder_.delivered(name, claim, channel.sender->keeps_bodies());
    return;
  }
  if (delivery.outcome == Delivery::Outcome::dropped) {
    log(fmt::format("message {} by {} is dropped: {}", claim.id.to_string(), name,
                    delivery.reason));
    recorder_.dropped(name, claim);
    return;
  }
  if (delivery.outcome == Delivery::Outcome::channel_down || delivery.is_channel_in_trouble) {
    channel.failing = true;
    channel.next_probe = steady_clock::now() + options_.probe_interval;
  }
  log(fmt::format("message {} by {} {}: {}", claim.id.to_string(), name,
                  delivery.outcome == Delivery::Outcome::never ? "can never be delivered"
                                                               : "will be tried again",
                  delivery.reason));
  recorder_.failed(name, claim, delivery);
}

Task<void> Worker::rest(std::chrono::milliseconds pause) {
  co_await wake_.wait(deadline_in(pause));
}

std::chrono::milliseconds Worker::next_pause() {
  return quick_looks_ < quick_pauses.size() ? quick_pauses[quick_looks_++] : options_.idle_pause;
}

bool Worker::has_work() const {
  return std::ranges::any_of(channels_, [](const auto& channel) { return channel->in_hand > 0; });
}

void Worker::log(std::string_view line) const {
  if (options_.log) options_.log(line);
}

}  // namespace frontdesk::queue
