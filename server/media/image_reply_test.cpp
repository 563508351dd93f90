#include "media/image_reply.hpp"

#include "media/image_format.hpp"

#include <gtest/gtest.h>

namespace frontdesk::media {
namespace {

const std::string webp("RIFF\x10\0\0\0WEBPVP8 rest", 20);
const std::string jpeg("\xff\xd8\xff\xe0 picture");

ImageReply sample() {
  return {.width_px = 3000,
          .height_px = 2000,
          .blurhash = "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
          .renditions = {{320, 213, webp, jpeg}, {640, 427, webp, jpeg}}};
}

bool survives(const ImageReply& reply) {
  return decode(encode(reply)) == reply;
}

TEST(ImageReply, comes_back_as_it_was) {
  EXPECT_TRUE(survives(sample()));
}

TEST(ImageReply, R70_a_byte_more_or_less_is_nonsense) {
  const auto whole = encode(sample());
  EXPECT_FALSE(decode(whole + "x"));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(decode(std::string_view(whole).substr(0, size))) << size;
  }
}

TEST(ImageReply, R70_nothing_is_taken_on_trust) {
  const auto changed = [](auto change) {
    auto reply = sample();
    change(reply);
    return survives(reply);
  };
  EXPECT_FALSE(changed([](auto& reply) { reply.width_px = 0; }));
  EXPECT_FALSE(changed([](auto& reply) { reply.width_px = 50'000'000; }));
  EXPECT_FALSE(changed([](auto& reply) { reply.height_px = 20'000; }));
  EXPECT_FALSE(changed([](auto& reply) { reply.blurhash = "<script>"; }));
  EXPECT_FALSE(changed([](auto& reply) { reply.blurhash.clear(); }));
  EXPECT_FALSE(changed([](auto& reply) { reply.renditions.clear(); }));
  EXPECT_FALSE(changed([](auto& reply) { reply.renditions[1].width_px = 320; }));
  EXPECT_FALSE(changed([](auto& reply) { reply.renditions[1].width_px = 1281; }));
  EXPECT_FALSE(changed([](auto& reply) { reply.renditions[0].height_px = 0; }));
  EXPECT_FALSE(changed([](auto& reply) { reply.renditions[0].webp = jpeg; }));
  EXPECT_FALSE(changed([](auto& reply) { reply.renditions[0].jpeg = "<html>"; }));
  EXPECT_FALSE(changed([](auto& reply) { reply.renditions.resize(4, reply.renditions[0]); }));
}

TEST(ImageFormat, R70_is_told_by_the_first_bytes) {
  EXPECT_EQ(format_of(jpeg), ImageFormat::jpeg);
  EXPECT_EQ(format_of(webp), ImageFormat::webp);
  EXPECT_EQ(format_of("\x89PNG\r\n\x1a\n"), ImageFormat::png);
  for (const char* other : {"", "GIF89a", "<svg xmlns", "%PDF-1.7", "RIFF0000WAVE....", "\xff\xd8",
                            "BM", "II*", "PK\x03\x04"}) {
    EXPECT_FALSE(format_of(other)) << other;
  }
}

}  // namespace
}  // namespace frontdesk::media
