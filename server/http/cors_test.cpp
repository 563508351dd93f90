#include "http/cors.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

TEST(Cors, R36_answers_the_origins_on_the_list) {
  const Cors cors({"https://book.example.org", "http://localhost:3000"});
  EXPECT_TRUE(cors.enabled());
  EXPECT_EQ(cors.lines_for("https://book.example.org"),
            "Access-Control-Allow-Origin: https://book.example.org\r\n"
            "Access-Control-Allow-Credentials: true\r\n"
            "Access-Control-Expose-Headers: ETag, Location, RateLimit, RateLimit-Policy, "
            "Retry-After, X-Request-Id\r\n");
  EXPECT_FALSE(cors.lines_for("http://localhost:3000").empty());
}

TEST(Cors, R36_compares_exactly) {
  const Cors cors({"https://book.example.org"});
  for (const auto* origin :
       {"", "null", "*", "http://book.example.org", "https://book.example.org:443",
        "https://book.example.org.evil.example", "https://evil.example/book.example.org",
        "https://BOOK.example.org", "https://book.example.org/", "https://sub.book.example.org",
        "https://bookXexample.org"}) {
    EXPECT_TRUE(cors.lines_for(origin).empty()) << origin;
  }
}

TEST(Cors, R36_the_list_holds_no_star_and_no_null) {
  for (const auto* origin : {"*", "null", "", "https://", "https://*.example.org", "example.org",
                             "https://example.org/", "https://Example.org", "file://x",
                             "https://example.org\r\nX: y", "https://u@example.org"}) {
    EXPECT_THROW(Cors({origin}), std::invalid_argument) << origin;
  }
  EXPECT_FALSE(Cors({}).enabled());
}

}  // namespace
}  // namespace frontdesk::http
