#include "http/answer_cache.hpp"

#include <mutex>
#include <utility>

namespace frontdesk::http {

AnswerCache::AnswerCache(std::size_t max_answers, std::size_t max_bytes)
    : max_answers_(max_answers), max_bytes_(max_bytes) {}

std::shared_ptr<const StaticContent> AnswerCache::find(std::string_view key) const {
  const std::shared_lock lock(mutex_);
  const auto found = answers_.find(key);
  return found == answers_.end() ? nullptr : found->second;
}

void AnswerCache::store(std::string_view key, std::shared_ptr<const StaticContent> content,
                        Generation generation) {
  const std::size_t bytes = bytes_of(key, *content);
  if (bytes > max_bytes_) return;
  const std::unique_lock lock(mutex_);
  if (generation != generation_.load(std::memory_order_relaxed)) return;
  if (const auto known = answers_.find(key); known != answers_.end()) {
    bytes_ -= bytes_of(key, *known->second);
    answers_.erase(known);
  }
  if (answers_.size() >= max_answers_ || bytes_ + bytes > max_bytes_) {
    answers_.clear();
    bytes_ = 0;
  }
  answers_.emplace(key, std::move(content));
  bytes_ += bytes;
}

void AnswerCache::clear() {
  const std::unique_lock lock(mutex_);
  generation_.fetch_add(1, std::memory_order_release);
  answers_.clear();
  bytes_ = 0;
}

std::size_t AnswerCache::size() const {
  const std::shared_lock lock(mutex_);
  return answers_.size();
}

}  // namespace frontdesk::http
