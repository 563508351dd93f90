#include "http/rate_limiter.hpp"

#include "core/ensure.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <cstring>
#include <list>
#include <mutex>
#include <unordered_map>

namespace frontdesk::http {
namespace {

constexpr std::size_t shards_per_policy = 16;
/// Ended windows that a new key sweeps away: more than one, so that they never pile up.
constexpr int sweeps_per_insert = 2;

using Clock = RateLimiter::Clock;

/// A number that a client cannot predict, so that nobody can aim addresses at one bucket.
std::uint64_t random_seed() {
  std::array<std::uint8_t, 8> bytes{};
  fill_random(bytes);
  std::uint64_t seed = 0;
  std::memcpy(&seed, bytes.data(), sizeof seed);
  return seed;
}

std::uint64_t hash_of(const RateKey& key, std::uint64_t seed) {
  std::array<std::uint64_t, 2> words{};
  std::memcpy(words.data(), key.bytes.data(), sizeof words);
  std::uint64_t hash = (words[0] ^ seed) * 0x9e3779b97f4a7c15U;
  hash = (hash ^ (hash >> 32) ^ words[1]) * (seed | 0xbf58476d1ce4e5b9U);
  return hash ^ (hash >> 29);
}

struct KeyHash {
  std::uint64_t seed;
  std::size_t operator()(const RateKey& key) const noexcept { return hash_of(key, seed); }
};

struct Window {
  RateKey key;
  Clock::time_point start;
  std::uint32_t count;
};

}  // namespace

std::string_view name_of(RatePolicy policy) {
  switch (policy) {
    case RatePolicy::address:
      return "default";
    case RatePolicy::user:
      return "user";
    case RatePolicy::login:
      return "login";
    case RatePolicy::code:
      return "code";
    case RatePolicy::image:
      return "image";
    case RatePolicy::missing:
      return "missing";
  }
  return {};
}

/// Windows of some keys of one policy, in the order in which they began; as all have the same
/// length, that is the order in which they end.
class alignas(64) LocalRateLimiter::Shard {
 public:
  Shard(RateAllowance allowance, std::size_t max_keys, std::uint64_t seed)
      : allowance_(allowance), max_keys_(max_keys), by_key_(0, KeyHash{seed}) {}

  RateDecision count(const RateKey& key, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    Window& window = window_of(key, now);
    if (window.count == allowance_.limit) return decision(false, window, now);
    ++window.count;
    return decision(true, window, now);
  }

  RateDecision look(const RateKey& key, Clock::time_point now) const {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end() || ended(*found->second, now)) {
      return decision(true, {key, now, 0}, now);
    }
    return decision(found->second->count < allowance_.limit, *found->second, now);
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return by_key_.size();
  }

 private:
  bool ended(const Window& window, Clock::time_point now) const {
    return now - window.start >= allowance_.window;
  }

  Window& window_of(const RateKey& key, Clock::time_point now) {
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
      Window& window = *found->second;
      if (ended(window, now)) {
        windows_.splice(windows_.end(), windows_, found->second);
        window.start = now;
        window.count = 0;
      }
      return window;
    }
    for (int i = 0; i < sweeps_per_insert && !windows_.empty(); ++i) {
      if (!ended(windows_.front(), now)) break;
      drop_first();
    }
    if (by_key_.size() == max_keys_) drop_first();
    windows_.push_back({key, now, 0});
    by_key_.emplace(key, std::prev(windows_.end()));
    return windows_.back();
  }

  void drop_first() {
    by_key_.erase(windows_.front().key);
    windows_.pop_front();
  }

  RateDecision decision(bool allowed, const Window& window, Clock::time_point now) const {
    const auto left =
        std::chrono::ceil<std::chrono::seconds>(window.start + allowance_.window - now);
    return {.allowed = allowed,
            .remaining = allowance_.limit - window.count,
            .reset_in = std::clamp(left, std::chrono::seconds{1}, allowance_.window)};
  }

  const RateAllowance allowance_;
  const std::size_t max_keys_;
  mutable std::mutex mutex_;
  std::list<Window> windows_;
  std::unordered_map<RateKey, std::list<Window>::iterator, KeyHash> by_key_;
};

LocalRateLimiter::LocalRateLimiter(const RateAllowances& allowances, std::size_t max_keys)
    : allowances_(allowances), seed_(random_seed()) {
  const std::size_t keys_per_shard = std::max<std::size_t>(1, max_keys / shards_per_policy);
  shards_.reserve(rate_policy_count * shards_per_policy);
  for (const RateAllowance& allowance : allowances_) {
    ENSURE(allowance.limit > 0 && allowance.window > std::chrono::seconds{0});
    for (std::size_t i = 0; i < shards_per_policy; ++i) {
      shards_.push_back(std::make_unique<Shard>(allowance, keys_per_shard, seed_));
    }
  }
}

LocalRateLimiter::~LocalRateLimiter() = default;

LocalRateLimiter::Shard& LocalRateLimiter::shard_of(RatePolicy policy, const RateKey& key) const {
  // The table inside a shard uses the low bits.
  const std::size_t place = hash_of(key, seed_) >> 60;
  static_assert(shards_per_policy == 16);
  return *shards_[static_cast<std::size_t>(policy) * shards_per_policy + place];
}

RateDecision LocalRateLimiter::count(RatePolicy policy, const RateKey& key, Clock::time_point now) {
  return shard_of(policy, key).count(key, now);
}

Task<RateDecision> LocalRateLimiter::take(RatePolicy policy, const RateKey& key,
                                          Clock::time_point now) {
  co_return count(policy, key, now);
}

Task<RateDecision> LocalRateLimiter::look(RatePolicy policy, const RateKey& key,
                                          Clock::time_point now) {
  co_return shard_of(policy, key).look(key, now);
}

std::size_t LocalRateLimiter::size() const {
  std::size_t keys = 0;
  for (const auto& shard : shards_) keys += shard->size();
  return keys;
}

}  // namespace frontdesk::http
