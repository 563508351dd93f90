#include "accounts/session_cache.hpp"

#include <algorithm>

namespace frontdesk::accounts {

SessionCache::SessionCache(std::size_t capacity)
    : shard_capacity_(std::max<std::size_t>(1, capacity / shard_count)) {}

SessionCache::Answer SessionCache::find(SessionId id, Clock::time_point now) const {
  const Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.entries.find(id);
  if (found == shard.entries.end() || now >= found->second.good_until()) return {};
  const Entry& entry = found->second;
  if (!entry.session) return {Answer::State::ended};
  return {Answer::State::alive, *entry.session};
}

void SessionCache::store(SessionId id, std::optional<LiveSession> session,
                         Clock::time_point asked_at) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.entries.find(id);
  if (found != shard.entries.end()) {
    if (found->second.known_at <= asked_at) found->second = {session, asked_at};
    return;
  }
  make_room(shard, asked_at);
  shard.entries.emplace(id, Entry{session, asked_at});
}

void SessionCache::end(SessionId id, Clock::time_point now) {
  store(id, std::nullopt, now);
}

// Drops what has aged; failing that, whatever comes first: it will only be asked for again. An
// ended session is kept, for dropping it could bring it back for a moment.
void SessionCache::make_room(Shard& shard, Clock::time_point now) const {
  if (shard.entries.size() < shard_capacity_) return;
  std::erase_if(shard.entries, [&](const auto& item) { return now >= item.second.good_until(); });
  if (shard.entries.size() < shard_capacity_) return;
  const auto alive = std::ranges::find_if(
      shard.entries, [](const auto& item) { return item.second.session.has_value(); });
  shard.entries.erase(alive != shard.entries.end() ? alive : shard.entries.begin());
}

std::size_t SessionCache::size() const {
  std::size_t size = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    size += shard.entries.size();
  }
  return size;
}

}  // namespace frontdesk::accounts
