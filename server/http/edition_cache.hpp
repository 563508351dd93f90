#pragma once

#include "core/instant.hpp"
#include "http/static_content.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace frontdesk::http {

/// Public answers, with ETag and compressed form, that are right for one edition of what they show
/// and until a moment: who asks has to know the present edition. Belongs to one thread.
class EditionCache {
 public:
  /// Both bounds hold at any time: where an answer does not fit, all others are let go of.
  explicit EditionCache(std::size_t max_answers = 1'000,
                        std::size_t max_bytes = std::size_t{16} * 1024 * 1024);

  /// What was stored under `key` for `edition`, where it still holds at `now`; nullptr otherwise.
  [[nodiscard]] std::shared_ptr<const StaticContent> find(std::string_view key,
                                                          std::uint64_t edition, Instant now) const;

  /// Keeps `content`, in place of other editions, for instants before `holds_before`; unless it is
  /// too large.
  void store(std::string_view key, std::uint64_t edition, Instant holds_before,
             std::shared_ptr<const StaticContent> content);

  [[nodiscard]] std::size_t size() const { return answers_.size(); }

 private:
  struct Kept {
    std::uint64_t edition;
    Instant holds_before;
    std::shared_ptr<const StaticContent> content;
  };

  const std::size_t max_answers_;
  const std::size_t max_bytes_;
  std::map<std::string, Kept, std::less<>> answers_;
  std::size_t bytes_ = 0;
};

}  // namespace frontdesk::http
