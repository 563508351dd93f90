#include "http/chunked_body.hpp"

#include <string>

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

struct Decoded {
  std::string outcome;  ///< `complete`, `incomplete` or the code of the refusal
  std::string body;
  std::size_t used_bytes = 0;
};

/// Decodes `wire` as it would arrive in pieces of `piece_bytes`.
Decoded decode(const std::string& wire, std::size_t piece_bytes, std::size_t limit_bytes = 1000) {
  ChunkedBody body(limit_bytes);
  std::size_t used = 0;
  for (std::size_t end = 0; end < wire.size();) {
    end = std::min(end + piece_bytes, wire.size());
    const auto taken = body.consume(std::string_view(wire).substr(used, end - used));
    if (!taken) return {taken.error().code, {}, used};
    used += *taken;
    if (body.is_complete()) return {"complete", body.take(), used};
  }
  return {"incomplete", {}, used};
}

/// The same outcome however the bytes arrive, else a text that says where it differs.
Decoded decode_in_all_ways(const std::string& wire, std::size_t limit_bytes = 1000) {
  const Decoded whole = decode(wire, wire.size() + 1, limit_bytes);
  for (std::size_t piece = 1; piece <= std::min<std::size_t>(wire.size(), 24); ++piece) {
    const Decoded part = decode(wire, piece, limit_bytes);
    if (part.outcome != whole.outcome || part.body != whole.body) {
      return {"differs in pieces of " + std::to_string(piece) + ": " + part.outcome, part.body};
    }
  }
  return whole;
}

TEST(ChunkedBody, decodes_chunks_and_leaves_what_follows) {
  const std::string wire = "4\r\nWiki\r\n5\r\npedia\r\nE\r\n in\r\n\r\nchunks.\r\n0\r\n\r\n";
  const Decoded decoded = decode_in_all_ways(wire + "GET / HTTP/1.1\r\n");
  EXPECT_EQ(decoded.outcome, "complete");
  EXPECT_EQ(decoded.body, "Wikipedia in\r\n\r\nchunks.");
  EXPECT_EQ(decoded.used_bytes, wire.size());
}

TEST(ChunkedBody, decodes_an_empty_body) {
  EXPECT_EQ(decode_in_all_ways("0\r\n\r\n").outcome, "complete");
  EXPECT_EQ(decode_in_all_ways("000\r\n\r\n").outcome, "complete");
  EXPECT_EQ(decode_in_all_ways("0\r\n\r").outcome, "incomplete");
  EXPECT_EQ(decode_in_all_ways("0\r\n").outcome, "incomplete");
}

TEST(ChunkedBody, reads_sizes_in_either_case) {
  EXPECT_EQ(decode_in_all_ways("a\r\n0123456789\r\n0\r\n\r\n").body, "0123456789");
  EXPECT_EQ(decode_in_all_ways("A\r\n0123456789\r\n0\r\n\r\n").body, "0123456789");
  EXPECT_EQ(decode_in_all_ways("00a\r\n0123456789\r\n0\r\n\r\n").body, "0123456789");
}

TEST(ChunkedBody, ignores_extensions) {
  EXPECT_EQ(decode_in_all_ways("1;a=b;c=\"d e\";f\r\nx\r\n0;g\r\n\r\n").body, "x");
}

TEST(ChunkedBody, R40_drops_trailers) {
  const Decoded decoded =
      decode_in_all_ways("1\r\nx\r\n0\r\nAuthorization: Bearer abc\r\nX-A: 1\r\n\r\nrest");
  EXPECT_EQ(decoded.outcome, "complete");
  EXPECT_EQ(decoded.body, "x");
}

TEST(ChunkedBody, R40_refuses_framing_in_trailers) {
  EXPECT_EQ(decode_in_all_ways("0\r\nContent-Length: 5\r\n\r\n").outcome, "malformed_request");
  EXPECT_EQ(decode_in_all_ways("0\r\nTransfer-Encoding: chunked\r\n\r\n").outcome,
            "malformed_request");
  EXPECT_EQ(decode_in_all_ways("0\r\nbroken\r\n\r\n").outcome, "malformed_request");
  EXPECT_EQ(decode_in_all_ways("0\r\nX: a\nY: b\r\n\r\n").outcome, "malformed_request");
}

TEST(ChunkedBody, R40_refuses_bad_sizes) {
  for (const std::string size : {"",
                                 " 1",
                                 "1 ",
                                 "+1",
                                 "-1",
                                 "0x1",
                                 "g",
                                 "1,0",
                                 "1.0",
                                 "\t1",
                                 "1\t",
                                 "\v1",
                                 "1\n",
                                 "\n1",
                                 "_1",
                                 "10000000000000000",
                                 "fffffffffffffffff",
                                 "1\r",
                                 "\"1\"",
                                 "1 1",
                                 "1;",
                                 "1;=a",
                                 "1;a=",

                                 "\xd9\xa1"}) {
    EXPECT_EQ(decode_in_all_ways(size + "\r\nx\r\n0\r\n\r\n").outcome, "malformed_request") << size;
  }
}

TEST(ChunkedBody, R40_refuses_bad_line_ends) {
  for (const std::string wire :
       {"1\nx\r\n0\r\n\r\n", "1\r\nx\n0\r\n\r\n", "1\r\nx0\r\n\r\n", "1\r\nxy\r\n0\r\n\r\n",
        "1\r\nx\r\r\n0\r\n\r\n", "1\rx\r\n0\r\n\r\n", "0\n\n\r\n\r\n", "1\r\n\r\n0\r\n\r\n",
        "2\r\nx\r\n0\r\n\r\n"}) {
    EXPECT_EQ(decode_in_all_ways(wire).outcome, "malformed_request") << wire;
  }
}

TEST(ChunkedBody, R40_refuses_control_bytes_in_extensions) {
  EXPECT_EQ(decode_in_all_ways("1;a=\"\n\"\r\nx\r\n0\r\n\r\n").outcome, "malformed_request");
  EXPECT_EQ(decode_in_all_ways(std::string("1;a=\"\0\"\r\nx\r\n0\r\n\r\n", 18)).outcome,
            "malformed_request");
  EXPECT_EQ(decode_in_all_ways("1;a\x01\r\nx\r\n0\r\n\r\n").outcome, "malformed_request");
  EXPECT_EQ(decode_in_all_ways("0;a=\"\n\"\r\n\r\n").outcome, "malformed_request");
}

TEST(ChunkedBody, never_completes_on_an_open_quote) {
  EXPECT_EQ(decode_in_all_ways("1;a=\"b\r\nx\r\n0\r\n\r\n").outcome, "incomplete");
  EXPECT_EQ(decode_in_all_ways("1;a=\"b\r\nx\"\r\n0\r\n\r\n").outcome, "malformed_request");
  EXPECT_EQ(decode("1;a=\"b\r\n" + std::string(9000, 'x'), 1000).outcome, "malformed_request");
}

TEST(ChunkedBody, refuses_a_chunk_above_the_limit_before_its_data) {
  EXPECT_EQ(decode_in_all_ways("5\r\nhello\r\n0\r\n\r\n", 5).outcome, "complete");
  EXPECT_EQ(decode_in_all_ways("6\r\nhello!", 5).outcome, "body_too_large");
  EXPECT_EQ(decode_in_all_ways("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", 5).outcome, "body_too_large");
  EXPECT_EQ(decode_in_all_ways("ffffffffffffffff\r\nx\r\n", 5).outcome, "body_too_large");
  EXPECT_EQ(decode_in_all_ways("1\r\nx\r\n", 0).outcome, "body_too_large");
}

TEST(ChunkedBody, R42_refuses_extensions_above_8_KB_a_message) {
  const std::string extension = ";x=" + std::string(1020, 'y');
  std::string wire;
  for (int chunk = 0; chunk < 8; ++chunk) wire += "1" + extension + "\r\nz\r\n";
  EXPECT_EQ(decode(wire + "0\r\n\r\n", 4096).outcome, "complete");
  EXPECT_EQ(decode(wire + "0" + extension + "\r\n\r\n", 4096).outcome, "malformed_request");
}

TEST(ChunkedBody, R42_refuses_endless_framing_without_waiting_for_its_end) {
  const std::string padding(9000, '0');
  EXPECT_EQ(decode("1;" + std::string(9000, 'a'), 1000).outcome, "malformed_request");
  EXPECT_EQ(decode(padding, 1000).outcome, "malformed_request");
  EXPECT_EQ(decode("0\r\nX-A: " + std::string(9000, 'a'), 1000).outcome, "malformed_request");
  std::string padded;
  for (int chunk = 0; chunk < 20; ++chunk) padded += std::string(500, '0') + "1\r\nz\r\n";
  EXPECT_EQ(decode(padded, 4096).outcome, "malformed_request");
  std::string many;
  for (int chunk = 0; chunk < 2000; ++chunk) many += "1\r\nz\r\n";
  EXPECT_EQ(decode(many + "1;" + std::string(8300, 'a'), 1000, 10000).outcome, "malformed_request");
}

}  // namespace
}  // namespace frontdesk::http
