#include "http/compression.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

namespace frontdesk::http {
namespace {

std::string gunzip(const std::string& compressed, std::size_t size) {
  std::string text(size + 1, '\0');
  z_stream stream{};
  EXPECT_EQ(::inflateInit2(&stream, 15 + 16), Z_OK);
  std::string input = compressed;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(::inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  ::inflateEnd(&stream);
  return text;
}

TEST(AcceptEncoding, wants_gzip_where_it_is_named) {
  for (const auto* field : {"gzip", "GZIP", "x-gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8",
                            "deflate,gzip;q=0.001", "gzip;q=1.000", "*", "br, *;q=0.1",
                            "gzip ; q=1", "gzip;Q=1", "identity, gzip", "identity;q=0, *"}) {
    EXPECT_TRUE(accepts_gzip(field)) << field;
  }
}

TEST(AcceptEncoding, does_not_want_it_elsewhere) {
  for (const auto* field :
       {"", "br", "identity", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *",
        "identity;q=1, gzip;q=0.5", "gzip;q=2", "gzip;q=x", "gzip;q=", "gzip;q=0.5555",
        "gzip;level=9", "gzipped", "gzip;q=1.1", ","}) {
    EXPECT_FALSE(accepts_gzip(field)) << field;
  }
}

TEST(Gzip, shrinks_text_and_gives_it_back) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += R"({"id":)" + std::to_string(i) + R"(,"name":"Haircut"},)";
  for (const auto effort : {CompressionEffort::quick, CompressionEffort::thorough}) {
    const std::string compressed = gzip(text, effort);
    EXPECT_LT(compressed.size(), text.size() / 5);
    EXPECT_EQ(gunzip(compressed, text.size()), text);
  }
}

TEST(Gzip, the_same_text_compresses_to_the_same_bytes) {
  const std::string text(5000, 'x');
  EXPECT_EQ(gzip(text, CompressionEffort::quick), gzip(text, CompressionEffort::quick));
}

RC_GTEST_PROP(Gzip, gives_any_bytes_back, (const std::string& text)) {
  RC_ASSERT(gunzip(gzip(text, CompressionEffort::quick), text.size()) == text);
}

}  // namespace
}  // namespace frontdesk::http
