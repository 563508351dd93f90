#include "http/answer_head.hpp"

#include "http/http_date.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

std::string head_of(const Outgoing& answer, Persistence persistence = Persistence::implied) {
  std::string out;
  append_answer_head(out, answer, persistence, "Sun, 06 Nov 1994 08:49:37 GMT");
  return out;
}

TEST(AnswerHead, is_one_block_in_front_of_the_body) {
  EXPECT_EQ(head_of({.header_block = "X-A: 1\r\nX-B: 2\r\n", .body = "hello"}),
            "HTTP/1.1 200 OK\r\n"
            "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "Content-Length: 5\r\n"
            "X-A: 1\r\n"
            "X-B: 2\r\n"
            "\r\n");
}

TEST(AnswerHead, counts_a_shared_body) {
  Outgoing answer;
  answer.shared_body = std::make_shared<const std::string>("shared body");
  EXPECT_EQ(body_of(answer), "shared body");
  EXPECT_NE(head_of(answer).find("Content-Length: 11\r\n"), std::string::npos);
}

TEST(AnswerHead, keeps_the_length_where_no_body_follows) {
  EXPECT_NE(head_of({.body = "hello", .head_only = true}).find("Content-Length: 5\r\n"),
            std::string::npos);
  EXPECT_NE(head_of({.status = 201}).find("Content-Length: 0\r\n"), std::string::npos);
  EXPECT_EQ(head_of({.status = 204}).find("Content-Length"), std::string::npos);
}

TEST(AnswerHead, says_what_becomes_of_the_connection) {
  EXPECT_EQ(head_of({}).find("Connection"), std::string::npos);
  EXPECT_NE(head_of({}, Persistence::close).find("\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_NE(head_of({}, Persistence::keep_alive).find("\r\nConnection: keep-alive\r\n"),
            std::string::npos);
}

TEST(AnswerHead, every_status_of_R31_has_its_phrase) {
  for (const unsigned status :
       {200U, 201U, 202U, 204U, 304U, 400U, 401U, 403U, 404U, 405U, 408U, 409U,
        412U, 413U, 414U, 415U, 417U, 422U, 429U, 431U, 500U, 501U, 503U}) {
    const std::string line = head_of({.status = status});
    EXPECT_EQ(line.compare(0, 13, "HTTP/1.1 " + std::to_string(status) + " "), 0);
    EXPECT_NE(line[13], '\r') << status;
  }
}

TEST(HttpDate, is_the_example_of_RFC_9110) {
  EXPECT_EQ(format_http_date(std::chrono::sys_seconds{std::chrono::seconds{784111777}}),
            "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(HttpDate, the_clock_agrees_with_the_system) {
  DateClock clock;
  const auto before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::string now(clock.now());
  const auto after = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  EXPECT_TRUE(now == format_http_date(before) || now == format_http_date(after)) << now;
}

}  // namespace
}  // namespace frontdesk::http
