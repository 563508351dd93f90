#pragma once

#include "http/exchange.hpp"
#include "http/listener.hpp"
#include "http/loopback_client.hpp"
#include "http/response.hpp"
#include "http/tcp.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_future.hpp>

namespace frontdesk::http {

/// For tests: an Application whose answers depend on the target alone.
///
/// `/echo` the body (at most 100 KB; `/tiny` 10 bytes) · `/fields` method, target and fields ·
/// `/refused` 429 from admit · `/empty` 204 · `/close` · `/large` 8 MB · `/throws` ·
/// `/waits` until cancelled, `/writes` and `/stubborn` for `write_time`, whatever happens, the
/// latter although it should heed its client · anything else `hello`.
class SampleApplication : public Application {
 public:
  std::atomic<int> admitted{0};
  std::atomic<int> cancelled{0};  ///< handlers of `/waits`
  std::atomic<int> completed{0};  ///< handlers of `/writes` and `/stubborn`
  std::chrono::milliseconds write_time{300};

  /// The codes of the requests that never became one.
  std::vector<std::string> rejections() {
    const std::lock_guard lock(mutex_);
    return rejections_;
  }

  Task<std::variant<Admitted, Outgoing>> admit(RequestHead head) override {
    ++admitted;
    if (head.target == "/refused") co_return Outgoing{.status = 429, .body = "slow down"};
    const std::size_t limit = head.target == "/tiny" ? 10 : std::size_t{100} * 1024;
    const bool heeds_client = head.target == "/waits" || head.target == "/stubborn";
    auto state = std::make_unique<Kept>();
    state->head = std::move(head);
    co_return Admitted{std::move(state), limit, heeds_client};
  }

  Task<Outgoing> answer(std::unique_ptr<Admission> state, std::string body) override {
    const RequestHead head = std::move(static_cast<Kept&>(*state).head);
    const bool head_only = head.method == "HEAD";
    if (head.target == "/throws") throw std::runtime_error("a bug");
    if (head.target == "/waits") co_await wait();
    if (head.target == "/writes" || head.target == "/stubborn") co_await write();
    if (head.target == "/empty") co_return Outgoing{.status = 204};
    if (head.target == "/close") co_return Outgoing{.body = "bye", .close = true};
    if (head.target == "/large") co_return Outgoing{.shared_body = large_};
    if (head.target == "/echo" || head.target == "/tiny")
      co_return Outgoing{.body = std::move(body)};
    if (head.target == "/fields") co_return Outgoing{.body = listing(head)};
    co_return Outgoing{.header_block = "X-Sample: 1\r\n", .body = "hello", .head_only = head_only};
  }

  Outgoing reject(const Error& error, std::string_view peer_address) override {
    const std::lock_guard lock(mutex_);
    rejections_.push_back(error.code);
    return {.status = status_of(error.kind), .body = error.code + " " + std::string(peer_address)};
  }

 private:
  struct Kept : Admission {
    RequestHead head;
  };

  static std::string listing(const RequestHead& head) {
    std::string text = head.method + " " + head.target + "\n";
    for (const auto& [name, value] : head.fields) text += name + ": " + value + "\n";
    return text;
  }

  Task<void> wait() {
    SteadyTimer timer(co_await asio::this_coro::executor, std::chrono::minutes{1});
    const auto [error] = co_await timer.async_wait(as_result);
    if (error) ++cancelled;
  }

  Task<void> write() {
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await asio::this_coro::throw_if_cancelled(false);
    SteadyTimer timer(co_await asio::this_coro::executor, write_time);
    co_await timer.async_wait(as_result);
    ++completed;
    co_await asio::this_coro::throw_if_cancelled(true);
    co_await asio::this_coro::reset_cancellation_state();
  }

  std::shared_ptr<const std::string> large_ =
      std::make_shared<const std::string>(std::size_t{8} * 1024 * 1024, 'x');
  std::mutex mutex_;
  std::vector<std::string> rejections_;
};

/// Limits short enough for a test, long enough for a busy machine.
inline ConnectionLimits quick_limits() {
  using std::chrono::milliseconds;
  ConnectionLimits limits;
  limits.tick = milliseconds{10};
  limits.accept_pause = milliseconds{10};
  limits.linger = milliseconds{500};
  return limits;
}

/// For tests: a listener on 127.0.0.1 with a thread of its own and the SampleApplication behind it.
class LoopbackServer {
 public:
  explicit LoopbackServer(const ConnectionLimits& limits = quick_limits(),
                          std::size_t connection_limit = 1000)
      : count(connection_limit),
        port_("127.0.0.1", 0),
        listener_(std::make_unique<Listener>(io_, port_, application, count, limits)),
        thread_([this] { io_.run(); }) {
    on_thread([this] { listener_->start(); });
  }
  ~LoopbackServer() {
    if (!drained_) drain(std::chrono::milliseconds{0});
    work_.reset();
    thread_.join();
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_.endpoint().port(); }
  LoopbackClient connect() const { return LoopbackClient(port()); }

  std::future<std::size_t> start_draining(std::chrono::milliseconds limit) {
    drained_ = true;
    return asio::co_spawn(io_, drain_listener(listener_.get(), limit), asio::use_future);
  }
  /// How many connections were left.
  std::size_t drain(std::chrono::milliseconds limit) { return start_draining(limit).get(); }

  std::size_t open_connections() {
    std::size_t open = 0;
    on_thread([&] { open = listener_->open_connections(); });
    return open;
  }

  /// Waits up to ten seconds for what another thread brings about.
  static bool eventually(const std::function<bool()>& condition) {
    const auto deadline = deadline_in(std::chrono::seconds{10});
    while (!condition()) {
      if (SteadyClock::now() > deadline) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    return true;
  }

  SampleApplication application;
  ConnectionCount count;

 private:
  static Task<std::size_t> drain_listener(Listener* listener, std::chrono::milliseconds limit) {
    co_return co_await listener->drain(limit);
  }

  void on_thread(const std::function<void()>& work) {
    std::promise<void> done;
    asio::post(io_, [&] {
      work();
      done.set_value();
    });
    done.get_future().get();
  }

  asio::io_context io_;
  asio::executor_work_guard<Executor> work_ = asio::make_work_guard(io_);
  ListeningPort port_;
  std::unique_ptr<Listener> listener_;
  bool drained_ = false;
  std::thread thread_;
};

}  // namespace frontdesk::http
