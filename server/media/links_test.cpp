#include "media/links.hpp"

#include <charconv>

#include <gtest/gtest.h>

namespace frontdesk::media {
namespace {

using namespace std::chrono_literals;

const std::vector<std::uint8_t> secret(32, 7);
const Uuid image = *Uuid::parse("0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01");
const Instant noon = std::chrono::sys_days{2031y / 5 / 5} + 12h;

struct Ticket {
  std::int64_t expires = 0;
  std::string signature;
};

Ticket read(const std::string& text) {
  Ticket ticket;
  const auto equals = text.find('=') + 1;
  std::from_chars(text.data() + equals, text.data() + text.find('&'), ticket.expires);
  ticket.signature = text.substr(text.rfind('=') + 1);
  return ticket;
}

TEST(Links, one_works_for_hours_and_then_no_more) {
  const Links links(secret);
  const auto ticket = read(links.ticket(image, noon));
  EXPECT_TRUE(links.admits(image, ticket.expires, ticket.signature, noon));
  EXPECT_TRUE(links.admits(image, ticket.expires, ticket.signature, noon + Links::step));
  EXPECT_FALSE(links.admits(image, ticket.expires, ticket.signature, noon + 2 * Links::step));
}

TEST(Links, it_stays_the_same_for_a_while_so_that_caches_serve_it) {
  const Links links(secret);
  EXPECT_EQ(links.ticket(image, noon), links.ticket(image, noon + Links::step - 1s));
  EXPECT_NE(links.ticket(image, noon), links.ticket(image, noon + Links::step));
}

TEST(Links, nothing_else_is_admitted) {
  const Links links(secret);
  const auto ticket = read(links.ticket(image, noon));
  EXPECT_FALSE(links.admits(image, ticket.expires + 1, ticket.signature, noon));
  EXPECT_FALSE(links.admits(image, ticket.expires, ticket.signature + "A", noon));
  EXPECT_FALSE(links.admits(image, ticket.expires, "", noon));
  EXPECT_FALSE(links.admits(Uuid::generate(), ticket.expires, ticket.signature, noon));
  const Links others(std::vector<std::uint8_t>(32, 8));
  EXPECT_FALSE(others.admits(image, ticket.expires, ticket.signature, noon));
}

}  // namespace
}  // namespace frontdesk::media
