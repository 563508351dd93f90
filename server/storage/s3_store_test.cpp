// Against a live S3, which tests/api/test_images_s3.py starts and names in the environment.
#include "storage/s3_store.hpp"

#include "core/error.hpp"
#include "core/uuid.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::storage {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string setting(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

class S3StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (settings.endpoint.empty()) GTEST_SKIP() << "FRONTDESK_TEST_S3_ENDPOINT names no S3";
  }
  static std::string fault_of(ObjectStore& store) {
    try {
      store.put("a/b", "x", "image/webp");
      return "none";
    } catch (const Fault& fault) {
      return fault.what();
    }
  }

  S3Settings settings{.endpoint = setting("FRONTDESK_TEST_S3_ENDPOINT"),
                      .bucket = setting("FRONTDESK_TEST_S3_BUCKET"),
                      .credentials = {.access_key = setting("FRONTDESK_TEST_S3_ACCESS_KEY"),
                                      .secret_key = setting("FRONTDESK_TEST_S3_SECRET_KEY"),
                                      .region = "us-east-1"}};
};

TEST_F(S3StoreTest, keeps_what_was_put_and_lets_go_of_what_is_removed) {
  for (const char* prefix : {"", "a folder/", "é ü/日本/", "a+b&c=d?e#f%20/", "~!*'();:@$,[]/"}) {
    settings.prefix = prefix;
    S3Store store(settings);
    EXPECT_EQ(store.get("a/b"), std::nullopt) << prefix;
    store.put("a/b", std::string("a\0b", 3), "image/webp");
    EXPECT_EQ(store.get("a/b"), std::string("a\0b", 3)) << prefix;
    store.put("a/b", std::string(300'000, 'x'), "image/webp");
    EXPECT_EQ(store.get("a/b"), std::string(300'000, 'x')) << prefix;
    store.remove("a/b");
    store.remove("a/b");
    EXPECT_EQ(store.get("a/b"), std::nullopt) << prefix;
  }
}

TEST_F(S3StoreTest, a_wrong_secret_is_refused_and_said) {
  settings.credentials.secret_key += "x";
  S3Store store(settings);
  EXPECT_THAT(fault_of(store), HasSubstr("403 SignatureDoesNotMatch"));
}

TEST_F(S3StoreTest, an_unknown_key_is_refused_and_said) {
  settings.credentials.access_key = "AKIANOBODY";
  S3Store store(settings);
  EXPECT_THAT(fault_of(store), HasSubstr("403 InvalidAccessKeyId"));
}

TEST_F(S3StoreTest, a_clock_that_is_wrong_is_refused_and_said) {
  settings.clock = [] { return S3Settings::now_by_system_clock() - 1h; };
  S3Store store(settings);
  EXPECT_THAT(fault_of(store), HasSubstr("403 RequestTimeTooSkewed"));
}

TEST_F(S3StoreTest, a_bucket_that_is_not_there_is_a_fault_and_no_absent_object) {
  settings.bucket = "nobody-made-this-one";
  S3Store store(settings);
  EXPECT_THAT(fault_of(store), HasSubstr("404 NoSuchBucket"));
  EXPECT_THROW(store.get("a/b"), Fault);
}

TEST_F(S3StoreTest, R72_a_refusal_is_an_answer_and_stops_nobody_else) {
  settings.credentials.secret_key += "x";
  S3Store store(settings);
  for (int i = 0; i < 10; ++i) {
    EXPECT_THAT(fault_of(store), HasSubstr("403 SignatureDoesNotMatch")) << i;
  }
}

TEST(S3Address, a_scheme_s_own_port_is_not_part_of_the_host_that_is_signed) {
  const auto address = [](std::string endpoint) {
    return S3Store({.endpoint = std::move(endpoint), .bucket = "pictures", .credentials = {}})
        .presigned_url("a/b", 60s);
  };
  EXPECT_THAT(address("https://s3.test:443"), StartsWith("https://s3.test/pictures/a/b?"));
  EXPECT_THAT(address("http://s3.test:80"), StartsWith("http://s3.test/pictures/a/b?"));
  EXPECT_THAT(address("https://s3.test:80"), StartsWith("https://s3.test:80/pictures/a/b?"));
}

TEST_F(S3StoreTest, R72_after_failures_in_a_row_it_is_not_asked_for_a_while) {
  settings.endpoint = "http://127.0.0.1:9";
  S3Store store(settings);
  EXPECT_THAT(fault_of(store), HasSubstr("did not answer"));
  EXPECT_THAT(fault_of(store), HasSubstr("not asked"));
}

// What it prints, the Python test opens with a client that has no key.
TEST_F(S3StoreTest, a_presigned_url_opens_the_object_for_everybody) {
  const auto file = setting("FRONTDESK_TEST_S3_URL_FILE");
  if (file.empty()) GTEST_SKIP() << "nobody opens it";
  settings.prefix = "with a space/é+&/";
  S3Store store(settings);
  store.put("presigned/a", "what is behind it", "image/webp");
  std::ofstream(file) << store.presigned_url("presigned/a", 60s);
}

}  // namespace
}  // namespace frontdesk::storage
