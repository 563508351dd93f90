#pragma once

#include <atomic>

namespace frontdesk::app {

/// Ctrl-C, SIGTERM and SIGHUP while a command works: in place of ending the process they make
/// requested() true, so that the command can undo what it has begun. Made before any thread is.
class Interruption {
 public:
  Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption();

  /// From any thread.
  [[nodiscard]] bool requested();

 private:
  int signals_;
  std::atomic<bool> was_requested_ = false;
};

}  // namespace frontdesk::app
