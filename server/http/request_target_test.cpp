#include "http/request_target.hpp"

#include <string>

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

std::string target_of(const std::string& method, const std::string& target) {
  const auto parsed = parse_request_target(method, target);
  return parsed ? parsed->path_and_query : parsed.error().code;
}

TEST(RequestTarget, takes_origin_form_as_it_stands) {
  for (const std::string target :
       {"/", "//", "/where?q=now", "/a/../b", "/%00", "/a|b[c]{d}\"e\"^`\\", "/?"}) {
    EXPECT_EQ(target_of("GET", target), target);
  }
}

TEST(RequestTarget, reads_absolute_form_of_RFC_9112_section_3_2_2) {
  const auto parsed = parse_request_target("GET", "http://www.example.org/pub/WWW/TheProject.html");
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->path_and_query, "/pub/WWW/TheProject.html");
  EXPECT_EQ(parsed->authority, "www.example.org");
  EXPECT_EQ(target_of("GET", "HTTPS://a.test?x=/"), "/?x=/");
  EXPECT_EQ(target_of("GET", "http://a.test"), "/");
  EXPECT_EQ(target_of("GET", "http://[::1]:8080/x"), "/x");
}

TEST(RequestTarget, reads_asterisk_form_of_RFC_9112_section_3_2_4) {
  EXPECT_EQ(target_of("OPTIONS", "*"), "*");
  EXPECT_EQ(target_of("OPTIONS", "http://www.example.org:8001"), "*");
  EXPECT_EQ(target_of("OPTIONS", "http://www.example.org:8001/"), "/");
  EXPECT_EQ(target_of("GET", "*"), "malformed_request");
  EXPECT_EQ(target_of("options", "*"), "malformed_request");
}

TEST(RequestTarget, opens_no_tunnels) {
  EXPECT_EQ(target_of("CONNECT", "www.example.com:80"), "not_implemented");
  EXPECT_EQ(target_of("CONNECT", "/"), "not_implemented");
  EXPECT_EQ(target_of("GET", "www.example.com:80"), "malformed_request");
}

TEST(RequestTarget, refuses_other_forms) {
  for (const std::string target :
       {"", "a", "path/x", "?q", "http:/a", "http://", "http:///x", "http://?x",
        "http://user@a.test/", "http://a.test:x/", "http://a b/", "ftp://a.test/", "http:a.test",
        "http://[::1/", "**"}) {
    EXPECT_EQ(target_of("GET", target), "malformed_request") << target;
  }
}

TEST(RequestTarget, R40_refuses_control_and_eight_bit_bytes_and_fragments) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool allowed = byte > 0x20 && byte < 0x7f && byte != '#';
    const std::string target = std::string("/a") + static_cast<char>(byte);
    EXPECT_EQ(target_of("GET", target), allowed ? target : "malformed_request") << byte;
  }
}

TEST(HostAndPort, follows_RFC_9110_section_7_2) {
  for (const std::string host :
       {"a", "www.example.org", "example.test:8080", "127.0.0.1", "[::1]", "[::1]:80", "a:", "a_b",
        "%41", "xn--bcher-kva.test:65535", "a,b", "[::ffff:1.2.3.4]:0"}) {
    EXPECT_TRUE(is_host_and_port(host)) << host;
  }
  for (const std::string host :
       {"",        ":80",  "a b",           "a/b",      "a@b",     "u:p@b",
        "a:65536", "a:-1", "a:8x",          "a:80:80",  "[::1",    "::1",
        "[]",      "[x]",  "[::1]80",       "%4",       "%zz",     "a?b",
        "a#b",     "a\\b", "\xc3\xa9.test", "http://a", "[::1]:x", "a\"b"}) {
    EXPECT_FALSE(is_host_and_port(host)) << host;
  }
}

}  // namespace
}  // namespace frontdesk::http
