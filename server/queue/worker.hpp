#pragma once

#include "core/seal.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "queue/bell.hpp"
#include "queue/claim.hpp"
#include "queue/house_keeper.hpp"
#include "queue/meter.hpp"
#include "queue/recorder.hpp"
#include "queue/sender.hpp"
#include "queue/wake_up.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::queue {

struct WorkerOptions {
  std::chrono::milliseconds idle_pause{500};       ///< between looks at an empty outbox
  std::chrono::milliseconds send_timeout{10'000};  ///< R72
  std::size_t batch_size = 100;                    ///< messages in hand at once, of each channel
  /// From the claim on: what has not been begun by then is given back. With send_timeout less than
  /// the lease of 60 s, so that nobody else has the message while it is being sent.
  std::chrono::milliseconds begin_within{45'000};
  std::chrono::milliseconds probe_interval{30'000};  ///< for a channel that is away
  observe::Metrics* metrics = nullptr;
  Bell* bell = nullptr;  ///< rung by this process's outboxes
  /// What other features want done once an hour, beside the messages. May throw: the worker goes
  /// on.
  std::function<Task<void>()> house_keeping = {};
  /// One line of trouble for the operator: never a recipient or a body.
  std::function<void(std::string_view line)> log = {};
};

/// Delivers the outbox (R71). Several workers, in one process or in many, share the work. Messages
/// of a channel without a sender wait; what nobody has sent within 72 hours of the moment at which
/// it was to leave is given up within the hour. Up to Sender::capacity() are sent at a time,
/// outside of any transaction; how they ended is written down in batches. Lives on the thread of
/// its pool.
class Worker {
 public:
  /// `context`, `pool` and `key` must outlive the worker, and what the options name.
  Worker(asio::io_context& context, db::Pool& pool, const DataKey& key,
         std::vector<std::unique_ptr<Sender>> senders, WorkerOptions options);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();

  /// Runs until stop(): claims what is due, sends it, looks after old rows once an hour, which
  /// holds up no message. A database that is away is waited for. Returns when everything in hand
  /// has ended and has been written down, and house-keeping has ended. Never throws.
  Task<void> run();

  /// Claims no more, and gives back what has not been begun.
  void stop();

  /// stop(), and waits until run() has ended or `deadline` has come: what is then still in hand is
  /// sent again by others.
  Task<void> finish(Deadline deadline);

  /// Claims once and waits until all of it has ended and has been written down; how many messages
  /// that was. Throws what db throws. For tests.
  Task<std::size_t> deliver_batch();

 private:
  struct Channel {
    std::unique_ptr<Sender> sender;
    std::deque<Claim> ready = {};
    std::size_t in_hand = 0;  ///< claimed, and how it ended not yet written down
    std::size_t sending = 0;
    bool failing = false;
    bool has_worked = false;  ///< since this worker began
    std::chrono::steady_clock::time_point next_probe = {};
  };
  struct Look {
    std::size_t claimed = 0;
    bool more = false;  ///< there may be some that the limit left
  };

  Task<void> look_after();
  Task<void> measure();
  Task<Look> look();
  Task<std::size_t> claim(Channel& channel, std::size_t limit);
  [[nodiscard]] std::size_t room_of(const Channel& channel) const;
  void begin_sending(Channel& channel);
  void give_back(Channel& channel, const Claim& claim);
  Task<void> send(Channel& channel, Claim claim);
  void note(Channel& channel, const Claim& claim, Delivery delivery);
  Task<void> rest(std::chrono::milliseconds pause);
  [[nodiscard]] std::chrono::milliseconds next_pause();
  [[nodiscard]] bool has_work() const;
  void log(std::string_view line) const;

  asio::io_context& context_;
  db::Pool& pool_;
  const DataKey& key_;
  WorkerOptions options_;
  std::vector<std::unique_ptr<Channel>> channels_;
  Meter meter_;
  Recorder recorder_;
  HouseKeeper house_keeper_;
  WakeUp wake_;
  WakeUp ended_;
  std::shared_ptr<Worker*> self_;  ///< what the bell posts; cleared by the destructor
  std::chrono::steady_clock::time_point next_measure_;
  std::size_t quick_looks_ = 0;
  bool rung_ = false;
  bool running_ = false;
  bool stopping_ = false;
};

}  // namespace frontdesk::queue
