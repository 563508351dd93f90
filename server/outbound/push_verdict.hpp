#pragma once

#include "outbound/http_client.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::outbound {

/// What a push service made of a message.
struct PushVerdict {
  enum class Outcome : std::uint8_t {
    accepted,
    gone,             ///< it does not know the device any more
    refused,          ///< this message, for good
    refused_for_now,  ///< this message or device: try again later
    unavailable,      ///< the service itself, or our credentials: nothing can leave
  };
  Outcome outcome;
  std::string reason = {};  ///< for the operator; holds neither token nor address
  std::optional<std::chrono::seconds> retry_after = {};  ///< what the service asked for
};

/// Reads Retry-After (RFC 9110 10.2.3), seconds or a date, from 0 to an hour. nullopt for anything
/// else.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text,
                                                      std::chrono::system_clock::time_point now);

/// The same of an answer, by the clock of this machine.
std::optional<std::chrono::seconds> retry_after_of(const HttpAnswer& answer);

}  // namespace frontdesk::outbound
