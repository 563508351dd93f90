#pragma once

#include "http/static_content.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace frontdesk::http {

/// Public answers that are made once, with ETag and compressed form, and served until something
/// that they show changes. One for all threads.
///
/// An answer is made from what was read after generation() was asked for: where clear() came in
/// between, store() drops it, so that nobody is served what a finished write has made untrue.
class AnswerCache {
 public:
  using Generation = std::uint64_t;

  /// Both bounds hold at any time: where an answer does not fit, all others are let go of.
  explicit AnswerCache(std::size_t max_answers = 1'000,
                       std::size_t max_bytes = std::size_t{8} * 1024 * 1024);
  AnswerCache(const AnswerCache&) = delete;
  AnswerCache& operator=(const AnswerCache&) = delete;

  /// What was stored under `key`; nullptr where nothing is.
  [[nodiscard]] std::shared_ptr<const StaticContent> find(std::string_view key) const;

  /// To be asked for before what an answer shows is read.
  [[nodiscard]] Generation generation() const {
    return generation_.load(std::memory_order_acquire);
  }

  /// Keeps `content`, unless clear() has been called since `generation`, or it is too large.
  void store(std::string_view key, std::shared_ptr<const StaticContent> content,
             Generation generation);

  /// Lets go of everything. To be called after a write is committed and before it is answered.
  void clear();

  /// Answers kept, for a metric and for a test of the bounds.
  [[nodiscard]] std::size_t size() const;

 private:
  const std::size_t max_answers_;
  const std::size_t max_bytes_;
  std::atomic<Generation> generation_ = 0;
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::shared_ptr<const StaticContent>, std::less<>> answers_;
  std::size_t bytes_ = 0;
};

}  // namespace frontdesk::http
