#include "db/postmaster.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>

#include <fmt/format.h>
#include <pthread.h>
#include <sys/wait.h>

namespace frontdesk::db {
namespace {

using namespace std::chrono_literals;

constexpr auto fast_shutdown_limit = 20s;
constexpr auto immediate_shutdown_limit = 5s;
constexpr auto first_pause = 100ms;
constexpr auto longest_pause = 5'000ms;
constexpr auto stable_after = 60s;
constexpr auto leftover_patience = 10s;

}  // namespace

Postmaster::Postmaster(ChildProcess child, std::filesystem::path data, Progress progress)
    : child_(std::move(child)), data_(std::move(data)), progress_(std::move(progress)) {
  // Signals to the server are the server's: none is delivered on this thread.
  sigset_t all, before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { supervise(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Postmaster::~Postmaster() {
  stop();
}

void Postmaster::stop() {
  {
    std::unique_lock lock(mutex_);
    is_stopping_ = true;
    changed_.notify_all();
    if (pid_ != 0) ::kill(pid_, SIGINT);
    const auto finished = [this] { return has_finished_; };
    if (!changed_.wait_for(lock, fast_shutdown_limit, finished)) {
      if (pid_ != 0) ::kill(pid_, SIGQUIT);
      if (!changed_.wait_for(lock, immediate_shutdown_limit, finished) && pid_ != 0) {
        ::kill(pid_, SIGKILL);
      }
    }
  }
  if (thread_.joinable()) thread_.join();
}

pid_t Postmaster::pid() const {
  const std::lock_guard lock(mutex_);
  return pid_;
}

int Postmaster::ends() const {
  const std::lock_guard lock(mutex_);
  return ends_;
}

void Postmaster::supervise() {
  for (;;) {
    try {
      run_once();
    } catch (const std::exception& failure) {
      progress_(failure.what());
    }
    std::unique_lock lock(mutex_);
    if (!is_stopping_) {
      ++ends_;
      changed_.notify_all();
      lock.unlock();
      pause_before_restart();
      lock.lock();
    }
    if (is_stopping_) {
      has_finished_ = true;
      changed_.notify_all();
      return;
    }
  }
}

void Postmaster::run_once() {
  const auto started_at = std::chrono::steady_clock::now();
  pid_t pid;
  {
    const std::lock_guard lock(mutex_);
    if (is_stopping_) return;
    pid = pid_ = start(child_);
  }
  // Without reaping first: until pid_ is cleared the number must not be given to another process.
  siginfo_t info;
  while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
  }
  int status = 0;
  bool is_unasked;
  {
    const std::lock_guard lock(mutex_);
    ::waitpid(pid, &status, 0);
    pid_ = 0;
    is_unasked = !is_stopping_;
  }
  const bool was_stable = std::chrono::steady_clock::now() - started_at >= stable_after;
  quick_ends_ = was_stable ? 0 : quick_ends_ + 1;
  if (is_unasked) progress_(fmt::format("PostgreSQL {}: starting it again", describe_end(status)));
}

void Postmaster::pause_before_restart() {
  const int doublings = std::clamp(quick_ends_ - 1, 0, 10);
  const auto pause =
      std::min<std::chrono::milliseconds>(first_pause * (1 << doublings), longest_pause);
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, pause, [this] { return is_stopping_; });
    if (is_stopping_) return;
  }
  // Backends that lost their postmaster end by themselves; a new one would refuse to start before.
  await_no_postgres_in(data_, leftover_patience, [](std::string_view) {});
  remove_stale_pid_file(data_);
}

}  // namespace frontdesk::db
