#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk {

/// RFC 4648 section 5 without padding.
std::string base64url_encode(std::span<const std::uint8_t> bytes);
std::string base64url_encode(std::string_view text);

/// The bytes that `text` stands for. Strict, so that each value has exactly one spelling: padding,
/// line breaks, the alphabet of plain base64, an impossible length and trailing bits that are not
/// zero are all nullopt.
std::optional<std::vector<std::uint8_t>> base64url_decode(std::string_view text);

}  // namespace frontdesk
