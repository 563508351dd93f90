#include "queue/meter.hpp"

namespace frontdesk::queue {
namespace {

const char* name_of(Delivery::Outcome outcome) {
  switch (outcome) {
    case Delivery::Outcome::delivered:
      return "sent";
    case Delivery::Outcome::try_later:
    case Delivery::Outcome::channel_down:
    case Delivery::Outcome::unanswered:
      return "failed";
    case Delivery::Outcome::never:
      return "given_up";
    case Delivery::Outcome::dropped:
      return "dropped";
  }
  return "failed";
}

}  // namespace

void Meter::show(const std::vector<Depth>& depths) {
  if (metrics_ == nullptr) return;
  const auto messages = [this](const std::string& channel,
                               const std::string& status) -> prometheus::Gauge& {
    return metrics_->gauge("outbox_messages", "Messages that wait or have been given up.",
                           {{"channel", channel}, {"status", status}});
  };
  const auto oldest = [this](const std::string& channel) -> prometheus::Gauge& {
    return metrics_->gauge("outbox_oldest_waiting_seconds",
                           "Since the oldest message that waits was due.", {{"channel", channel}});
  };
  for (const auto& [channel, status] : shown_) {
    messages(channel, status).Set(0);
    oldest(channel).Set(0);
  }
  for (const auto& depth : depths) {
    shown_.emplace(depth.channel, depth.status);
    messages(depth.channel, depth.status).Set(static_cast<double>(depth.count));
    if (depth.status == "waiting") oldest(depth.channel).Set(depth.oldest_seconds);
  }
}

void Meter::count(std::string_view channel, Delivery::Outcome outcome) {
  if (metrics_ == nullptr) return;
  metrics_
      ->counter("outbox_attempts_total", "Attempts at messages, by how they ended.",
                {{"channel", std::string(channel)}, {"outcome", name_of(outcome)}})
      .Increment();
}

}  // namespace frontdesk::queue
