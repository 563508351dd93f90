#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// Fixed-width decimal numbers: the parts of dates, times and instants.
namespace frontdesk {

/// The number that exactly `count` ASCII digits at `position` spell; nullopt where there are fewer.
/// `count` is at most 9.
constexpr std::optional<int> read_digits(std::string_view text, std::size_t position,
                                         std::size_t count) {
  if (position > text.size() || text.size() - position < count) return std::nullopt;
  int number = 0;
  for (const char c : text.substr(position, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// Writes `number` as exactly `count` digits, leading zeros kept. 0 <= number < 10^count.
constexpr char* write_digits(char* out, unsigned number, std::size_t count) {
  for (std::size_t i = count; i > 0; --i) {
    out[i - 1] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return out + count;
}

}  // namespace frontdesk
