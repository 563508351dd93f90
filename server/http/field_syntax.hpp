#pragma once

#include <algorithm>
#include <array>
#include <string_view>

/// The characters of RFC 9110 section 5 and RFC 9112 section 5: what field names and values are
/// made of.
namespace frontdesk::http {

namespace field_syntax {
inline constexpr std::array<bool, 256> token_bytes = [] {
  std::array<bool, 256> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = true;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();
}  // namespace field_syntax

/// `tchar` of RFC 9110 section 5.6.2.
constexpr bool is_token_byte(char c) {
  return field_syntax::token_bytes[static_cast<unsigned char>(c)];
}

/// `token`: at least one tchar and nothing else.
constexpr bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_byte);
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// SP, HTAB, VCHAR and obs-text: everything but the other control characters and DEL.
constexpr bool is_value_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7f) || c == '\t';
}

constexpr char to_lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, to_lower_ascii, to_lower_ascii);
}

/// `text` without the optional white space (SP and HTAB) around it.
constexpr std::string_view trim_white_space(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Calls `visit(std::string_view)` with each element of a comma-separated list, trimmed, empty ones
/// left out (RFC 9110 section 5.6.1.2). For lists of tokens only: quotes mean nothing to it.
template <class Visit>
constexpr void for_each_element(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    const std::string_view element = trim_white_space(list.substr(0, comma));
    if (!element.empty()) visit(element);
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace frontdesk::http
