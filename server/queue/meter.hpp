#pragma once

#include "observe/metrics.hpp"
#include "queue/sender.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk::queue {

/// How many messages of a channel are in a state, by the database.
struct Depth {
  std::string channel;
  std::string status;  ///< waiting or dead
  std::int64_t count = 0;
  double oldest_seconds = 0;  ///< since the oldest of them was due; 0 for what is not waiting
};

/// Says in the metrics how the outbox is: `frontdesk_outbox_messages{channel,status}` and
/// `frontdesk_outbox_oldest_waiting_seconds{channel}`, of the whole database, whichever worker
/// looks; `frontdesk_outbox_attempts_total{channel,outcome}`, of this process.
class Meter {
 public:
  /// Without `metrics` it counts nothing.
  explicit Meter(observe::Metrics* metrics) : metrics_(metrics) {}

  /// All that there is: what is not among `depths` is none.
  void show(const std::vector<Depth>& depths);
  void count(std::string_view channel, Delivery::Outcome outcome);

  [[nodiscard]] bool counts() const { return metrics_ != nullptr; }

 private:
  observe::Metrics* metrics_;
  std::set<std::pair<std::string, std::string>> shown_;
};

}  // namespace frontdesk::queue
