#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace frontdesk::outbound {

/// What became of a message that was handed to a service: a mail server, an SMS gateway, a push
/// service.
struct Verdict {
  enum class Outcome : std::uint8_t {
    accepted,
    gone,             ///< the service does not know the recipient any more
    refused,          ///< this message or recipient, for good
    refused_for_now,  ///< this message or recipient: try again later
    unavailable,      ///< the service, or our login or sender with it: nothing can leave
    unanswered,       ///< it was sent, and no answer came: it may have arrived
  };
  Outcome outcome;
  std::string reason = {};  ///< for the operator; no address, number or token
  std::optional<std::chrono::seconds> retry_after = {};  ///< what the service asked for
  /// Of `unanswered`: that says more of the service than of this message.
  bool is_service_in_trouble = false;
};

}  // namespace frontdesk::outbound
