#pragma once

#include "core/permission.hpp"
#include "core/uuid.hpp"

#include <array>
#include <chrono>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace frontdesk::accounts {

/// What a live session stands for: whose it is and what its role may do.
struct LiveSession {
  UserId user = {};
  std::optional<StaffId> staff = {};  ///< the member of staff whose login this is
  PermissionSet permissions = {};
};

/// What the process knows about sessions, at most four seconds old: R12 allows five, counted from
/// the change until the last answer that does not know of it. One for all threads, sharded. It only
/// ever saves a question to PostgreSQL: whatever it does not know must be asked.
class SessionCache {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::chrono::seconds max_age{4};

  /// What was found: nothing (ask PostgreSQL), a live session, or one that has ended.
  struct Answer {
    enum class State { unknown, alive, ended };
    State state = State::unknown;
    LiveSession session = {};  ///< where it is alive
  };

  explicit SessionCache(std::size_t capacity = 131'072);

  [[nodiscard]] Answer find(SessionId id, Clock::time_point now) const;

  /// Remembers what PostgreSQL said; nullopt: no live session. `asked_at` is when the question was
  /// sent: from then on the answer ages. An answer older than an end() is dropped.
  void store(SessionId id, std::optional<LiveSession> session, Clock::time_point asked_at);

  /// The session has ended, after its row said so: nothing finds it alive from here on.
  void end(SessionId id, Clock::time_point now);

  /// Sessions known or remembered as ended, for a test of the bound.
  [[nodiscard]] std::size_t size() const;

 private:
  // Longer than any question to PostgreSQL may be under way (R43), so that a late answer cannot
  // bring an ended session back.
  static constexpr std::chrono::seconds ended_for{15};
  static constexpr std::size_t shard_count = 64;

  struct Entry {
    std::optional<LiveSession> session;
    Clock::time_point known_at;
    [[nodiscard]] Clock::time_point good_until() const {
      return known_at + (session ? max_age : ended_for);
    }
  };
  struct alignas(64) Shard {
    mutable std::mutex mutex;
    std::unordered_map<SessionId, Entry> entries;
  };

  Shard& shard_of(SessionId id) { return shards_[id.bytes[15] % shard_count]; }
  const Shard& shard_of(SessionId id) const { return shards_[id.bytes[15] % shard_count]; }
  void make_room(Shard& shard, Clock::time_point now) const;

  std::size_t shard_capacity_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace frontdesk::accounts
