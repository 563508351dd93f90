#include "observe/line_writer.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>

#include <poll.h>
#include <pthread.h>
#include <unistd.h>

namespace frontdesk::observe {
namespace {

constexpr std::size_t max_waiting_bytes = std::size_t{1024} * 1024;
constexpr std::chrono::milliseconds batch_time{20};
/// How long a stalled reader can hold up the end of the process.
constexpr std::chrono::milliseconds patience_at_end{2000};
constexpr std::chrono::milliseconds stall_step{100};

/// Signals are for the threads that expect them.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

}  // namespace

LineWriter::LineWriter(int descriptor) : descriptor_(descriptor) {
  const SignalsBlocked blocked;
  thread_ = std::thread([this] { run(); });
}

LineWriter::~LineWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  thread_.join();
}

void LineWriter::add(std::string_view line, bool urgent) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + line.size() > max_waiting_bytes) {
      dropped_.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    // Further lines of a batch find the writer awake.
    wake = waiting_.empty() || (urgent && !urgent_);
    urgent_ = urgent_ || urgent;
    waiting_.append(line);
    waiting_.push_back('\n');
  }
  if (wake) work_.notify_one();
}

void LineWriter::flush() {
  std::unique_lock lock(mutex_);
  const std::uint64_t target = waiting_.empty() ? batches_begun_ : batches_begun_ + 1;
  urgent_ = true;
  work_.notify_one();
  written_.wait(lock, [&] { return batches_done_ >= target; });
}

void LineWriter::run() {
  std::string batch;
  std::unique_lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    work_.wait_for(lock, batch_time, [&] { return stopping_ || urgent_; });
    batch.swap(waiting_);
    urgent_ = false;
    ++batches_begun_;
    lock.unlock();
    write_out(batch);
    batch.clear();
    lock.lock();
    batches_done_ = batches_begun_;
    written_.notify_all();
  }
}

void LineWriter::write_out(std::string_view text) const {
  int stalled = 0;
  while (!text.empty()) {
    pollfd ready{.fd = descriptor_, .events = POLLOUT, .revents = 0};
    if (::poll(&ready, 1, static_cast<int>(stall_step.count())) == 0) {
      if (stopping_ && ++stalled * stall_step >= patience_at_end) return;
      continue;
    }
    // A pipe that is ready takes this much without blocking (pipe(7)).
    const auto written =
        ::write(descriptor_, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
      stalled = 0;
    } else if (errno != EINTR && errno != EAGAIN) {
      return;  // a full disk or a closed pipe: there is nowhere left to say so
    }
  }
}

}  // namespace frontdesk::observe
