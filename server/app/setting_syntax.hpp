#pragma once

#include "app/config.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How single settings are written. Each returns nullopt for anything that is not exactly so.
namespace frontdesk::app {

/// A whole number between the bounds, decimal digits only.
std::optional<unsigned> parse_count(std::string_view text, unsigned min, unsigned max);

/// `on` or `off`.
std::optional<bool> parse_switch(std::string_view text);

/// Text that goes into a header or an object's name: UTF-8 without control characters, one byte at
/// least.
std::optional<std::string> parse_plain_text(std::string_view text, std::size_t max_bytes);

/// `90s`, `15m`, `12h`, `7d`; at least one second, at most 3650 days.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);
std::string format_duration(std::chrono::seconds duration);

/// `100/15m`
std::optional<Allowance> parse_allowance(std::string_view text);

/// `127.0.0.1:8080`, `[::1]:8080`, `:8080` is refused: say which address.
std::optional<Endpoint> parse_endpoint(std::string_view text);

/// An http or https origin without path, query or user info: `https://book.example.org`.
bool is_origin(std::string_view text);
/// The same as it was written.
std::optional<std::string> parse_origin(std::string_view text);

/// Pairs of hexadecimal digits, as `openssl rand -hex 32` prints them.
std::optional<std::vector<std::uint8_t>> parse_hex(std::string_view text);
std::string format_hex(const std::vector<std::uint8_t>& bytes);

/// The parts between commas, trimmed; an empty text has none.
std::vector<std::string> split_list(std::string_view text);

}  // namespace frontdesk::app
