// A connection's ordinary life: requests one after the other, as they may arrive.
#include "http/loopback_server.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

TEST(Connection, answers_and_stays_open) {
  LoopbackServer server;
  auto client = server.connect();
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.ask(request("GET /"));
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.body, "hello");
    EXPECT_TRUE(answer.head.starts_with("HTTP/1.1 200 OK\r\nDate: "));
    EXPECT_TRUE(answer.has("\r\nX-Sample: 1\r\n"));
    EXPECT_FALSE(answer.has("Connection:"));
  }
  EXPECT_EQ(server.count.open(), 1U);
  EXPECT_EQ(server.count.accepted(), 1U);
}

TEST(Connection, answers_pipelined_requests_in_order) {
  LoopbackServer server;
  auto client = server.connect();
  std::string burst;
  for (int i = 0; i < 50; ++i) {
    const std::string body = "number " + std::to_string(i);
    burst +=
        request("POST /echo", "Content-Length: " + std::to_string(body.size()) + "\r\n") + body;
  }
  client.send(burst);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.answer().body, "number " + std::to_string(i));
}

TEST(Connection, pipelines_more_than_its_buffer_holds) {
  LoopbackServer server;
  auto client = server.connect();
  const std::string body(5000, 'b');
  std::string burst;
  for (int i = 0; i < 20; ++i) {
    burst += request("POST /echo",
                     "X-Fill: " + std::string(3000, 'f') + "\r\nContent-Length: 5000\r\n") +
             body;
  }
  client.send(burst);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.answer().body, body);
}

TEST(Connection, mixes_bodies_of_both_framings_in_one_pipeline) {
  LoopbackServer server;
  auto client = server.connect();
  client.send(request("POST /echo", "Transfer-Encoding: chunked\r\n") + "2\r\nab\r\n0\r\n\r\n" +
              request("GET /") + request("POST /echo", "Content-Length: 2\r\n") + "cd" +
              request("GET /"));
  EXPECT_EQ(client.answer().body, "ab");
  EXPECT_EQ(client.answer().body, "hello");
  EXPECT_EQ(client.answer().body, "cd");
  EXPECT_EQ(client.answer().body, "hello");
}

TEST(Connection, takes_a_request_byte_by_byte) {
  LoopbackServer server;
  auto client = server.connect();
  const std::string wire = request("POST /echo", "Transfer-Encoding: chunked\r\n") +
                           "3;x=y\r\nabc\r\n0\r\nX-T: 1\r\n\r\n";
  for (const char byte : wire) {
    ASSERT_TRUE(client.send({&byte, 1}));
    std::this_thread::sleep_for(std::chrono::microseconds{200});
  }
  EXPECT_EQ(client.answer().body, "abc");
  EXPECT_EQ(client.ask(request("GET /")).status, 200U);
}

TEST(Connection, ignores_empty_lines_before_a_request) {
  LoopbackServer server;
  auto client = server.connect();
  EXPECT_EQ(client.ask("\r\n\r\n" + request("GET /")).status, 200U);
  client.send("\r");
  std::this_thread::sleep_for(milliseconds{20});
  EXPECT_EQ(client.ask("\n" + request("GET /")).status, 200U);
}

TEST(Connection, hands_over_names_in_lower_case_and_the_host_of_an_absolute_target) {
  LoopbackServer server;
  auto client = server.connect();
  const auto answer = client.ask(
      "GET http://other.test/fields HTTP/1.1\r\nHOST: example.test\r\nX-MiXed:  Value \r\n\r\n");
  EXPECT_EQ(answer.body, "GET /fields\nhost: other.test\nx-mixed: Value\n");
}

TEST(Connection, sends_no_body_to_HEAD_but_its_length) {
  LoopbackServer server;
  auto client = server.connect();
  client.send(request("HEAD /"));
  const auto answer = client.answer(true);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_TRUE(answer.has("\r\nContent-Length: 5\r\n"));
  EXPECT_EQ(client.ask(request("GET /")).body, "hello");  // nothing was left in between
}

TEST(Connection, sends_no_body_to_HEAD_with_a_refusal_either) {
  LoopbackServer server;
  auto client = server.connect();
  client.send(request("HEAD /refused"));
  const auto answer = client.answer(true);
  EXPECT_EQ(answer.status, 429U);
  EXPECT_TRUE(answer.has("\r\nContent-Length: 9\r\n"));
  EXPECT_EQ(client.ask(request("GET /")).body, "hello");
}

TEST(Connection, sends_neither_body_nor_length_with_204) {
  LoopbackServer server;
  auto client = server.connect();
  const auto answer = client.ask(request("GET /empty"));
  EXPECT_EQ(answer.status, 204U);
  EXPECT_FALSE(answer.has("Content-Length"));
  EXPECT_EQ(client.ask(request("GET /")).status, 200U);
}

TEST(Connection, closes_when_the_client_asks_for_it) {
  LoopbackServer server;
  auto client = server.connect();
  const auto answer = client.ask(request("GET /", "Connection: close\r\n") + request("GET /"));
  EXPECT_EQ(answer.status, 200U);
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.ends());
  EXPECT_EQ(server.application.admitted, 1);
}

TEST(Connection, closes_when_the_application_asks_for_it) {
  LoopbackServer server;
  auto client = server.connect();
  const auto answer = client.ask(request("GET /close"));
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.ends());
}

TEST(Connection, HTTP_1_0_stays_open_only_on_request) {
  LoopbackServer server;
  auto client = server.connect();
  client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(client.answer().has("\r\nConnection: keep-alive\r\n"));
  EXPECT_TRUE(client.ask("GET / HTTP/1.0\r\n\r\n").has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.ends());
}

TEST(Connection, delivers_an_answer_larger_than_the_sockets_buffer) {
  LoopbackServer server;
  auto client = server.connect();
  client.send(request("GET /large"));
  std::this_thread::sleep_for(milliseconds{50});  // the server meets a full buffer
  EXPECT_EQ(client.answer().body.size(), std::size_t{8} * 1024 * 1024);
  EXPECT_EQ(client.ask(request("GET /")).body, "hello");
}

TEST(Connection, R40_answers_a_bad_head_once_and_closes) {
  LoopbackServer server;
  auto client = server.connect();
  const auto answer =
      client.ask(request("GET /", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n") +
                 request("GET /") + request("GET /"));
  EXPECT_EQ(answer.status, 400U);
  EXPECT_EQ(answer.body, "malformed_request 127.0.0.1");
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.ends());
  EXPECT_EQ(server.application.admitted, 0);
  EXPECT_THAT(server.application.rejections(), ElementsAre("malformed_request"));
}

TEST(Connection, R42_answers_long_heads_and_targets_while_they_arrive) {
  LoopbackServer server;
  auto head = server.connect();
  EXPECT_EQ(head.ask("GET / HTTP/1.1\r\nX: " + std::string(100'000, 'a')).status, 431U);
  EXPECT_TRUE(head.ends());
  auto target = server.connect();
  EXPECT_EQ(target.ask("GET /" + std::string(100'000, 'a')).status, 414U);
  EXPECT_TRUE(target.ends());
}

TEST(Connection, answers_500_itself_when_the_application_throws) {
  LoopbackServer server;
  auto client = server.connect();
  EXPECT_EQ(client.ask(request("GET /throws")).status, 500U);
  EXPECT_TRUE(client.ends());
}

TEST(Connection, forgets_a_client_that_leaves_between_or_within_requests) {
  LoopbackServer server;
  {
    auto idle = server.connect();
    auto in_head = server.connect();
    auto in_body = server.connect();
    auto reset = server.connect();
    idle.ask(request("GET /"));
    in_head.send("GET / HT");
    in_body.send(request("POST /echo", "Content-Length: 9\r\n") + "part");
    reset.send("GET / HT");
    EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.open() == 4; }));
    reset.reset();
  }
  EXPECT_TRUE(LoopbackServer::eventually([&] { return server.count.open() == 0; }));
  EXPECT_THAT(server.application.rejections(), ElementsAre());
}

}  // namespace
}  // namespace frontdesk::http
