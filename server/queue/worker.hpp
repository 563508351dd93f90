#pragma once

#include "core/seal.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "queue/sender.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/steady_timer.hpp>

namespace frontdesk::queue {

struct WorkerOptions {
  std::chrono::milliseconds idle_pause{500};       ///< between looks at an empty outbox
  std::chrono::milliseconds send_timeout{10'000};  ///< R72
  std::int64_t batch_size = 20;                    ///< messages claimed at once
  bool keep_bodies = false;  ///< development: the inbox shows them for a day (R71)
  /// What other features want done once an hour. May throw: the worker goes on.
  std::function<Task<void>()> house_keeping = {};
  /// One line of trouble for the operator: never a recipient or a body.
  std::function<void(std::string_view line)> log = {};
};

/// Delivers the outbox (R71). Several workers, in one process or in many, share the work. Messages
/// of a channel without a sender wait. Lives on the thread of its pool.
class Worker {
 public:
  /// `pool` and `key` must outlive the worker.
  Worker(asio::io_context& context, db::Pool& pool, const DataKey& key,
         std::vector<std::unique_ptr<Sender>> senders, WorkerOptions options);

  /// Runs until stop(): claims what is due, sends it, looks after old rows once an hour. A database
  /// that is away is waited for. Never throws.
  Task<void> run();

  /// Lets run() return after the message in hand.
  void stop();

  /// Claims and sends one batch; how many messages it held. Throws what db throws. For tests.
  Task<std::size_t> deliver_batch();

 private:
  struct Channel {
    std::unique_ptr<Sender> sender;
    bool failing = false;
  };

  Task<void> deliver(const Uuid& id, std::string channel, std::vector<std::uint8_t> sealed);
  Task<void> record(const Uuid& id, Channel& channel, const Delivery& delivery);
  Task<void> keep_house();
  Task<void> pause(std::chrono::milliseconds duration);
  Channel& channel_named(std::string_view name);
  void log(std::string_view line) const;

  db::Pool& pool_;
  const DataKey& key_;
  std::vector<Channel> channels_;
  WorkerOptions options_;
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>, Executor>
      timer_;
  std::chrono::steady_clock::time_point next_house_keeping_;
  bool stopping_ = false;
};

}  // namespace frontdesk::queue
