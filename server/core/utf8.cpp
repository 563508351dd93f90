#include "core/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace frontdesk {
namespace {

// Bytes of the code point that starts at `at`, 0 for a malformed one.
std::size_t sequence_length(const unsigned char* at, std::size_t left) {
  const unsigned char lead = at[0];
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || left < length) return 0;
  // Only the second byte has a range that depends on the first.
  unsigned char lowest = 0x80;
  unsigned char highest = 0xbf;
  if (lead == 0xe0) lowest = 0xa0;   // overlong
  if (lead == 0xed) highest = 0x9f;  // surrogates
  if (lead == 0xf0) lowest = 0x90;   // overlong
  if (lead == 0xf4) highest = 0x8f;  // above U+10FFFF
  if (at[1] < lowest || at[1] > highest) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((at[i] & 0xc0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

std::optional<std::size_t> count_code_points(std::string_view text) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t left = text.size();
  std::size_t count = 0;
  while (left > 0) {
    // Most text is ASCII: eight bytes at a time.
    std::uint64_t word = 0;
    if (left >= sizeof word) {
      std::memcpy(&word, at, sizeof word);
      if ((word & 0x8080808080808080u) == 0) {
        at += sizeof word;
        left -= sizeof word;
        count += sizeof word;
        continue;
      }
    }
    const std::size_t length = sequence_length(at, left);
    if (length == 0) return std::nullopt;
    at += length;
    left -= length;
    ++count;
  }
  return count;
}

}  // namespace frontdesk
