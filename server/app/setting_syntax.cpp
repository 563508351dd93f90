#include "app/setting_syntax.hpp"

#include "core/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>

namespace frontdesk::app {
namespace {

constexpr auto longest_duration = std::chrono::days{3650};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

}  // namespace

std::optional<unsigned> parse_count(std::string_view text, unsigned min, unsigned max) {
  unsigned value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || text.empty())
    return std::nullopt;
  if (value < min || value > max) return std::nullopt;
  return value;
}

std::optional<bool> parse_switch(std::string_view text) {
  if (text == "on") return true;
  if (text == "off") return false;
  return std::nullopt;
}

std::optional<std::string> parse_plain_text(std::string_view text, std::size_t max_bytes) {
  const bool plain =
      !text.empty() && text.size() <= max_bytes && is_utf8(text) &&
      std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  return plain ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto count = parse_count(text.substr(0, text.size() - 1), 1, 400'000'000);
  if (!count) return std::nullopt;
  std::chrono::seconds unit{};
  switch (text.back()) {
    case 's':
      unit = std::chrono::seconds{1};
      break;
    case 'm':
      unit = std::chrono::minutes{1};
      break;
    case 'h':
      unit = std::chrono::hours{1};
      break;
    case 'd':
      unit = std::chrono::days{1};
      break;
    default:
      return std::nullopt;
  }
  const auto duration = unit * std::int64_t{*count};
  if (duration > longest_duration) return std::nullopt;
  return duration;
}

std::string format_duration(std::chrono::seconds duration) {
  const auto seconds = duration.count();
  if (seconds % 86400 == 0) return std::to_string(seconds / 86400) + "d";
  if (seconds % 3600 == 0) return std::to_string(seconds / 3600) + "h";
  if (seconds % 60 == 0) return std::to_string(seconds / 60) + "m";
  return std::to_string(seconds) + "s";
}

std::optional<Allowance> parse_allowance(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto count = parse_count(text.substr(0, slash), 1, 1'000'000'000);
  const auto window = parse_duration(text.substr(slash + 1));
  if (!count || !window) return std::nullopt;
  return Allowance{*count, *window};
}

std::optional<Endpoint> parse_endpoint(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto host = text.substr(0, colon);
  const auto port =
      parse_count(text.substr(colon + 1), 0, std::numeric_limits<std::uint16_t>::max());
  if (!port) return std::nullopt;
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  boost::system::error_code failure;
  const auto address = boost::asio::ip::make_address(std::string(host), failure);
  if (failure || address.is_v6() != bracketed) return std::nullopt;
  return Endpoint{std::string(host), static_cast<std::uint16_t>(*port)};
}

bool is_origin(std::string_view text) {
  const auto url = boost::urls::parse_uri(text);
  return url && (url->scheme() == "http" || url->scheme() == "https") && !url->host().empty() &&
         !url->has_userinfo() && url->encoded_path().empty() && !url->has_query() &&
         !url->has_fragment();
}

std::optional<std::string> parse_origin(std::string_view text) {
  return is_origin(text) ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<std::vector<std::uint8_t>> parse_hex(std::string_view text) {
  if (text.empty() || text.size() % 2 != 0) return std::nullopt;
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = hex_digit(text[i]);
    const auto low = hex_digit(text[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(*high << 4 | *low));
  }
  return bytes;
}

std::string format_hex(const std::vector<std::uint8_t>& bytes) {
  std::string text;
  for (const auto byte : bytes) {
    text.push_back("0123456789abcdef"[byte >> 4]);
    text.push_back("0123456789abcdef"[byte & 0x0f]);
  }
  return text;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!trimmed(text).empty()) {
    const auto comma = text.find(',');
    parts.emplace_back(trimmed(text.substr(0, comma)));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  return parts;
}

}  // namespace frontdesk::app
