#pragma once

#include "core/error.hpp"
#include "core/uuid.hpp"

#include <cstddef>
#include <map>
#include <mutex>
#include <utility>

namespace frontdesk::http {

/// How many large bodies are in memory at once, in all and of one user, from before the first byte
/// is read until the answer: so that slow uploads can take neither the memory nor all the places.
/// One for all threads.
class BodyGate {
 public:
  struct Limits {
    unsigned total = 48;
    unsigned per_user = 2;
  };

  explicit BodyGate(Limits limits) : limits_(limits) {}
  BodyGate(const BodyGate&) = delete;
  BodyGate& operator=(const BodyGate&) = delete;

  /// A place, given back when it goes.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept
        : gate_(std::exchange(other.gate_, nullptr)), user_(other.user_) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(gate_, other.gate_);
      std::swap(user_, other.user_);
      return *this;
    }
    ~Place() {
      if (gate_ != nullptr) gate_->leave(user_);
    }

   private:
    friend class BodyGate;
    Place(BodyGate* gate, UserId user) : gate_(gate), user_(user) {}
    BodyGate* gate_ = nullptr;
    UserId user_;
  };

  /// Refuses with 503 and Retry-After where there is no place.
  Result<Place> enter(UserId user) {
    const std::lock_guard lock(mutex_);
    const auto present = users_.find(user);
    const unsigned own = present == users_.end() ? 0 : present->second;
    if (total_ >= limits_.total || own >= limits_.per_user) return refuse(unavailable());
    ++total_;
    ++users_[user];
    return Place(this, user);
  }

 private:
  void leave(UserId user) {
    const std::lock_guard lock(mutex_);
    --total_;
    const auto present = users_.find(user);
    if (--present->second == 0) users_.erase(present);
  }

  const Limits limits_;
  std::mutex mutex_;
  unsigned total_ = 0;
  std::map<UserId, unsigned> users_;
};

}  // namespace frontdesk::http
