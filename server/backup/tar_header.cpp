#include "backup/tar_header.hpp"

#include "core/ensure.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace frontdesk::backup {
namespace {

// Offsets and lengths of the fields, from POSIX.1-1988.
constexpr std::size_t name_bytes = 100;
constexpr std::size_t size_at = 124;
constexpr std::size_t size_digits = 11;
constexpr std::size_t checksum_at = 148;
constexpr std::size_t checksum_bytes = 8;
constexpr std::size_t type_at = 156;
constexpr std::size_t magic_at = 257;
constexpr std::uint64_t largest_octal = (std::uint64_t{1} << 33U) - 1;
constexpr char base_256_mark = '\x80';

void put(TarBlock& block, std::size_t at, std::string_view text) {
  std::ranges::copy(text, block.begin() + static_cast<std::ptrdiff_t>(at));
}

void put_size(TarBlock& block, std::uint64_t size_bytes) {
  if (size_bytes <= largest_octal) return put(block, size_at, fmt::format("{:011o}", size_bytes));
  block[size_at] = base_256_mark;
  for (std::size_t i = 0; i < sizeof(size_bytes); ++i) {
    block[size_at + size_digits - i] = static_cast<char>((size_bytes >> (8 * i)) & 0xFFU);
  }
}

std::uint64_t size_in(const TarBlock& block) {
  std::uint64_t size_bytes = 0;
  if (block[size_at] == base_256_mark) {
    for (std::size_t i = 0; i < sizeof(size_bytes); ++i) {
      size_bytes =
          size_bytes << 8U |
          static_cast<unsigned char>(block[size_at + size_digits - sizeof(size_bytes) + 1 + i]);
    }
  } else {
    std::from_chars(&block[size_at], &block[size_at + size_digits], size_bytes, 8);
  }
  return size_bytes;
}

}  // namespace

TarBlock write_tar_header(const TarHeader& header) {
  ENSURE(!header.name.empty() && header.name.size() <= name_bytes);
  TarBlock block{};
  put(block, 0, header.name);
  put(block, 100, "0000600");
  put(block, 108, "0000000");
  put(block, 116, "0000000");
  put_size(block, header.size_bytes);
  put(block, 136, "00000000000");
  block[type_at] = '0';
  put(block, magic_at, std::string_view("ustar\00000", 8));
  put(block, checksum_at, std::string_view("        ", checksum_bytes));
  unsigned sum = 0;
  for (const char byte : block) sum += static_cast<unsigned char>(byte);
  put(block, checksum_at, fmt::format("{:06o}", sum));
  block[checksum_at + 6] = '\0';
  block[checksum_at + 7] = ' ';
  return block;
}

std::optional<TarHeader> read_tar_header(const TarBlock& block) {
  const std::string_view name(block.data(), std::ranges::find(block, '\0') - block.begin());
  if (name.empty() || name.size() > name_bytes) return std::nullopt;
  TarHeader header{std::string(name), size_in(block)};
  // Every other byte follows from these two.
  if (write_tar_header(header) != block) return std::nullopt;
  return header;
}

}  // namespace frontdesk::backup
