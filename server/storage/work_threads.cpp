#include "storage/work_threads.hpp"

#include "core/error.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace frontdesk::storage {

WorkThreads::WorkThreads(Settings settings) : settings_(settings) {
  for (unsigned i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkThreads::~WorkThreads() {
  stop();
}

Task<void> WorkThreads::perform(std::function<void()> job) {
  using Token = asio::use_awaitable_t<Executor>;
  const bool done = co_await asio::async_initiate<const Token, void(bool)>(
      [this](auto handler, std::function<void()> wanted) {
        const auto executor = asio::get_associated_executor(handler);
        // The guard keeps the caller's io_context running until the answer is in its queue.
        Waiting waiting = [handler = std::move(handler), guard = asio::make_work_guard(executor),
                           executor, wanted = std::move(wanted)](bool stopping) mutable {
          if (!stopping) wanted();
          wanted = nullptr;
          asio::post(executor, [handler = std::move(handler), stopping]() mutable {
            std::move(handler)(!stopping);
          });
        };
        if (!enqueue(waiting)) waiting(true);
      },
      Token(), std::move(job));
  if (!done) throw Fault("the queue for blocking work is full, or closed", unavailable());
}

bool WorkThreads::enqueue(Waiting& job) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || jobs_.size() + running_ >= settings_.threads + settings_.queue) return false;
  jobs_.push_back(std::move(job));
  wake_.notify_one();
  return true;
}

void WorkThreads::work() {
  // On Linux the priority belongs to the thread. Without the right to lower it nothing breaks.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), settings_.niceness);
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    Waiting job = std::move(jobs_.front());
    jobs_.pop_front();
    ++running_;
    const bool stopping = stopping_;
    lock.unlock();
    job(stopping);
    job = nullptr;
    lock.lock();
    --running_;
  }
}

void WorkThreads::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

}  // namespace frontdesk::storage
