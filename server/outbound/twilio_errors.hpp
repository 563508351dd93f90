#pragma once

#include <cstdint>
#include <string_view>

namespace frontdesk::outbound {

/// An error of Twilio's that we know (https://www.twilio.com/docs/api/errors).
struct TwilioError {
  /// Whose trouble it is.
  enum class Fault : std::uint8_t {
    recipient,  ///< this number, or this message to it: no further attempt
    load,       ///< too much at a time
    sender,     ///< our number, messaging service or account
  };
  std::int64_t code;
  Fault fault;
  std::string_view meaning;
};

/// nullptr for one that is not in the table.
const TwilioError* find_twilio_error(std::int64_t code);

}  // namespace frontdesk::outbound
