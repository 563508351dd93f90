#pragma once

#include "core/task.hpp"
#include "core/uuid.hpp"
#include "http/client_address.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace frontdesk::http {

/// The allowances of R20. One key has a count of its own in each.
enum class RatePolicy : std::uint8_t {
  address,  ///< who is not logged in: `default`
  user,     ///< who is
  login,    ///< per address, logged in or not
  code,     ///< per address, logged in or not
  image,    ///< per user: images that are sent
  missing,  ///< per address: files that are not there
};
inline constexpr std::size_t rate_policy_count = 6;

/// The name of a policy in the headers.
std::string_view name_of(RatePolicy policy);

/// So many requests in a window, which begins with the first of them.
struct RateAllowance {
  std::uint32_t limit;
  std::chrono::seconds window;
};

/// Indexed by RatePolicy.
using RateAllowances = std::array<RateAllowance, rate_policy_count>;

/// Whose requests are counted together.
struct RateKey {
  std::array<std::uint8_t, 16> bytes;

  static RateKey of(const IpAddress& address) { return {address.subscriber_prefix()}; }
  static RateKey of(const UserId& user) { return {user.bytes}; }
  friend bool operator==(const RateKey&, const RateKey&) = default;
};

/// What became of one request.
struct RateDecision {
  bool allowed = true;
  std::uint32_t remaining = 0;       ///< after this request
  std::chrono::seconds reset_in{0};  ///< until the window ends, rounded up, at least 1
};

/// Counts requests. One object per process, used by all threads at once; several processes may one
/// day share their counts, hence a Task.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  virtual ~RateLimiter() = default;

  /// Counts one request of `key` at `now`. A refused one is not counted, so that a window always
  /// ends.
  virtual Task<RateDecision> take(RatePolicy policy, const RateKey& key, Clock::time_point now) = 0;

  /// What take() would answer; counts nothing.
  virtual Task<RateDecision> look(RatePolicy policy, const RateKey& key, Clock::time_point now) = 0;

  [[nodiscard]] virtual const RateAllowance& allowance(RatePolicy policy) const = 0;
};

/// Counts in this process: a table split into shards with a mutex each, which two threads seldom
/// want at once. It holds at most `max_keys` windows per policy; a new key then drives out the
/// window that began first, so that a flood of addresses costs memory that is bounded and, at
/// worst, forgets.
class LocalRateLimiter final : public RateLimiter {
 public:
  static constexpr std::size_t default_max_keys = 65'536;

  explicit LocalRateLimiter(const RateAllowances& allowances,
                            std::size_t max_keys = default_max_keys);
  ~LocalRateLimiter() override;

  Task<RateDecision> take(RatePolicy policy, const RateKey& key, Clock::time_point now) override;
  Task<RateDecision> look(RatePolicy policy, const RateKey& key, Clock::time_point now) override;
  [[nodiscard]] const RateAllowance& allowance(RatePolicy policy) const override {
    return allowances_[static_cast<std::size_t>(policy)];
  }

  /// As take(), without a coroutine.
  RateDecision count(RatePolicy policy, const RateKey& key, Clock::time_point now);

  /// Windows held at the moment, ended ones that nobody has swept included.
  [[nodiscard]] std::size_t size() const;

 private:
  class Shard;

  Shard& shard_of(RatePolicy policy, const RateKey& key) const;

  RateAllowances allowances_;
  std::uint64_t seed_;
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace frontdesk::http
