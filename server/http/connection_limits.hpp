#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace frontdesk::http {

/// How long anything on a connection may take (R43), and how much is read for nothing. One sweep a
/// tick looks at every connection of a thread, so each time may pass by up to a tick.
struct ConnectionLimits {
  std::chrono::milliseconds head = std::chrono::seconds{10};  ///< from its first byte to its last
  std::chrono::milliseconds keep_alive = std::chrono::seconds{65};  ///< waiting for a first byte
  std::chrono::milliseconds body = std::chrono::seconds{30};        ///< for each 256 KB of it
  std::chrono::milliseconds write = std::chrono::seconds{30};    ///< for each 256 KB of an answer
  std::chrono::milliseconds handler = std::chrono::seconds{10};  ///< then a read is cancelled
  std::chrono::milliseconds handler_grace = std::chrono::seconds{1};  ///< then the answer is 503
  std::chrono::milliseconds linger = std::chrono::seconds{2};         ///< reading on before a close
  std::chrono::milliseconds accept_pause = std::chrono::milliseconds{100};  ///< no descriptors left
  std::chrono::milliseconds tick = std::chrono::milliseconds{250};
  std::size_t linger_bytes = std::size_t{16} * 1024 * 1024;
  std::size_t discarded_body_bytes = std::size_t{64} * 1024;  ///< of a request refused by its head
  std::size_t refusals = 256;  ///< connections at once, per thread, that are told 503 for load
};

/// Counts the connections of all threads and holds them to a limit (R43). Thread-safe.
class ConnectionCount {
 public:
  explicit ConnectionCount(std::size_t limit = 10'000) : limit_(limit) {}
  ConnectionCount(const ConnectionCount&) = delete;
  ConnectionCount& operator=(const ConnectionCount&) = delete;

  [[nodiscard]] std::size_t open() const { return open_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::size_t limit() const { return limit_; }

  /// Totals since the start, for metrics.
  [[nodiscard]] std::uint64_t accepted() const { return accepted_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t accept_failures() const {
    return accept_failures_.load(std::memory_order_relaxed);
  }

  /// accept(2) failed: no descriptors or no memory.
  void note_accept_failure() { accept_failures_.fetch_add(1, std::memory_order_relaxed); }

 private:
  friend class ConnectionSlot;

  std::size_t limit_;
  std::atomic<std::size_t> open_{0};
  std::atomic<std::uint64_t> accepted_{0};
  std::atomic<std::uint64_t> refused_{0};
  std::atomic<std::uint64_t> accept_failures_{0};
};

/// One connection's place in the count, given back by the destructor; empty when there was none.
class ConnectionSlot {
 public:
  ConnectionSlot() = default;
  explicit ConnectionSlot(ConnectionCount& count) {
    if (count.open_.fetch_add(1, std::memory_order_relaxed) < count.limit_) {
      count.accepted_.fetch_add(1, std::memory_order_relaxed);
      count_ = &count;
    } else {
      count.open_.fetch_sub(1, std::memory_order_relaxed);
      count.refused_.fetch_add(1, std::memory_order_relaxed);
    }
  }
  ConnectionSlot(ConnectionSlot&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  ConnectionSlot& operator=(ConnectionSlot&& other) noexcept {
    std::swap(count_, other.count_);
    return *this;
  }
  ~ConnectionSlot() {
    if (count_ != nullptr) count_->open_.fetch_sub(1, std::memory_order_relaxed);
  }

  explicit operator bool() const { return count_ != nullptr; }

 private:
  ConnectionCount* count_ = nullptr;
};

}  // namespace frontdesk::http
