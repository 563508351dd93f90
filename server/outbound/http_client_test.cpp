#include "outbound/http_client.hpp"

#include <atomic>
#include <functional>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

namespace frontdesk::outbound {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;
using Kind = HttpFailure::Kind;
using ::testing::HasSubstr;

// Answers each request on each connection with `respond(request head)`; an empty answer is none.
class TestServer {
 public:
  explicit TestServer(std::function<std::string(const std::string&)> respond)
      : acceptor_(io_, {asio::ip::make_address("127.0.0.1"), 0}), thread_([this, respond] {
          while (!stopping_) {
            tcp::socket socket(io_);
            boost::system::error_code failure;
            acceptor_.accept(socket, failure);
            if (failure || stopping_) return;
            ++connections;
            open_ = socket.native_handle();
            std::string input;
            while (true) {
              const auto size =
                  asio::read_until(socket, asio::dynamic_buffer(input), "\r\n\r\n", failure);
              if (failure) break;
              const auto answer = respond(input.substr(0, size));
              input.erase(0, size);
              if (!answer.empty()) asio::write(socket, asio::buffer(answer), failure);
            }
          }
        }) {}
  ~TestServer() {
    stopping_ = true;
    if (open_ >= 0) ::shutdown(open_, SHUT_RDWR);
    asio::io_context io;
    tcp::socket(io).connect(acceptor_.local_endpoint());
    thread_.join();
  }
  [[nodiscard]] std::string url() const {
    return fmt::format("http://127.0.0.1:{}/path?q", acceptor_.local_endpoint().port());
  }
  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  std::atomic<int> connections = 0;

 private:
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> open_ = -1;
  std::thread thread_;
};

class HttpClientTest : public ::testing::Test {
 protected:
  std::expected<HttpAnswer, HttpFailure> perform(HttpRequest request,
                                                 std::chrono::milliseconds limit = 5s) {
    return perform(client, std::move(request), limit);
  }

  std::expected<HttpAnswer, HttpFailure> perform(HttpClient& by, HttpRequest request,
                                                 std::chrono::milliseconds limit = 5s) {
    std::expected<HttpAnswer, HttpFailure> result;
    bool done = false;
    asio::co_spawn(io, by.perform(std::move(request), deadline_in(limit)),
                   [&](std::exception_ptr, std::expected<HttpAnswer, HttpFailure> answer) {
                     result = std::move(answer);
                     done = true;
                   });
    io.restart();
    while (!done) io.run_one();
    return result;
  }

  asio::io_context io{1};
  Transfers transfers{io};
  HttpClient client{io, transfers, "", {.circuit = {.failures = 3, .first_pause = 1h}}};
};

std::string answer_with(std::string_view status, std::string_view body,
                        std::string_view headers = "") {
  return fmt::format("HTTP/1.1 {}\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(), headers,
                     body);
}

TEST_F(HttpClientTest, asks_and_reads_and_uses_its_connection_again) {
  std::string asked;
  TestServer server([&](const std::string& head) {
    asked = head;
    return answer_with("200 OK", "hello", "Retry-After: 7\r\n");
  });
  for (int i = 0; i < 3; ++i) {
    const auto answer = perform({.url = server.url(), .headers = {{"X-Test", "yes"}}});
    ASSERT_TRUE(answer) << answer.error().reason;
    EXPECT_EQ(answer->status, 200U);
    EXPECT_EQ(answer->body, "hello");
    EXPECT_EQ(answer->header("retry-after"), "7");
  }
  EXPECT_THAT(asked, HasSubstr("GET /path?q HTTP/1.1\r\n"));
  EXPECT_THAT(asked, HasSubstr("X-Test: yes\r\n"));
  EXPECT_EQ(server.connections, 1);
}

TEST_F(HttpClientTest, R34_connects_to_the_address_that_was_checked_and_follows_nobody) {
  std::string asked;
  TestServer server([&](const std::string& head) {
    asked = head;
    return answer_with("302 Found", "", "Location: http://127.0.0.1:1/inside\r\n");
  });
  const auto answer = perform(
      {.url = fmt::format("http://hooks.example.test:{}/", server.port()), .address = "127.0.0.1"});
  ASSERT_TRUE(answer) << answer.error().reason;
  EXPECT_EQ(answer->status, 302U);
  EXPECT_THAT(asked, HasSubstr("Host: hooks.example.test"));
}

TEST_F(HttpClientTest, R34_a_name_that_leads_to_this_machine_is_not_called_unless_that_is_allowed) {
  TestServer server([](const std::string&) { return answer_with("200 OK", ""); });
  Transfers guarded{io, Reach()};
  HttpClient outside(io, guarded, "", {.circuit = {.failures = 100}});
  for (const auto* host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]",
                           "[::ffff:127.0.0.1]", "0.0.0.0"}) {
    const auto answer =
        perform(outside, {.url = fmt::format("http://{}:{}/", host, server.port())});
    ASSERT_FALSE(answer) << host;
    EXPECT_EQ(answer.error().kind, Kind::out_of_reach) << host << ": " << answer.error().reason;
  }
  EXPECT_EQ(server.connections, 0);
  Transfers own{io, *Reach::with({"127.0.0.0/8"})};
  HttpClient inside(io, own, "");
  EXPECT_TRUE(perform(inside, {.url = fmt::format("http://localhost:{}/", server.port())}));
}

TEST_F(HttpClientTest, R72_an_answer_that_is_too_large_or_too_late_is_none) {
  TestServer large(
      [](const std::string&) { return answer_with("200 OK", std::string(5000, 'x')); });
  EXPECT_EQ(perform({.url = large.url(), .most_bytes = 4999}).error().kind, Kind::too_large);
  EXPECT_TRUE(perform({.url = large.url(), .most_bytes = 5000}));
  TestServer silent([](const std::string&) { return std::string(); });
  EXPECT_EQ(perform({.url = silent.url()}, 200ms).error().kind, Kind::timed_out);
}

TEST_F(HttpClientTest, I8_what_was_sent_and_not_answered_may_have_arrived) {
  TestServer silent([](const std::string&) { return std::string(); });
  const auto late = perform({.method = "POST", .url = silent.url(), .body = "a=b"}, 200ms);
  EXPECT_TRUE(late.error().may_have_arrived);
  HttpClient other(io, transfers, "");
  TestServer cut([](const std::string&) {
    return std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
  });
  EXPECT_TRUE(perform(other, {.url = cut.url()}, 200ms).error().may_have_arrived);
  EXPECT_FALSE(perform(other, {.url = "http://127.0.0.1:1/"}).error().may_have_arrived);
  asio::io_context mute;
  const tcp::acceptor listens(mute, {asio::ip::make_address("127.0.0.1"), 0});
  const auto tls = fmt::format("https://127.0.0.1:{}/", listens.local_endpoint().port());
  const auto early = perform(other, {.url = tls}, 200ms);
  EXPECT_EQ(early.error().kind, Kind::timed_out);
  EXPECT_FALSE(early.error().may_have_arrived) << "TLS never stood";
}

TEST_F(HttpClientTest, R72_its_circuit_opens_after_failures_of_the_service) {
  TestServer broken([](const std::string&) { return answer_with("503 Busy", ""); });
  for (int i = 0; i < 3; ++i) EXPECT_EQ(perform({.url = broken.url()})->status, 503U);
  EXPECT_EQ(perform({.url = broken.url()}).error().kind, Kind::not_tried);
}

TEST_F(HttpClientTest, nobody_listens_and_other_protocols_are_refused) {
  EXPECT_EQ(perform({.url = "http://127.0.0.1:1/"}).error().kind, Kind::no_connection);
  EXPECT_FALSE(perform({.url = "file:///etc/passwd"}));
}

}  // namespace
}  // namespace frontdesk::outbound
