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
    changed_.wait_for(lock, 20s, [this] { return is_over_; });
    ++answers_;
  }
  int answers() {
    const std::lock_guard lock(mutex_);
    return answers_;
  }
  void end() {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int answers_ = 0;
  bool is_over_ = false;
};

// Never destroyed: whoever was left behind may still ask it.
SilentNameServer& name_server() {
  static auto& server = *new SilentNameServer;
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
  EXPECT_EQ(name_server().answers(), 0) << "it was waited for";
  name_server().end();
}

}  // namespace
}  // namespace frontdesk::outbound
