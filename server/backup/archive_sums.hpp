#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

/// SHA256SUMS, the last member of an archive: a line for each member before it, then one for all.
namespace frontdesk::backup {

constexpr std::string_view sums_name = "SHA256SUMS";
constexpr std::size_t sha256_digits = 64;

/// As sha256sum(1) writes and checks it.
inline std::string line_of_member(std::string_view digest, std::string_view name) {
  return fmt::format("{}  {}\n", digest, name);
}

/// The digest of the file's bytes before the contents of SHA256SUMS; a comment for sha256sum(1).
inline std::string line_of_all(std::string_view digest) {
  return fmt::format("# {}  every byte of the archive before this file's contents\n", digest);
}

}  // namespace frontdesk::backup
