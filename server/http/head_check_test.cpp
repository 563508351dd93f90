// The rules of RFC 9112 that a head must keep. Framing (Content-Length, Transfer-Encoding) has a
// file of its own: smuggling_test.cpp.
#include "http/head_check.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

/// A head of HTTP/1.1 with a Host and these further lines, each without its CRLF.
std::string head_with(const std::vector<std::string>& lines) {
  std::string head = "GET /path?query HTTP/1.1\r\nHost: example.test\r\n";
  for (const auto& line : lines) head += line + "\r\n";
  return head + "\r\n";
}

std::string with_request_line(const std::string& line) {
  return line + "\r\nHost: example.test\r\n\r\n";
}

/// The code of the refusal, `accepted` where there is none.
std::string outcome(std::string_view head) {
  const auto checked = check_head(head);
  return checked ? "accepted" : checked.error().code;
}

TEST(HeadCheck, reads_the_example_of_RFC_9112_section_2_1) {
  const auto head = check_head(
      "GET /hello.txt HTTP/1.1\r\n"
      "User-Agent: curl/7.64.1\r\n"
      "Host: www.example.com\r\n"
      "Accept-Language: en, mi\r\n"
      "\r\n");
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->request.method, "GET");
  EXPECT_EQ(head->request.target, "/hello.txt");
  EXPECT_EQ(head->request.field("host"), "www.example.com");
  EXPECT_EQ(head->request.field("user-agent"), "curl/7.64.1");
  EXPECT_EQ(head->request.field("accept-language"), "en, mi");
  EXPECT_EQ(head->request.fields.size(), 3U);
  EXPECT_FALSE(head->body.has_body());
  EXPECT_TRUE(head->keep_alive);
  EXPECT_FALSE(head->is_http_1_0);
}

TEST(HeadCheck, trims_values_and_lowers_names) {
  const auto head = check_head(head_with({"X-MiXeD: \t a  b \t", "Empty:", "Blank: \t "}));
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->request.field("x-mixed"), "a  b");
  EXPECT_EQ(head->request.field("empty"), "");
  EXPECT_EQ(head->request.field("blank"), "");
  EXPECT_EQ(head->request.field("absent"), "");
}

TEST(HeadCheck, R40_refuses_request_lines_that_are_not_three_parts) {
  for (const std::string line :
       {"", "GET", "GET ", "GET /", "GET / ", "GET  HTTP/1.1", " GET / HTTP/1.1", "GET  / HTTP/1.1",
        "GET /  HTTP/1.1", "GET / HTTP/1.1 ", "GET\t/ HTTP/1.1", "GET /\tHTTP/1.1",
        "GET / HTTP/1.1 x", "GET /a b HTTP/1.1", "GET / HTTP/1.1\t"}) {
    EXPECT_EQ(outcome(with_request_line(line)), "malformed_request") << line;
  }
}

TEST(HeadCheck, R40_refuses_methods_that_are_not_tokens) {
  for (const std::string method :
       {"G(T", "GET,", "G@T", "\"GET\"", "G\x01T", "G\xc3\xa9T", "GET:"}) {
    EXPECT_EQ(outcome(with_request_line(method + " / HTTP/1.1")), "malformed_request") << method;
  }
  for (const std::string method : {"GET", "get", "M-SEARCH", "X!#$%&'*+-.^_`|~9"}) {
    EXPECT_EQ(outcome(with_request_line(method + " / HTTP/1.1")), "accepted") << method;
  }
}

TEST(HeadCheck, R40_refuses_versions_other_than_1_0_and_1_1) {
  for (const std::string version :
       {"HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/2", "HTTP/3.0", "http/1.1", "HTTP/1.10",
        "HTTP/01.1", "HTTP/1,1", "HTTP/1.", "HTTP /1.1", "HTTPS/1.1", "HTTP/1.1\v", "ICY/1.1"}) {
    EXPECT_EQ(outcome(with_request_line("GET / " + version)), "malformed_request") << version;
  }
  EXPECT_EQ(outcome("PRI * HTTP/2.0\r\n\r\n"), "malformed_request");
}

TEST(HeadCheck, R40_refuses_folded_lines) {
  EXPECT_EQ(outcome(head_with({"X-A: 1", " 2"})), "malformed_request");
  EXPECT_EQ(outcome(head_with({"X-A: 1", "\t2"})), "malformed_request");
  EXPECT_EQ(outcome(head_with({"X-A:", " Transfer-Encoding: chunked"})), "malformed_request");
  EXPECT_EQ(outcome("GET / HTTP/1.1\r\n Host: example.test\r\n\r\n"), "malformed_request");
  EXPECT_EQ(outcome("GET / HTTP/1.1\r\n \r\nHost: example.test\r\n\r\n"), "malformed_request");
}

TEST(HeadCheck, R40_refuses_field_names_that_are_not_tokens) {
  for (const std::string line :
       {"X-A : 1", "X-A\t: 1", ": 1", "X-A", "X A: 1", "X\xc3\xa9: 1", "X(A): 1", "\"X\": 1",
        "X\x01: 1", "X\x7f: 1", "X/Y: 1", "{}: 1", "\vX: 1"}) {
    EXPECT_EQ(outcome(head_with({line})), "malformed_request") << line;
  }
}

TEST(HeadCheck, R40_refuses_control_bytes_in_values) {
  for (int byte = 0; byte < 0x20; ++byte) {
    const std::string line = std::string("X-A: b") + static_cast<char>(byte) + "c";
    EXPECT_EQ(outcome(head_with({line})), byte == '\t' ? "accepted" : "malformed_request") << byte;
  }
  EXPECT_EQ(outcome(head_with({"X-A: \x7f"})), "malformed_request");
  EXPECT_EQ(outcome(head_with({"X-A: b\r"})), "malformed_request");
  EXPECT_EQ(outcome(head_with({"X-A: \rb"})), "malformed_request");
}

TEST(HeadCheck, R40_takes_eight_bit_bytes_in_values_only_as_utf8) {
  EXPECT_EQ(outcome(head_with({"Cookie: name=J\xc3\xb6rg"})), "accepted");
  for (const std::string value :
       {"\xff", "\x80", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    EXPECT_EQ(outcome(head_with({"X-A: " + value})), "malformed_request");
  }
}

TEST(HeadCheck, R40_wants_exactly_one_host_on_1_1) {
  EXPECT_EQ(outcome("GET / HTTP/1.1\r\n\r\n"), "malformed_request");
  EXPECT_EQ(outcome("GET / HTTP/1.1\r\nX-Host: a\r\n\r\n"), "malformed_request");
  EXPECT_EQ(outcome(head_with({"Host: example.test"})), "malformed_request");
  EXPECT_EQ(outcome(head_with({"hOST: other.test"})), "malformed_request");
  EXPECT_EQ(outcome("GET http://a.test/ HTTP/1.1\r\n\r\n"), "malformed_request");
  EXPECT_EQ(outcome("GET http://a.test/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
            "malformed_request");
}

TEST(HeadCheck, R40_wants_at_most_one_host_on_1_0) {
  EXPECT_EQ(outcome("GET / HTTP/1.0\r\n\r\n"), "accepted");
  EXPECT_EQ(outcome("GET / HTTP/1.0\r\nHost: a\r\n\r\n"), "accepted");
  EXPECT_EQ(outcome("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"), "malformed_request");
}

TEST(HeadCheck, takes_the_host_from_an_absolute_target) {
  const auto both = check_head("GET http://a.test:80/x?y HTTP/1.1\r\nHost: b.test\r\n\r\n");
  ASSERT_TRUE(both.has_value());
  EXPECT_EQ(both->request.target, "/x?y");
  EXPECT_EQ(both->request.field("host"), "a.test:80");
  const auto old = check_head("GET http://a.test HTTP/1.0\r\n\r\n");
  ASSERT_TRUE(old.has_value());
  EXPECT_EQ(old->request.target, "/");
  EXPECT_EQ(old->request.field("host"), "a.test");
}

TEST(HeadCheck, R40_refuses_the_hundred_and_first_field) {
  std::vector<std::string> lines(field_limit - 1, "X-A: 1");  // the Host makes it the limit
  EXPECT_EQ(outcome(head_with(lines)), "accepted");
  lines.emplace_back("X-A: 1");
  EXPECT_EQ(outcome(head_with(lines)), "malformed_request");
}

TEST(HeadCheck, R42_refuses_a_target_above_4_KB) {
  const std::string longest = "/" + std::string(target_limit_bytes - 1, 'a');
  EXPECT_EQ(outcome(with_request_line("GET " + longest + " HTTP/1.1")), "accepted");
  EXPECT_EQ(outcome(with_request_line("GET " + longest + "a HTTP/1.1")), "target_too_long");
  EXPECT_EQ(outcome(with_request_line("GET /" + std::string(9000, 'a') + " HTTP/1.1")),
            "target_too_long");
}

TEST(HeadCheck, R42_refuses_a_head_above_8_KB) {
  const std::size_t rest = head_with({"X-A: "}).size();
  EXPECT_EQ(outcome(head_with({"X-A: " + std::string(head_limit_bytes - rest, 'a')})), "accepted");
  EXPECT_EQ(outcome(head_with({"X-A: " + std::string(head_limit_bytes - rest + 1, 'a')})),
            "headers_too_large");
}

TEST(HeadCheck, R40_refuses_bytes_before_and_behind_the_head) {
  EXPECT_EQ(outcome(""), "malformed_request");
  EXPECT_EQ(outcome("\r\n"), "malformed_request");
  EXPECT_EQ(outcome("\r\n\r\n"), "malformed_request");
  EXPECT_EQ(outcome("GET / HTTP/1.1\r\nHost: a\r\n"), "malformed_request");
  EXPECT_EQ(outcome(head_with({}) + "x"), "malformed_request");
}

TEST(HeadCheck, reads_who_wants_to_keep_the_connection) {
  struct Case {
    std::string version, connection;
    bool keep_alive;
  };
  for (const auto& [version, connection, keep_alive] :
       std::vector<Case>{{"1.1", "", true},
                         {"1.1", "close", false},
                         {"1.1", "CLOSE", false},
                         {"1.1", "keep-alive", true},
                         {"1.1", "x, close", false},
                         {"1.1", "keep-alive,close", false},
                         {"1.1", "closed", true},
                         {"1.0", "", false},
                         {"1.0", "Keep-Alive", true},
                         {"1.0", "keep-alive, close", false}}) {
    const auto head = check_head("GET / HTTP/" + version +
                                 "\r\nHost: a\r\nConnection: " + connection + "\r\n\r\n");
    ASSERT_TRUE(head.has_value());
    EXPECT_EQ(head->keep_alive, keep_alive) << version << connection;
  }
  EXPECT_EQ(outcome(head_with({"Connection: clo se"})), "malformed_request");
  EXPECT_EQ(outcome(head_with({"Connection: \"close\""})), "malformed_request");
}

TEST(HeadCheck, knows_one_expectation) {
  EXPECT_TRUE(check_head(head_with({"Expect: 100-continue"}))->expects_continue);
  EXPECT_TRUE(check_head(head_with({"expect: 100-Continue"}))->expects_continue);
  EXPECT_FALSE(check_head(head_with({}))->expects_continue);
  for (const std::string value : {"", "200-ok", "100-continue, x", "100-continue=1"}) {
    EXPECT_EQ(outcome(head_with({"Expect: " + value})), "expectation_failed") << value;
  }
  EXPECT_EQ(outcome(head_with({"Expect: 100-continue", "Expect: x"})), "expectation_failed");
  const auto old = check_head("POST / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n");
  ASSERT_TRUE(old.has_value());
  EXPECT_FALSE(old->expects_continue);
}

TEST(FindHeadEnd, finds_the_end_byte_by_byte_and_leaves_the_rest) {
  const std::string head = head_with({"X-A: 1"});
  const std::string bytes = head + "GET /next";
  std::size_t scanned = 0;
  for (std::size_t size = 0; size < head.size(); ++size) {
    const auto end = find_head_end(std::string_view(bytes).substr(0, size), scanned);
    ASSERT_TRUE(end.has_value());
    ASSERT_FALSE(end->has_value()) << size;
  }
  EXPECT_EQ(find_head_end(head, scanned).value(), head.size());
  std::size_t fresh = 0;
  EXPECT_EQ(find_head_end(bytes, fresh).value(), head.size());
}

TEST(FindHeadEnd, R40_refuses_a_bare_line_feed_at_once) {
  for (const std::string bytes :
       {"GET / HTTP/1.1\nHost: a", "GET / HTTP/1.1\r\nHost: a\n\n", "\n", "G\n"}) {
    std::size_t scanned = 0;
    const auto end = find_head_end(bytes, scanned);
    ASSERT_FALSE(end.has_value()) << bytes;
    EXPECT_EQ(end.error().code, "malformed_request");
  }
}

TEST(FindHeadEnd, refuses_what_is_no_http_at_its_first_byte) {
  std::size_t scanned = 0;
  EXPECT_FALSE(find_head_end("\x16\x03\x01", scanned).has_value());  // a TLS ClientHello
}

TEST(FindHeadEnd, R42_refuses_an_endless_head_by_its_cause) {
  std::size_t scanned = 0;
  const auto target = find_head_end("GET /" + std::string(head_limit_bytes, 'a'), scanned);
  ASSERT_FALSE(target.has_value());
  EXPECT_EQ(target.error().code, "target_too_long");
  scanned = 0;
  const auto field =
      find_head_end("GET / HTTP/1.1\r\nX: " + std::string(head_limit_bytes, 'a'), scanned);
  ASSERT_FALSE(field.has_value());
  EXPECT_EQ(field.error().code, "headers_too_large");
  scanned = 0;
  const auto method = find_head_end(std::string(head_limit_bytes, 'A'), scanned);
  ASSERT_FALSE(method.has_value());
  EXPECT_EQ(method.error().code, "headers_too_large");
}

}  // namespace
}  // namespace frontdesk::http
