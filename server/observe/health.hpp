#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace frontdesk::observe {

/// Set once on SIGTERM: readiness is off from then on (R44). Shared by all threads.
class Draining {
 public:
  void begin() { draining_.store(true, std::memory_order_release); }
  [[nodiscard]] bool begun() const { return draining_.load(std::memory_order_acquire); }

 private:
  std::atomic<bool> draining_ = false;
};

/// Whether this instance should get requests: nothing that was registered objects and it is not
/// draining. Belongs to one thread, as the checks use that thread's database pool. (Whether the
/// process is alive is another question and touches nothing: http/operations.hpp.)
class Readiness {
 public:
  /// Says nothing where all is well, otherwise what is wrong, as a token that strangers may read
  /// (`unreachable`, `migrations_pending`). What it throws counts as `failed`.
  using Check = std::function<Task<std::optional<std::string>>(Deadline)>;

  struct Report {
    bool ready = false;
    std::vector<std::pair<std::string, std::string>> checks;  ///< name and `ok` or what is wrong
  };

  /// `draining` must outlive this.
  explicit Readiness(const Draining& draining) : draining_(draining) {}

  /// Adds a check, once, at start.
  void add(std::string name, Check check);

  /// Asks every check, one after the other. An answer is reused for a quarter of a second, so that
  /// nobody can use this route to occupy the database.
  Task<Report> report(Deadline deadline);

 private:
  static constexpr std::chrono::milliseconds reuse_time{250};

  const Draining& draining_;
  std::vector<std::pair<std::string, Check>> checks_;
  std::vector<std::pair<std::string, std::string>> last_;
  std::optional<std::chrono::steady_clock::time_point> last_time_;
};

}  // namespace frontdesk::observe
