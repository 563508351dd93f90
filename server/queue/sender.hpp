#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "queue/message.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace frontdesk::queue {

/// How an attempt ended.
struct Delivery {
  enum class Outcome : std::uint8_t {
    delivered,
    try_later,     ///< the recipient's side is in trouble
    channel_down,  ///< the channel is: nothing can leave by it, whoever it is for
    /// It was sent and nobody said what became of it: it may have arrived. Tried once more (I8).
    unanswered,
    never,    ///< this recipient cannot be reached: no further attempt
    dropped,  ///< nobody wants it any more: it goes, unless it may have arrived already
  };
  Outcome outcome;
  std::string reason = {};  ///< for the log and the dead letter; holds no personal data
  /// What the other side asked for: no other attempt sooner, but within an hour.
  std::chrono::seconds wait{0};
  /// Of `unanswered`: the channel is in trouble, whoever it is for.
  bool is_channel_in_trouble = false;
};

/// Brings messages of one channel to people: SMTP, an SMS gateway, a push service; or makes
/// messages of events. Lives on the thread of its worker.
class Sender {
 public:
  static constexpr std::size_t most_at_once = 16;  ///< R72

  virtual ~Sender() = default;

  /// The channel it serves: email, sms, event, …
  [[nodiscard]] virtual std::string_view channel() const = 0;

  /// How many calls of send() may be under way just now: none while the channel is known to be
  /// away. At most `most_at_once`, beside those that wait for a turn and ask nobody meanwhile.
  [[nodiscard]] virtual std::size_t capacity() const { return most_at_once; }

  /// Whether bodies stay readable for a day after the delivery (R71): for the development inbox.
  [[nodiscard]] virtual bool keeps_bodies() const { return false; }

  /// Sends once. `message` is as it was enqueued, but for leaves_at. `id` is the same for every
  /// attempt at the same message, so that a second copy can be recognised on the other side. Never
  /// throws for a delivery that failed.
  virtual Task<Delivery> send(const Uuid& id, const Message& message, Deadline deadline) = 0;
};

}  // namespace frontdesk::queue
