#include "http/descriptor_limit.hpp"
#include "http/loopback_server.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace frontdesk::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

std::string refusal_of(const std::string& address, std::uint16_t port) {
  try {
    const ListeningPort taken(address, port);
    return "taken";
  } catch (const Fault& fault) {
    return fault.what();
  }
}

TEST(ListeningPort, is_this_process_s_alone) {
  const ListeningPort port("127.0.0.1", 0);
  const auto number = port.endpoint().port();
  EXPECT_NE(number, 0);
  EXPECT_EQ(refusal_of("127.0.0.1", number),
            "cannot listen on 127.0.0.1:" + std::to_string(number) +
                ": another program, or another frontdesk, has this port");
}

TEST(ListeningPort, stays_alone_when_several_threads_listen) {
  asio::io_context io;
  ListeningPort port("127.0.0.1", 0);
  const TcpAcceptor first = port.open(io);
  const TcpAcceptor second = port.open(io);
  const TcpAcceptor third = port.open(io);
  EXPECT_EQ(first.local_endpoint(), third.local_endpoint());
  EXPECT_THAT(refusal_of("127.0.0.1", port.endpoint().port()), HasSubstr("has this port"));
}

TEST(ListeningPort, is_free_again_when_closed_though_connections_linger) {
  std::uint16_t number = 0;
  {
    LoopbackServer server;
    number = server.port();
    auto client = server.connect();
    EXPECT_EQ(client.ask(request("GET /", "Connection: close\r\n")).status,
              200U);  // TIME_WAIT is ours
  }
  EXPECT_EQ(refusal_of("127.0.0.1", number), "taken");
}

TEST(ListeningPort, takes_ipv6_and_refuses_what_is_no_address) {
  EXPECT_EQ(ListeningPort("::1", 0).endpoint().address().to_string(), "::1");
  EXPECT_EQ(refusal_of("localhost", 80),
            "cannot listen on localhost:80: the address is no IPv4 or IPv6 literal");
  EXPECT_THAT(refusal_of("203.0.113.1", 0),
              HasSubstr("203.0.113.1:0: this machine does not have this address"));
}

TEST(Listener, spreads_connections_over_threads_that_share_a_port) {
  ListeningPort port("127.0.0.1", 0);
  ConnectionCount count;
  SampleApplication application;
  asio::io_context io[2];
  Listener first(io[0], port, application, count, quick_limits());
  Listener second(io[1], port, application, count, quick_limits());
  first.start();
  second.start();
  std::vector<LoopbackClient> clients;
  for (int i = 0; i < 64; ++i) clients.emplace_back(port.endpoint().port());
  std::thread threads[2] = {std::thread([&] { io[0].run(); }), std::thread([&] { io[1].run(); })};
  for (auto& client : clients) EXPECT_EQ(client.ask(request("GET /")).status, 200U);
  for (auto& context : io) context.stop();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(first.open_connections() + second.open_connections(), 64U);
  EXPECT_GT(first.open_connections(), 0U);
  EXPECT_GT(second.open_connections(), 0U);
}

TEST(Listener, R43_answers_503_above_the_connection_limit) {
  LoopbackServer server(quick_limits(), 2);
  auto first = server.connect();
  auto second = server.connect();
  EXPECT_EQ(first.ask(request("GET /")).status, 200U);
  EXPECT_EQ(second.ask(request("GET /")).status, 200U);
  auto third = server.connect();
  EXPECT_EQ(third.ask(request("GET /")).status, 503U);
  EXPECT_TRUE(third.ends());
  EXPECT_EQ(server.count.refused(), 1U);
  first.close();
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.open() == 1; }));
  auto fourth = server.connect();
  EXPECT_EQ(fourth.ask(request("GET /")).status, 200U);
}

TEST(Listener, R43_tells_only_so_many_that_they_are_too_many) {
  auto limits = quick_limits();
  limits.refusals = 3;
  limits.linger = std::chrono::seconds{5};
  LoopbackServer server(limits, 0);
  std::vector<LoopbackClient> clients;
  int told = 0;
  for (int i = 0; i < 6; ++i) clients.push_back(server.connect());
  for (auto& client : clients) told += client.answer().status == 503 ? 1 : 0;
  EXPECT_EQ(told, 3);
}

/// What a server says of itself that had too few descriptors and then enough again.
int serve_with_few_descriptors() {
  constexpr rlim_t few = 24;
  const rlimit limit{.rlim_cur = few, .rlim_max = few};
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) return 10;
  LoopbackServer server;
  std::vector<LoopbackClient> clients;
  // Both ends are here: the clients take every descriptor before the server can accept them all.
  while (clients.size() < few) {
    auto client = server.connect();
    if (client.descriptor() < 0) break;
    clients.push_back(std::move(client));
  }
  if (!LoopbackServer::eventually([&] { return server.count.accept_failures() > 0; })) return 11;
  const std::size_t before = clients.size();
  auto last = std::move(clients.back());
  clients.clear();
  if (before < 3 || !last.connected()) return 12;
  return last.ask(request("GET /")).status == 200 ? 0 : 13;
}

TEST(Listener, R43_survives_a_lack_of_descriptors) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(serve_with_few_descriptors());
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(DescriptorLimit, R43_is_raised_to_what_the_process_may_have) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit few{.rlim_cur = 64, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  EXPECT_EQ(raise_descriptor_limit(), before.rlim_max);
  rlimit after{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &after), 0);
  EXPECT_EQ(after.rlim_cur, before.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &before);
}

TEST(Drain, R44_closes_idle_connections_at_once_and_refuses_new_ones) {
  LoopbackServer server;
  auto idle = server.connect();
  EXPECT_EQ(idle.ask(request("GET /")).status, 200U);
  auto drained = server.start_draining(std::chrono::minutes{5});
  EXPECT_TRUE(idle.ends());
  ASSERT_EQ(drained.wait_for(std::chrono::seconds{20}), std::future_status::ready);
  EXPECT_EQ(drained.get(), 0U);
  EXPECT_FALSE(server.connect().connected());
}

TEST(Drain, R44_finishes_what_is_in_flight_and_then_closes) {
  LoopbackServer server;
  auto handler = server.connect();
  auto body = server.connect();
  handler.send(request("POST /writes"));
  body.send(request("POST /echo", "Content-Length: 5\r\n") + "he");
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.admitted == 2; }));
  auto drained = server.start_draining(std::chrono::seconds{10});
  std::this_thread::sleep_for(milliseconds{50});
  const auto echo = body.ask("llo" + request("GET /"));
  EXPECT_EQ(echo.body, "hello");
  EXPECT_TRUE(echo.has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(body.ends());
  const auto written = handler.answer();
  EXPECT_EQ(written.status, 200U);
  EXPECT_TRUE(written.has("\r\nConnection: close\r\n"));
  body.close();
  handler.close();
  EXPECT_EQ(drained.get(), 0U);
  EXPECT_EQ(server.application.admitted, 2);
}

TEST(Drain, R44_serves_who_had_connected_before) {
  LoopbackServer server;
  std::vector<LoopbackClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(server.connect());
    clients.back().send(request("GET /"));
  }
  auto drained = server.start_draining(std::chrono::seconds{10});
  for (auto& client : clients) EXPECT_EQ(client.answer().status, 200U);
  clients.clear();
  EXPECT_EQ(drained.get(), 0U);
}

TEST(Drain, R44_cuts_what_is_left_after_its_limit) {
  LoopbackServer server;
  auto waiting = server.connect();
  auto half = server.connect();
  waiting.send(request("GET /waits"));
  half.send("GET / HT");
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.application.admitted == 1; }));
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.open() == 2; }));
  EXPECT_EQ(server.drain(milliseconds{100}), 0U);
  EXPECT_EQ(server.application.cancelled, 1);
  EXPECT_TRUE(waiting.ends());
  EXPECT_TRUE(half.ends());
}

}  // namespace
}  // namespace frontdesk::http
