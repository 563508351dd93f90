#pragma once

#include "accounts/jwt.hpp"

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::accounts {

/// Access tokens whose signature has been verified, whole, so that it need not be verified again
/// for each request. It says nothing about time or session: those are checked each time. One for
/// all threads, sharded; a token takes the place of another one of the same slot.
class TokenCache {
 public:
  /// `slots` bounds the memory: about half a kilobyte each, once used.
  explicit TokenCache(std::size_t slots = 16'384);

  /// What AccessTokens::verify read from exactly this token. Compares in constant time, so that
  /// the time of an answer tells nothing about the tokens of others.
  [[nodiscard]] std::optional<AccessClaims> find(std::string_view token) const;

  /// To be called with tokens that AccessTokens::verify has accepted, and no others.
  void store(std::string_view token, const AccessClaims& claims);

 private:
  static constexpr std::size_t shard_count = 64;

  struct Slot {
    std::string token;
    AccessClaims claims;
  };
  struct alignas(64) Shard {
    mutable std::mutex mutex;
    std::vector<Slot> slots;  ///< made when the first token comes
  };

  std::size_t slots_per_shard_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace frontdesk::accounts
