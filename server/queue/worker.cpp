#include "queue/worker.hpp"

#include "core/ensure.hpp"
#include "db/codec.hpp"
#include "queue/sealed_message.hpp"
#include "queue/statements.hpp"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace frontdesk::queue {
namespace {

constexpr std::chrono::seconds statement_limit{10};
constexpr std::chrono::milliseconds pause_after_fault{2'000};
constexpr std::chrono::hours house_keeping_interval{1};
constexpr std::size_t longest_reason = 500;

}  // namespace

Worker::Worker(asio::io_context& context, db::Pool& pool, const DataKey& key,
               std::vector<std::unique_ptr<Sender>> senders, WorkerOptions options)
    : pool_(pool), key_(key), options_(std::move(options)), timer_(context.get_executor()) {
  for (auto& sender : senders) channels_.push_back({std::move(sender)});
}

Task<void> Worker::run() {
  while (!stopping_ && !channels_.empty()) {
    std::chrono::milliseconds rest{0};
    try {
      if (std::chrono::steady_clock::now() >= next_house_keeping_) co_await keep_house();
      if (co_await deliver_batch() == 0) rest = options_.idle_pause;
    } catch (const std::exception& fault) {
      log(fmt::format("the outbox cannot be read: {}", fault.what()));
      rest = pause_after_fault;
    }
    if (rest.count() > 0 && !stopping_) co_await pause(rest);
  }
}

void Worker::stop() {
  stopping_ = true;
  timer_.cancel();
}

Task<std::size_t> Worker::deliver_batch() {
  std::vector<std::string> names;
  for (const auto& channel : channels_) names.emplace_back(channel.sender->channel());
  db::Rows rows;
  {
    // The lease ends before anything is sent: no connection waits for a mail server.
    auto lease = co_await pool_.acquire(deadline_in(statement_limit));
    rows = co_await lease->execute(sql::claim_outbox, names, options_.batch_size);
  }
  for (const db::Row row : rows) {
    co_await deliver(row.get<Uuid>(0), row.get<std::string>(2), row.get<db::Bytes>(5));
    if (stopping_) break;  // the rest are claimed again when their lease ends
  }
  co_return rows.size();
}

Task<void> Worker::deliver(const Uuid& id, std::string channel_name,
                           std::vector<std::uint8_t> sealed) {
  Channel& channel = channel_named(channel_name);
  const auto message = open_message(key_, id, sealed);
  if (!message) {
    co_await record(id, channel, {Delivery::Outcome::never, "sealed under another data key"});
    co_return;
  }
  const auto delivery =
      co_await channel.sender->send(id, *message, deadline_in(options_.send_timeout));
  co_await record(id, channel, delivery);
}

Task<void> Worker::record(const Uuid& id, Channel& channel, const Delivery& delivery) {
  auto lease = co_await pool_.acquire(deadline_in(statement_limit));
  if (delivery.outcome == Delivery::Outcome::delivered) {
    co_await lease->execute(sql::mark_delivered, id, options_.keep_bodies);
    if (channel.failing) {
      channel.failing = false;
      co_await lease->execute(sql::make_waiting_due, std::string(channel.sender->channel()));
    }
    co_return;
  }
  const bool never = delivery.outcome == Delivery::Outcome::never;
  if (!never) channel.failing = true;
  log(fmt::format("message {} by {} {}: {}", id.to_string(), channel.sender->channel(),
                  never ? "can never be delivered" : "will be tried again", delivery.reason));
  co_await lease->execute(sql::mark_failed, id, delivery.reason.substr(0, longest_reason), never);
}

Task<void> Worker::keep_house() {
  next_house_keeping_ = std::chrono::steady_clock::now() + house_keeping_interval;
  {
    auto lease = co_await pool_.acquire(deadline_in(statement_limit));
    co_await lease->execute(sql::wipe_delivered);
    co_await lease->execute(sql::delete_old_outbox);
  }
  if (options_.house_keeping) co_await options_.house_keeping();
}

Task<void> Worker::pause(std::chrono::milliseconds duration) {
  timer_.expires_after(duration);
  co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable_t<Executor>()));
}

Worker::Channel& Worker::channel_named(std::string_view name) {
  const auto found = std::ranges::find_if(
      channels_, [&](const Channel& channel) { return channel.sender->channel() == name; });
  ENSURE(found != channels_.end());
  return *found;
}

void Worker::log(std::string_view line) const {
  if (options_.log) options_.log(line);
}

}  // namespace frontdesk::queue
