// Bodies on a real connection: framing, limits, expectations, what becomes of unread ones.
#include "http/loopback_server.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

std::string post(std::string_view target, std::size_t length, std::string_view lines = "") {
  return request("POST " + std::string(target),
                 "Content-Length: " + std::to_string(length) + "\r\n" + std::string(lines));
}

std::string post_chunked(std::string_view target, std::string_view wire) {
  return request("POST " + std::string(target), "Transfer-Encoding: chunked\r\n") +
         std::string(wire);
}

TEST(Body, arrives_whole_by_length_and_by_chunks) {
  LoopbackServer server;
  auto client = server.connect();
  std::string body(100'000, 'x');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 7);
  EXPECT_EQ(client.ask(post("/echo", body.size()) + body).body, body);
  std::string chunks;
  for (std::size_t at = 0; at < body.size(); at += 1000)
    chunks += "3E8\r\n" + body.substr(at, 1000) + "\r\n";
  EXPECT_EQ(client.ask(post_chunked("/echo", chunks + "0\r\n\r\n")).body, body);
}

TEST(Body, R40_trailers_never_become_fields) {
  LoopbackServer server;
  auto client = server.connect();
  const auto answer = client.ask(post_chunked(
      "/fields", "1\r\nx\r\n0\r\nAuthorization: Bearer stolen\r\nHost: evil.test\r\n\r\n"));
  EXPECT_EQ(answer.body, "POST /fields\nhost: example.test\ntransfer-encoding: chunked\n");
  const auto next = client.ask(request("GET /fields"));
  EXPECT_EQ(next.body, "GET /fields\nhost: example.test\n");
}

TEST(Body, R40_broken_chunks_are_400_and_the_end) {
  for (const std::string wire :
       {"x\r\n\r\n\r\n", "5\r\nhello0\r\n\r\n", "1 \r\na\r\n0\r\n\r\n", "-1\r\n\r\n\r\n",
        "1\r\nabc\r\n0\r\n\r\n", "1\na\r\n0\r\n\r\n", "10000000000000000\r\n\r\n"}) {
    LoopbackServer server;
    auto client = server.connect();
    EXPECT_EQ(client.ask(post_chunked("/echo", wire) + request("GET /")).status, 400U) << wire;
    EXPECT_TRUE(client.ends()) << wire;
    EXPECT_THAT(server.application.rejections(), ElementsAre("malformed_request"));
  }
}

TEST(Body, a_declared_length_above_the_limit_is_413_before_the_body) {
  LoopbackServer server;
  auto client = server.connect();
  EXPECT_EQ(client.ask(post("/tiny", 10) + "0123456789").status, 200U);
  client.send(post("/tiny", 11));
  const auto answer = client.answer();
  EXPECT_EQ(answer.status, 413U);
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.ends());
}

TEST(Body, a_length_beyond_all_memory_is_413) {
  LoopbackServer server;
  auto client = server.connect();
  EXPECT_EQ(client.ask(request("POST /tiny", "Content-Length: 18446744073709551615\r\n")).status,
            413U);
}

TEST(Body, chunks_above_the_limit_are_413_at_the_chunk_that_exceeds_it) {
  LoopbackServer server;
  auto client = server.connect();
  EXPECT_EQ(client.ask(post_chunked("/tiny", "a\r\n0123456789\r\n0\r\n\r\n")).status, 200U);
  EXPECT_EQ(client.ask(post_chunked("/tiny", "a\r\n0123456789\r\n1\r\n")).status, 413U);
  EXPECT_TRUE(client.ends());
}

TEST(Body, a_client_that_sends_too_much_can_still_read_its_413) {
  LoopbackServer server;
  auto client = server.connect();
  const std::string body(4'000'000, 'x');
  EXPECT_TRUE(client.send(post("/echo", body.size()) + body));
  EXPECT_EQ(client.answer().status, 413U);
}

TEST(Body, R42_chunk_extensions_are_limited_in_total) {
  LoopbackServer server;
  auto client = server.connect();
  std::string chunks;
  for (int i = 0; i < 10; ++i) chunks += "1;x=" + std::string(1000, 'y') + "\r\nz\r\n";
  EXPECT_EQ(client.ask(post_chunked("/echo", chunks + "0\r\n\r\n")).status, 400U);
  EXPECT_TRUE(client.ends());
}

TEST(Body, says_100_only_to_who_expects_it_and_is_admitted) {
  LoopbackServer server;
  auto client = server.connect();
  client.send(post("/echo", 5, "Expect: 100-continue\r\n"));
  EXPECT_EQ(client.answer().head, "HTTP/1.1 100 Continue\r\n");
  EXPECT_EQ(client.ask("hello").body, "hello");
  client.send(post("/refused", 5, "Expect: 100-continue\r\n"));
  EXPECT_EQ(client.answer().status, 429U);
  EXPECT_TRUE(client.ends());  // whether the five bytes come is not known
}

TEST(Body, says_no_100_to_who_has_sent_its_body_or_has_none) {
  LoopbackServer server;
  auto client = server.connect();
  EXPECT_EQ(client.ask(post("/echo", 5, "Expect: 100-continue\r\n") + "hello").body, "hello");
  EXPECT_EQ(client.ask(request("GET /", "Expect: 100-continue\r\n")).body, "hello");
}

TEST(Body, another_expectation_is_417) {
  LoopbackServer server;
  auto client = server.connect();
  EXPECT_EQ(client.ask(post("/echo", 5, "Expect: 200-ok\r\n")).status, 417U);
  EXPECT_TRUE(client.ends());
}

TEST(Body, of_a_refused_request_is_skipped_when_small) {
  LoopbackServer server;
  auto client = server.connect();
  EXPECT_EQ(client.ask(post("/refused", 22) + "GET /smuggled HTTP/1.1").status, 429U);
  EXPECT_EQ(client.ask(post_chunked("/refused", "3\r\nabc\r\n0\r\n\r\n")).status, 429U);
  EXPECT_EQ(client.ask(request("GET /")).body, "hello");
  EXPECT_EQ(server.application.admitted, 3);
}

TEST(Body, of_a_refused_request_ends_the_connection_when_large) {
  LoopbackServer server;
  auto client = server.connect();
  const auto answer = client.ask(post("/refused", 70'000) + std::string(70'000, 'x'));
  EXPECT_EQ(answer.status, 429U);
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.ends());
}

TEST(Body, of_a_refused_request_gets_no_second_answer_when_broken) {
  LoopbackServer server;
  auto client = server.connect();
  EXPECT_EQ(client.ask(post_chunked("/refused", "zz\r\n\r\n\r\n") + request("GET /")).status, 429U);
  EXPECT_TRUE(client.ends());
  EXPECT_THAT(server.application.rejections(), ElementsAre());
  EXPECT_EQ(server.application.admitted, 1);
}

}  // namespace
}  // namespace frontdesk::http
