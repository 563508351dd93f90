// R43 with short limits: what is slow ends, and what is not does not.
#include "http/loopback_server.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

ConnectionLimits limits_with(milliseconds ConnectionLimits::* limit, int value_ms) {
  ConnectionLimits limits = quick_limits();
  limits.*limit = milliseconds{value_ms};
  return limits;
}

TEST(TimeLimit, R43_a_slow_head_is_408) {
  LoopbackServer server(limits_with(&ConnectionLimits::head, 100));
  auto client = server.connect();
  const auto answer = client.ask("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(answer.status, 408U);
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.ends());
}

TEST(TimeLimit, R43_a_head_that_drips_is_408_too) {
  LoopbackServer server(limits_with(&ConnectionLimits::head, 100));
  auto client = server.connect();
  client.send("GET / HTTP/1.1\r\n");
  for (int i = 0; i < 500 && client.send("X-Drip: 1\r\n"); ++i) {
    std::this_thread::sleep_for(milliseconds{5});
    if (!server.application.rejections().empty()) break;
  }
  EXPECT_EQ(client.answer().status, 408U);
}

TEST(TimeLimit, R43_an_idle_connection_closes_in_silence) {
  LoopbackServer server(limits_with(&ConnectionLimits::keep_alive, 100));
  auto unused = server.connect();
  auto used = server.connect();
  EXPECT_EQ(used.ask(request("GET /")).status, 200U);
  EXPECT_TRUE(unused.ends());
  EXPECT_TRUE(used.ends());
  EXPECT_THAT(server.application.rejections(), ElementsAre());
}

TEST(TimeLimit, R43_empty_lines_keep_no_connection_alive) {
  LoopbackServer server(limits_with(&ConnectionLimits::keep_alive, 100));
  auto client = server.connect();
  int sent = 0;
  while (sent < 2000 && client.send("\r\n")) {
    ++sent;
    std::this_thread::sleep_for(milliseconds{5});
  }
  EXPECT_LT(sent, 2000);
}

TEST(TimeLimit, R43_the_wait_for_the_next_request_is_not_the_time_of_its_head) {
  LoopbackServer server(limits_with(&ConnectionLimits::head, 50));
  auto client = server.connect();
  std::this_thread::sleep_for(milliseconds{150});
  EXPECT_EQ(client.ask(request("GET /")).status, 200U);
  std::this_thread::sleep_for(milliseconds{150});
  EXPECT_EQ(client.ask(request("GET /")).status, 200U);
}

TEST(TimeLimit, R43_a_slow_body_is_408) {
  LoopbackServer server(limits_with(&ConnectionLimits::body, 100));
  for (const std::string lines : {"Content-Length: 9\r\n", "Transfer-Encoding: chunked\r\n"}) {
    auto client = server.connect();
    EXPECT_EQ(client.ask(request("POST /echo", lines) + "4\r\n").status, 408U);
    EXPECT_TRUE(client.ends());
  }
}

TEST(TimeLimit, R43_a_client_that_does_not_read_is_dropped) {
  LoopbackServer server(limits_with(&ConnectionLimits::write, 100));
  auto client = server.connect();
  client.send(request("GET /large"));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.accepted() == 1; }));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.open() == 0; }));
  EXPECT_EQ(client.answer().status, 0U);  // what was sent is not the whole of it
}

TEST(TimeLimit, R43_a_read_that_takes_too_long_is_cancelled_and_its_answer_sent) {
  LoopbackServer server(limits_with(&ConnectionLimits::handler, 100));
  auto client = server.connect();
  EXPECT_EQ(client.ask(request("GET /waits")).status, 200U);
  EXPECT_EQ(server.application.cancelled, 1);
  EXPECT_EQ(client.ask(request("GET /")).status, 200U);  // the next one is not cancelled with it
}

TEST(TimeLimit, R43_a_write_is_answered_503_and_goes_on_to_its_end) {
  auto limits = limits_with(&ConnectionLimits::handler, 50);
  limits.handler_grace = milliseconds{50};
  LoopbackServer server(limits);
  server.application.write_time = milliseconds{600};
  auto client = server.connect();
  EXPECT_EQ(client.ask(request("POST /writes")).status, 503U);
  EXPECT_EQ(server.application.completed, 0);
  EXPECT_TRUE(client.ends());
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.completed == 1; }));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.open() == 0; }));
}

TEST(TimeLimit, R43_a_read_that_ignores_its_cancellation_is_answered_503) {
  auto limits = limits_with(&ConnectionLimits::handler, 50);
  limits.handler_grace = milliseconds{50};
  LoopbackServer server(limits);
  server.application.write_time = milliseconds{600};
  auto client = server.connect();
  EXPECT_EQ(client.ask(request("GET /stubborn")).status, 503U);
  EXPECT_TRUE(client.ends());
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.open() == 0; }));
}

TEST(ClientGone, cancels_a_read) {
  LoopbackServer server;
  auto client = server.connect();
  client.send(request("GET /waits"));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.admitted == 1; }));
  client.close();
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.cancelled == 1; }));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.open() == 0; }));
}

TEST(ClientGone, is_seen_behind_requests_sent_ahead) {
  LoopbackServer server;
  auto client = server.connect();
  client.send(request("GET /waits") +
              request("GET /", "X-Fill: " + std::string(5000, 'f') + "\r\n") +
              std::string(100'000, 'G'));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.admitted == 1; }));
  client.close();
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.cancelled == 1; }));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.open() == 0; }));
  EXPECT_EQ(server.application.admitted, 1);
}

TEST(ClientGone, is_seen_when_it_resets) {
  LoopbackServer server;
  auto client = server.connect();
  client.send(request("GET /waits"));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.admitted == 1; }));
  client.reset();
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.cancelled == 1; }));
}

TEST(ClientGone, leaves_a_write_alone) {
  LoopbackServer server;
  auto client = server.connect();
  client.send(request("POST /writes"));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.admitted == 1; }));
  client.close();
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.completed == 1; }));
}

TEST(ClientGone, does_not_trouble_who_sends_ahead_and_stays) {
  LoopbackServer server;
  server.application.write_time = milliseconds{100};
  auto client = server.connect();
  client.send(request("GET /stubborn") + request("GET /"));
  EXPECT_EQ(client.answer().body, "hello");
  EXPECT_EQ(client.answer().body, "hello");
}

}  // namespace
}  // namespace frontdesk::http
