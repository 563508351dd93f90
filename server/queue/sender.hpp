#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "queue/message.hpp"

#include <string>
#include <string_view>

namespace frontdesk::queue {

/// How an attempt ended.
struct Delivery {
  enum class Outcome {
    delivered,
    try_later,  ///< the channel or the recipient's side is in trouble
    never,      ///< this recipient cannot be reached: no further attempt
  };
  Outcome outcome;
  std::string reason = {};  ///< for the log and the dead letter; holds no personal data
};

/// Brings messages of one channel to people: SMTP, an SMS gateway, a push service.
class Sender {
 public:
  virtual ~Sender() = default;

  /// The channel it serves: email, sms or push.
  [[nodiscard]] virtual std::string_view channel() const = 0;

  /// Sends once. `id` is the same for every attempt at the same message, so that a second copy can
  /// be recognised on the other side. Never throws for a delivery that failed.
  virtual Task<Delivery> send(const Uuid& id, const Message& message, Deadline deadline) = 0;
};

}  // namespace frontdesk::queue
