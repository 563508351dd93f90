#pragma once

#include "core/task.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace frontdesk::storage {

/// A few threads for what blocks, with a queue that has an end (R19): files, a store that is far
/// away, other programs. One for all threads of the process; I/O threads only wait for it.
class WorkThreads {
 public:
  struct Settings {
    unsigned threads = 1;
    unsigned queue = 32;  ///< how many jobs may wait beyond those that run
    int niceness = 0;     ///< 19 is the most yielding
  };

  explicit WorkThreads(Settings settings);
  WorkThreads(const WorkThreads&) = delete;
  WorkThreads& operator=(const WorkThreads&) = delete;
  /// As stop().
  ~WorkThreads();

  /// Runs `job()` on one of the threads; its result, or what it threw. Throws Fault (503 with
  /// Retry-After) where the queue is full, and after stop().
  template <class Job>
  Task<std::invoke_result_t<Job&>> run(Job job) {
    using Outcome = std::invoke_result_t<Job&>;
    struct State {
      Job job;
      std::optional<std::conditional_t<std::is_void_v<Outcome>, bool, Outcome>> result = {};
      std::exception_ptr problem = {};
    };
    auto state = std::make_shared<State>(std::move(job));
    co_await perform([state] {
      try {
        if constexpr (std::is_void_v<Outcome>) {
          state->job();
        } else {
          state->result.emplace(state->job());
        }
      } catch (...) {
        state->problem = std::current_exception();
      }
    });
    if (state->problem) std::rethrow_exception(state->problem);
    if constexpr (!std::is_void_v<Outcome>) co_return std::move(*state->result);
  }

  /// Lets the jobs that run end, ends those that wait with a Fault, joins the threads. The
  /// io_contexts of all callers must still exist.
  void stop();

 private:
  using Waiting = std::move_only_function<void(bool stopping)>;

  Task<void> perform(std::function<void()> job);
  /// False where there is no room, or no more.
  bool enqueue(Waiting& job);
  void work();

  Settings settings_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> jobs_;
  unsigned running_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace frontdesk::storage
