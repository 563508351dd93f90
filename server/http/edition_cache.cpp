#include "http/edition_cache.hpp"

#include <utility>

namespace frontdesk::http {

EditionCache::EditionCache(std::size_t max_answers, std::size_t max_bytes)
    : max_answers_(max_answers), max_bytes_(max_bytes) {}

std::shared_ptr<const StaticContent> EditionCache::find(std::string_view key, std::uint64_t edition,
                                                        Instant now) const {
  const auto found = answers_.find(key);
  if (found == answers_.end()) return nullptr;
  const Kept& kept = found->second;
  return kept.edition == edition && now < kept.holds_before ? kept.content : nullptr;
}

void EditionCache::store(std::string_view key, std::uint64_t edition, Instant holds_before,
                         std::shared_ptr<const StaticContent> content) {
  if (const auto known = answers_.find(key); known != answers_.end()) {
    bytes_ -= bytes_of(key, *known->second.content);
    answers_.erase(known);
  }
  const std::size_t bytes = bytes_of(key, *content);
  if (bytes > max_bytes_) return;
  if (answers_.size() >= max_answers_ || bytes_ + bytes > max_bytes_) {
    answers_.clear();
    bytes_ = 0;
  }
  answers_.emplace(key, Kept{edition, holds_before, std::move(content)});
  bytes_ += bytes;
}

}  // namespace frontdesk::http
