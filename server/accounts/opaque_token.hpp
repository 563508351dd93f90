#pragma once

#include "core/digest.hpp"

#include <cstddef>
#include <string>

namespace frontdesk::accounts {

/// A token that means nothing by itself: bytes from the system CSPRNG as base64url, and what is
/// stored of it.
struct OpaqueToken {
  std::string text;
  Sha256Digest digest;  ///< SHA-256 of the text

  static OpaqueToken generate(std::size_t bytes);
};

inline constexpr std::size_t refresh_token_bytes = 32;  ///< 256 bits (R13)
inline constexpr std::size_t reset_token_bytes = 16;    ///< 128 bits (R08)

}  // namespace frontdesk::accounts
