#pragma once

#include <string_view>

namespace frontdesk {

/// Whether `text` is an international number (ITU-T E.164): a plus and 7 to 15 digits without a
/// leading zero. Clients format and parse national numbers.
bool is_phone_number(std::string_view text);

}  // namespace frontdesk
