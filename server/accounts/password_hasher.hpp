#pragma once

#include "core/digest.hpp"
#include "core/error.hpp"
#include "core/task.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace frontdesk::accounts {

/// bcrypt (`$2b$`) of base64(HMAC-SHA-384(pepper, password)) (R07), on a few threads of its own at
/// nice 19, with a short queue (R19): whoever hammers login slows login down, and nothing else. One
/// for all threads of the process.
class PasswordHasher {
 public:
  struct Settings {
    int cost = 10;         ///< 4 to 31: 2^cost rounds
    unsigned threads = 0;  ///< 0: two, or one on a single core
    unsigned queue = 32;   ///< how many may wait beyond those that run
  };

  /// A place in the queue, given back when it goes.
  class Slot {
   public:
    Slot(Slot&& other) noexcept : hasher_(std::exchange(other.hasher_, nullptr)) {}
    Slot& operator=(Slot&&) = delete;
    ~Slot();

   private:
    friend class PasswordHasher;
    explicit Slot(PasswordHasher* hasher) : hasher_(hasher) {}
    PasswordHasher* hasher_;
  };

  PasswordHasher(std::span<const std::uint8_t> pepper, Settings settings);
  PasswordHasher(const PasswordHasher&) = delete;
  PasswordHasher& operator=(const PasswordHasher&) = delete;
  /// As stop().
  ~PasswordHasher();

  /// A place, or 503 with Retry-After where all are taken. To be had before anything is counted or
  /// written, so that a full queue costs nothing.
  Result<Slot> admit();

  /// A new hash with a salt of its own. Throws Fault where crypt fails, and after stop().
  Task<std::string> hash(const Slot& slot, std::string_view password);

  /// Whether `password` has this hash. A hash that crypt cannot read fits no password.
  Task<bool> verify(const Slot& slot, std::string_view password, std::string hash);

  /// A hash that fits no known password and costs as much to compare as a real one (R05).
  [[nodiscard]] const std::string& dummy_hash() const { return dummy_hash_; }

  /// Whether a hash was made with another cost than new ones are (R07).
  [[nodiscard]] bool is_outdated(std::string_view hash) const;

  /// Lets the hashes that run end, ends those that wait with a Fault, joins the threads. The
  /// io_contexts of all callers must still exist.
  void stop();

 private:
  using Job = std::move_only_function<void(bool stopping)>;

  /// The password as crypt reads it: 64 characters, nothing lost of a long one or after a NUL.
  using Prepared = std::array<char, 65>;

  [[nodiscard]] Prepared prepare(std::string_view password) const;
  [[nodiscard]] std::string new_setting() const;
  Task<std::string> crypt(Prepared password, std::string setting);
  void enqueue(Job job);
  void work();

  HmacSha384Key pepper_;
  Settings settings_;
  std::string dummy_hash_;
  std::atomic<unsigned> admitted_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace frontdesk::accounts
