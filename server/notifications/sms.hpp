#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace frontdesk::notifications {

/// How an SMS is charged: by segments of one alphabet (3GPP TS 23.038, 23.040).
struct SmsSize {
  bool gsm7;             ///< every character is in the GSM 7-bit default alphabet or its extension
  std::size_t units;     ///< septets, or 16-bit units where gsm7 is false
  std::size_t segments;  ///< 160 septets or 70 units in one; 153 or 67 each in several
};

/// What well-formed `text` takes. A character that takes two units is never split.
SmsSize measure_sms(std::string_view text);

/// `text` with typographic characters (curly quotes, dashes, `…`, no-break spaces) in their plain
/// form, if then all of it is in the GSM alphabet, which holds more than twice as much; else as it
/// is.
std::string economical_sms(std::string text);

}  // namespace frontdesk::notifications
