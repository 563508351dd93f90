#include "accounts/client_network.hpp"

#include <string>

#include <gtest/gtest.h>

namespace frontdesk::accounts {
namespace {

TEST(ClientNetwork, R08_an_IPv4_address_stands_alone) {
  EXPECT_EQ(client_network("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(client_network("::ffff:192.0.2.7"), "192.0.2.7");
}

TEST(ClientNetwork, R08_a_whole_IPv6_64_is_one_network) {
  EXPECT_EQ(client_network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(client_network("2001:db8:1:2::1"), "2001:db8:1:2::/64");
  EXPECT_NE(client_network("2001:db8:1:3::1"), client_network("2001:db8:1:2::1"));
}

TEST(ClientNetwork, what_is_no_address_is_cut) {
  EXPECT_EQ(client_network(""), "");
  EXPECT_EQ(client_network(std::string(200, 'x')).size(), 64U);
}

}  // namespace
}  // namespace frontdesk::accounts
