#pragma once

#include "db/child_process.hpp"
#include "db/cluster_folder.hpp"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace frontdesk::db {

/// PostgreSQL as a direct child, started again whenever it ends unasked. A thread of its own starts
/// and awaits it: the kernel ties the child's life to that thread's (PR_SET_PDEATHSIG), so that
/// PostgreSQL shuts down cleanly even when this process is killed.
class Postmaster {
 public:
  /// Starts at once. `data` is the data folder, which must be free.
  Postmaster(ChildProcess child, std::filesystem::path data, Progress progress);
  Postmaster(const Postmaster&) = delete;
  Postmaster& operator=(const Postmaster&) = delete;
  ~Postmaster();

  /// Fast shutdown: open transactions are rolled back, everything is written. After 20 s it is made
  /// to end. Does nothing the second time.
  void stop();

  /// 0 while it is not running.
  [[nodiscard]] pid_t pid() const;
  /// How often it has ended unasked.
  [[nodiscard]] int ends() const;

 private:
  void supervise();
  void run_once();
  void pause_before_restart();

  ChildProcess child_;
  std::filesystem::path data_;
  Progress progress_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  pid_t pid_ = 0;
  int ends_ = 0;
  int quick_ends_ = 0;  ///< in a row, soon after the start
  bool is_stopping_ = false;
  bool has_finished_ = false;
  std::thread thread_;
};

}  // namespace frontdesk::db
