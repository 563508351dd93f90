#pragma once

#include <cstdint>
#include <string_view>

namespace frontdesk::notifications {

/// How many decimal places ISO 4217 gives the minor unit of a currency: 2 for EUR, 0 for JPY, 3 for
/// KWD; 2 for what is none. CLDR's own figures are of cash that is in use, and differ.
std::int32_t minor_digits(std::string_view currency);

/// Whether `currency` has the shape of an ISO 4217 code: three upper-case letters.
bool is_currency_code(std::string_view currency);

}  // namespace frontdesk::notifications
