// The published ways of making two programs disagree about where a request ends: none of them may
// be read as a body at all (R40; RFC 9112 sections 6.1 to 6.3 and 11.2).
#include "http/head_check.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

std::string post_with(const std::vector<std::string>& lines, const std::string& version = "1.1") {
  std::string head = "POST / HTTP/" + version + "\r\nHost: example.test\r\n";
  for (const auto& line : lines) head += line + "\r\n";
  return head + "\r\n";
}

std::string outcome(const std::string& head) {
  const auto checked = check_head(head);
  return checked ? "accepted" : checked.error().code;
}

TEST(Smuggling, frames_by_content_length) {
  const auto head = check_head(post_with({"Content-Length: 13"}));
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->body.kind, BodyFraming::Kind::content_length);
  EXPECT_EQ(head->body.length_bytes, 13U);
  EXPECT_TRUE(head->body.has_body());
  EXPECT_EQ(check_head(post_with({"Content-Length: 007"}))->body.length_bytes, 7U);
  EXPECT_FALSE(check_head(post_with({"Content-Length: 0"}))->body.has_body());
  EXPECT_EQ(check_head(post_with({"Content-Length: 18446744073709551615"}))->body.length_bytes,
            ~0ULL);
}

TEST(Smuggling, frames_by_chunks) {
  for (const std::string value : {"chunked", "Chunked", "CHUNKED", " chunked \t"}) {
    const auto head = check_head(post_with({"Transfer-Encoding:" + value}));
    ASSERT_TRUE(head.has_value()) << value;
    EXPECT_EQ(head->body.kind, BodyFraming::Kind::chunked);
    EXPECT_TRUE(head->body.has_body());
  }
}

TEST(Smuggling, R40_refuses_both_framings_in_either_order) {
  EXPECT_EQ(outcome(post_with({"Content-Length: 6", "Transfer-Encoding: chunked"})),
            "malformed_request");
  EXPECT_EQ(outcome(post_with({"Transfer-Encoding: chunked", "Content-Length: 6"})),
            "malformed_request");
  EXPECT_EQ(outcome(post_with({"Transfer-Encoding: chunked", "Content-Length: 0"})),
            "malformed_request");
  EXPECT_EQ(outcome(post_with({"content-length: 6", "transfer-encoding: CHUNKED"})),
            "malformed_request");
}

TEST(Smuggling, R40_refuses_every_transfer_encoding_but_one_chunked) {
  for (const std::string value : {"",
                                  "xchunked",
                                  "chunkedx",
                                  "chunked, identity",
                                  "identity, chunked",
                                  "chunked, chunked",
                                  "chunked,",
                                  ", chunked",
                                  "gzip",
                                  "gzip, chunked",
                                  "identity",
                                  "cow",
                                  "\"chunked\"",
                                  "'chunked'",
                                  "chunked;q=1",
                                  "chunked ;",
                                  "chun ked",
                                  "chunked\v",
                                  "\vchunked",
                                  "chunked\f",
                                  "\fchunked",
                                  "x chunked",
                                  "chunked x",
                                  "\x01"
                                  "chunked",
                                  "chunked\x01",
                                  "chunked\x7f",
                                  "chu\xc3\xb1ked",
                                  "\xc2\xa0"
                                  "chunked",
                                  "chunked\xc2\x85",
                                  "chunK\xe2\x84\xaa"
                                  "ed",
                                  "\rchunked",
                                  "chunked\r",
                                  "[chunked]",
                                  "chunked-encoding",
                                  "chunke"}) {
    EXPECT_EQ(outcome(post_with({"Transfer-Encoding: " + value})), "malformed_request") << value;
  }
}

TEST(Smuggling, R40_refuses_disguised_names_of_transfer_encoding) {
  for (const std::string line :
       {"Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked",
        " Transfer-Encoding: chunked", "\tTransfer-Encoding: chunked",
        "Transfer-Encoding\v: chunked", "Transfer-Encoding chunked", "Transfer Encoding: chunked",
        "\x01Transfer-Encoding: chunked", "Transfer-\rEncoding: chunked",
        "Transfer-Encoding\x80: chunked", "\"Transfer-Encoding\": chunked",
        "X: y\rTransfer-Encoding: chunked", "X: y\nTransfer-Encoding: chunked",
        "X: y\n\rTransfer-Encoding: chunked"}) {
    EXPECT_EQ(outcome(post_with({"Content-Length: 6", line})), "malformed_request") << line;
  }
}

TEST(Smuggling, R40_refuses_a_repeated_transfer_encoding) {
  EXPECT_EQ(outcome(post_with({"Transfer-Encoding: chunked", "Transfer-Encoding: chunked"})),
            "malformed_request");
  EXPECT_EQ(outcome(post_with({"Transfer-Encoding: chunked", "Transfer-encoding: cow"})),
            "malformed_request");
  EXPECT_EQ(outcome(post_with({"Transfer-Encoding: identity", "Transfer-Encoding: chunked"})),
            "malformed_request");
}

TEST(Smuggling, R40_refuses_a_folded_transfer_encoding) {
  EXPECT_EQ(outcome(post_with({"Transfer-Encoding:", " chunked"})), "malformed_request");
  EXPECT_EQ(outcome(post_with({"Transfer-Encoding:", "\tchunked"})), "malformed_request");
  EXPECT_EQ(outcome(post_with({"Transfer-Encoding: chunked", " , identity"})), "malformed_request");
}

TEST(Smuggling, R40_refuses_chunked_on_1_0) {
  EXPECT_EQ(outcome(post_with({"Transfer-Encoding: chunked"}, "1.0")), "malformed_request");
  EXPECT_EQ(outcome(post_with({"Connection: keep-alive", "Transfer-Encoding: chunked"}, "1.0")),
            "malformed_request");
}

TEST(Smuggling, R40_refuses_a_content_length_that_is_not_digits) {
  for (const std::string value : {"",
                                  "+6",
                                  "-6",
                                  "-0",
                                  "0x6",
                                  "6x",
                                  "x6",
                                  "6 6",
                                  "6,6",
                                  "6, 6",
                                  "6;",
                                  "6.0",
                                  "6e0",
                                  "1_000",
                                  "1,000",
                                  "\"6\"",
                                  "6\v",
                                  "\v6",
                                  "6\x01",
                                  "\xd9\xa6",
                                  "six",
                                  "0b1",
                                  "18446744073709551616",
                                  "99999999999999999999999999",
                                  "00000000000000000000000000000000000018446744073709551616",
                                  ",",
                                  "6,",
                                  ",6",
                                  "NaN",
                                  "6\xc2\xa0",
                                  "0o6",
                                  "6\r"}) {
    EXPECT_EQ(outcome(post_with({"Content-Length: " + value})), "malformed_request") << value;
  }
}

TEST(Smuggling, R40_refuses_a_repeated_content_length_even_when_both_agree) {
  EXPECT_EQ(outcome(post_with({"Content-Length: 6", "Content-Length: 6"})), "malformed_request");
  EXPECT_EQ(outcome(post_with({"Content-Length: 6", "Content-Length: 5"})), "malformed_request");
  EXPECT_EQ(outcome(post_with({"Content-Length: 6", "content-length: 0"})), "malformed_request");
}

TEST(Smuggling, R40_refuses_disguised_names_of_content_length) {
  for (const std::string line : {"Content-Length : 6", "Content-Length\t: 6", " Content-Length: 6",
                                 "Content-Length\v: 6", "Content Length: 6", "Content-Length\r: 6",
                                 "\x01"
                                 "Content-Length: 6",
                                 "X: y\nContent-Length: 6", "X: y\rContent-Length: 6"}) {
    EXPECT_EQ(outcome(post_with({line})), "malformed_request") << line;
  }
  // Another name, and to this server nothing but another name.
  EXPECT_FALSE(check_head(post_with({"Content_Length: 6"}))->body.has_body());
  EXPECT_FALSE(check_head(post_with({"X-Transfer-Encoding: chunked"}))->body.has_body());
}

TEST(Smuggling, a_get_may_be_framed_too) {
  const auto head = check_head("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->body.length_bytes, 3U);
}

}  // namespace
}  // namespace frontdesk::http
