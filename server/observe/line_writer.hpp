#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace frontdesk::observe {

/// Writes lines to a file descriptor on a thread of its own, many at once, so that nobody who logs
/// ever waits for a slow reader. Lines are written in the order in which they were added, at most
/// 20 ms later. While more than 1 MiB waits, further lines are dropped and counted. The destructor
/// writes all that waits; only a reader that takes nothing for two seconds then loses it.
class LineWriter {
 public:
  /// `descriptor` must stay open for as long as this lives; it is not closed.
  explicit LineWriter(int descriptor);
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;
  ~LineWriter();

  /// Adds `line` and a line end. With `urgent` it is written at once.
  void add(std::string_view line, bool urgent);

  /// Returns when everything added before has been handed to the kernel.
  void flush();

  /// Lines dropped so far because nobody read the log.
  [[nodiscard]] std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

 private:
  void run();
  void write_out(std::string_view text) const;

  const int descriptor_;
  std::mutex mutex_;
  std::condition_variable work_;     ///< something waits, or the end has come
  std::condition_variable written_;  ///< a batch is out
  std::string waiting_;
  bool urgent_ = false;
  std::atomic<bool> stopping_ = false;
  std::uint64_t batches_begun_ = 0;
  std::uint64_t batches_done_ = 0;
  std::atomic<std::uint64_t> dropped_ = 0;
  std::thread thread_;
};

}  // namespace frontdesk::observe
