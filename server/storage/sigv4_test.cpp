#include "storage/sigv4.hpp"

#include "core/digest.hpp"

#include <chrono>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::storage::sigv4 {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Pair;

// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and
// …/sigv4-query-string-auth.html.
const Credentials example{.access_key = "AKIAIOSFODNN7EXAMPLE",
                          .secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                          .region = "us-east-1"};
const Instant friday = std::chrono::sys_days{2013y / 5 / 24};
constexpr auto host = "examplebucket.s3.amazonaws.com";
constexpr auto empty_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string authorization(Request request) {
  for (const auto& [name, value] : sign(std::move(request), example, friday)) {
    if (name == "authorization") return value;
  }
  return "none";
}

TEST(SigV4, signs_a_get_as_in_the_published_example) {
  EXPECT_EQ(authorization({.method = "GET",
                           .host = host,
                           .path = "/test.txt",
                           .headers = {{"range", "bytes=0-9"}},
                           .body_sha256 = empty_sha256}),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(SigV4, signs_a_put_as_in_the_published_example) {
  std::string sha256_of_body;
  for (const auto byte : sha256("Welcome to Amazon S3.")) {
    sha256_of_body += fmt::format("{:02x}", byte);
  }
  EXPECT_THAT(authorization({.method = "PUT",
                             .host = host,
                             .path = "/test$file.text",
                             .headers = {{"date", "Fri, 24 May 2013 00:00:00 GMT"},
                                         {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                             .body_sha256 = sha256_of_body}),
              EndsWith("SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;"
                       "x-amz-storage-class,Signature="
                       "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
}

TEST(SigV4, signs_a_query_as_in_the_published_examples) {
  EXPECT_THAT(authorization({.method = "GET",
                             .host = host,
                             .path = "/",
                             .query = {{"lifecycle", ""}},
                             .body_sha256 = empty_sha256}),
              EndsWith("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
  EXPECT_THAT(authorization({.method = "GET",
                             .host = host,
                             .path = "/",
                             .query = {{"prefix", "J"}, {"max-keys", "2"}},
                             .body_sha256 = empty_sha256}),
              EndsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(SigV4, presigns_as_in_the_published_example) {
  EXPECT_EQ(presign({.method = "GET", .host = host, .path = "/test.txt"}, example, friday, 86400s),
            "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F"
            "20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires="
            "86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST(SigV4, a_session_token_is_sent_and_signed) {
  Credentials temporary = example;
  temporary.session_token = "to/ken+=";
  const Request request{
      .method = "GET", .host = host, .path = "/test.txt", .body_sha256 = empty_sha256};
  const auto headers = sign(request, temporary, friday);
  EXPECT_THAT(headers, ::testing::Contains(Pair("x-amz-security-token", "to/ken+=")));
  EXPECT_THAT(headers.back().second, HasSubstr(";x-amz-security-token,"));
  EXPECT_THAT(presign(request, temporary, friday, 60s),
              HasSubstr("&X-Amz-Security-Token=to%2Fken%2B%3D&"));
}

TEST(SigV4, what_is_not_unreserved_is_encoded) {
  EXPECT_EQ(target_of({.method = "GET",
                       .host = "s3",
                       .path = "/a b/c+\xc3\xa9",
                       .query = {{"b+c&d", "d/e~f"}}}),
            "/a%20b/c%2B%C3%A9?b%2Bc%26d=d%2Fe~f");
}

}  // namespace
}  // namespace frontdesk::storage::sigv4
