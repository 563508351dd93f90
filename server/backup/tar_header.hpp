#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::backup {

constexpr std::size_t tar_block_bytes = 512;
using TarBlock = std::array<char, tar_block_bytes>;

struct TarHeader {
  std::string name;
  std::uint64_t size_bytes;
};

/// The header of a regular file of mode 0600 (POSIX.1-1988 ustar). `name` has at most 100 bytes.
/// Sizes from 8 GiB on are in GNU's base-256.
TarBlock write_tar_header(const TarHeader& header);

/// What write_tar_header wrote; nullopt for any other block.
std::optional<TarHeader> read_tar_header(const TarBlock& block);

/// Bytes that fill a member of this size up to a whole block.
constexpr std::uint64_t tar_padding(std::uint64_t size_bytes) {
  return (tar_block_bytes - size_bytes % tar_block_bytes) % tar_block_bytes;
}

}  // namespace frontdesk::backup
