#include "http/byte_range.hpp"

#include "http/request_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using ::testing::Contains;
using ::testing::Pair;
using Kind = ByteRange::Kind;

std::string part_of(std::string_view range, std::string_view body = "0123456789") {
  const auto parsed = parse_byte_range(range, body.size());
  if (parsed.kind == Kind::whole) return "whole";
  if (parsed.kind == Kind::unsatisfiable) return "unsatisfiable";
  return std::string(body.substr(parsed.first, parsed.size));
}

TEST(ByteRange, is_read_as_RFC_9110_says) {
  EXPECT_EQ(part_of("bytes=0-3"), "0123");
  EXPECT_EQ(part_of("bytes=4-"), "456789");
  EXPECT_EQ(part_of("bytes=-3"), "789");
  EXPECT_EQ(part_of("bytes=-99"), "0123456789");
  EXPECT_EQ(part_of("bytes=8-99999999999999999999999"), "89");
  EXPECT_EQ(part_of("bytes=9-9"), "9");
}

TEST(ByteRange, behind_the_end_there_is_nothing) {
  for (const char* range :
       {"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999-"}) {
    EXPECT_EQ(part_of(range), "unsatisfiable") << range;
  }
  EXPECT_EQ(part_of("bytes=0-", ""), "unsatisfiable");
}

TEST(ByteRange, what_cannot_be_read_and_several_are_the_whole) {
  for (const char* range : {"", "bytes=", "bytes=-", "bytes=a-b", "bytes=3-1", "bytes=0-1,3-4",
                            "items=0-1", "bytes 0-1", "bytes=0-1x", "bytes=+1-2", "bytes= 0-1"}) {
    EXPECT_EQ(part_of(range), "whole") << range;
  }
}

TEST(ByteRange, if_range_asks_for_the_part_of_this_file_only) {
  auto content = std::make_shared<StaticContent>();
  content->body = "0123456789";
  content->etag = "\"a\"";
  const auto status = [&](std::string if_range) {
    return serve_part(content, RequestBuilder()
                                   .header("range", "bytes=0-3")
                                   .header("if-range", std::move(if_range))
                                   .build())
        .status;
  };
  EXPECT_EQ(status("\"a\""), 206);
  EXPECT_EQ(status("\"b\""), 200);
  EXPECT_EQ(status("W/\"a\""), 200);
  EXPECT_EQ(status("Fri, 24 May 2013 00:00:00 GMT"), 200);
}

TEST(ByteRange, RFC9110_it_means_nothing_for_HEAD) {
  auto content = std::make_shared<StaticContent>();
  content->body = "0123456789";
  const auto whole = serve_part(
      content, RequestBuilder().method(Method::head).header("range", "bytes=2-3").build());
  EXPECT_EQ(whole.status, 200);
  EXPECT_THAT(whole.headers, ::testing::Not(Contains(Pair("Content-Range", ::testing::_))));
}

TEST(ByteRange, a_part_says_where_it_lies) {
  auto content = std::make_shared<StaticContent>();
  content->body = "0123456789";
  content->etag = "\"a\"";
  const auto part = serve_part(content, RequestBuilder().header("range", "bytes=2-3").build());
  EXPECT_EQ(part.body, "23");
  EXPECT_THAT(part.headers, Contains(Pair("Content-Range", "bytes 2-3/10")));
  EXPECT_THAT(part.headers, Contains(Pair("ETag", "\"a\"")));
  const auto none = serve_part(content, RequestBuilder().header("range", "bytes=20-").build());
  EXPECT_EQ(none.status, 416);
  EXPECT_THAT(none.headers, Contains(Pair("Content-Range", "bytes */10")));
}

}  // namespace
}  // namespace frontdesk::http
