// The program's own getaddrinfo, as libcurl finds it: one name hangs as it does where name servers
// drop packets, the others are the C library's.
#include "outbound/http_client.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string_view>

#include <boost/asio/co_spawn.hpp>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

namespace {

using namespace std::chrono_literals;

class SilentNameServer {
 public:
  void ask() {
    std::unique_lock lock(mutex_);
    ++asking_;
    changed_.notify_all();
    changed_.wait_for(lock, 20s, [this] { return is_over_; });
    --asking_;
    changed_.notify_all();
  }
  bool is_asked() {
    const std::lock_guard lock(mutex_);
    return asking_ > 0;
  }
  void end() {
    std::unique_lock lock(mutex_);
    is_over_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return asking_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int asking_ = 0;
  bool is_over_ = false;
};

SilentNameServer& name_server() {
  static SilentNameServer server;
  return server;
}

}  // namespace

extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** found) {
  if (name != nullptr && std::string_view(name) == "hangs.test") {
    name_server().ask();
    return EAI_AGAIN;
  }
  static const auto c_library =
      reinterpret_cast<decltype(&getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  return c_library(name, service, hints, found);
}

namespace frontdesk::outbound {
namespace {

TEST(HttpClientNames, R72_a_name_server_that_hangs_is_not_waited_for) {
  asio::io_context io{1};
  Transfers transfers{io};
  HttpClient client{io, transfers, ""};
  std::optional<std::expected<HttpAnswer, HttpFailure>> result;
  asio::co_spawn(io, client.perform({.url = "http://hangs.test/"}, deadline_in(200ms)),
                 [&](std::exception_ptr, std::expected<HttpAnswer, HttpFailure> answer) {
                   result = std::move(answer);
                 });
  while (!result) io.run_one();
  EXPECT_FALSE(result->has_value());
  EXPECT_TRUE(name_server().is_asked()) << "it was waited for";
  name_server().end();
}

}  // namespace
}  // namespace frontdesk::outbound
