#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace frontdesk {

/// RFC 4648 section 4, padded.
std::string base64_encode(std::span<const std::uint8_t> bytes);
std::string base64_encode(std::string_view bytes);

}  // namespace frontdesk
