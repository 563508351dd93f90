#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace frontdesk::http {

/// Who may keep an answer, and how long: what a route says, narrowed by who asked.
enum class Storage {
  nobody,      ///< `no-store`
  revalidate,  ///< `no-cache`
  own_cache,   ///< `private, no-cache`: a public answer to somebody who is logged in
  shared,      ///< a short max-age
  immutable,   ///< for good
};
inline constexpr std::size_t storage_count = 5;

/// Helmet 8's default policy, for everything that is no HTML page of ours (R35).
std::string_view default_content_security_policy();

/// The header lines that every answer carries, written once and copied from then on: assembling
/// them for each request costs more than running a cached query (docs/benchmarks.md). Each text
/// holds whole lines with their ends.
class FixedHeaders {
 public:
  /// `vary_by_origin`: some origins are allowed by CORS, so every answer depends on Origin (R36).
  explicit FixedHeaders(bool vary_by_origin);

  /// All of them, with the default policy and the Cache-Control of `storage`.
  [[nodiscard]] std::string_view complete(Storage storage) const { return of(storage).complete; }

  /// In pieces, where a response brings its own of either: those of R35 but the policy; the policy;
  /// Cache-Control; Vary (may be empty).
  [[nodiscard]] std::string_view security() const { return security_; }
  [[nodiscard]] std::string_view policy() const { return policy_; }
  [[nodiscard]] std::string_view cache_control(Storage storage) const {
    return of(storage).cache_control;
  }
  [[nodiscard]] std::string_view vary(Storage storage) const { return of(storage).vary; }

 private:
  struct Lines {
    std::string cache_control;
    std::string vary;
    std::string complete;
  };

  [[nodiscard]] const Lines& of(Storage storage) const {
    return lines_[static_cast<std::size_t>(storage)];
  }

  std::string security_;
  std::string policy_;
  std::array<Lines, storage_count> lines_;
};

}  // namespace frontdesk::http
