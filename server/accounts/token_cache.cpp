#include "accounts/token_cache.hpp"

#include "core/digest.hpp"

#include <algorithm>
#include <functional>

namespace frontdesk::accounts {

TokenCache::TokenCache(std::size_t slots)
    : slots_per_shard_(std::max<std::size_t>(1, slots / shard_count)) {}

std::optional<AccessClaims> TokenCache::find(std::string_view token) const {
  const auto hash = std::hash<std::string_view>()(token);
  const Shard& shard = shards_[hash % shard_count];
  const std::lock_guard lock(shard.mutex);
  if (shard.slots.empty() || token.empty()) return std::nullopt;
  const Slot& slot = shard.slots[hash / shard_count % slots_per_shard_];
  if (!equal_in_constant_time(bytes_of(slot.token), bytes_of(token))) return std::nullopt;
  return slot.claims;
}

void TokenCache::store(std::string_view token, const AccessClaims& claims) {
  const auto hash = std::hash<std::string_view>()(token);
  Shard& shard = shards_[hash % shard_count];
  const std::lock_guard lock(shard.mutex);
  if (shard.slots.empty()) shard.slots.resize(slots_per_shard_);
  shard.slots[hash / shard_count % slots_per_shard_] = {std::string(token), claims};
}

}  // namespace frontdesk::accounts
