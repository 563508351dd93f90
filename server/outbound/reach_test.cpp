#include "outbound/reach.hpp"

#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

using boost::asio::ip::make_address;

TEST(Reach, R34_what_is_not_the_internet_is_refused) {
  for (const auto* text : {"0.0.0.0",
                           "10.1.2.3",
                           "100.64.0.1",
                           "127.0.0.1",
                           "127.255.255.254",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "198.51.100.7",
                           "203.0.113.9",
                           "224.0.0.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::127.0.0.1",
                           "64:ff9b::7f00:1",
                           "64:ff9b:1::1",
                           "100::1",
                           "2001::1",
                           "2001:db8::1",
                           "2002:7f00:1::1",
                           "3fff::1",
                           "fc00::1",
                           "fd12::1",
                           "fe80::1",
                           "fe80::1%1",
                           "fec0::1",
                           "fd00:ec2::254",
                           "ff02::1"}) {
    EXPECT_FALSE(is_public(make_address(text))) << text;
    EXPECT_FALSE(Reach().covers(make_address(text))) << text;
  }
}

TEST(Reach, what_is_the_internet_is_reached) {
  for (const auto* text :
       {"1.1.1.1", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "172.15.0.1",
        "172.32.0.1", "192.167.1.1", "223.255.255.1", "2a00:1450:4001::1", "2606:4700::1111",
        "::ffff:1.1.1.1", "64:ff9b::101:101"}) {
    EXPECT_TRUE(Reach().covers(make_address(text))) << text;
  }
}

TEST(Reach, the_operators_own_networks_are_reached_too) {
  const auto reach = Reach::with({"127.0.0.0/8", "10.1.2.3/32", "fd00::/8"});
  ASSERT_TRUE(reach);
  for (const auto* text : {"127.0.0.1", "::ffff:127.0.0.1", "10.1.2.3", "fd12::1", "1.1.1.1"}) {
    EXPECT_TRUE(reach->covers(make_address(text))) << text;
  }
  for (const auto* text : {"10.1.2.4", "::1", "192.168.0.1", "169.254.169.254"}) {
    EXPECT_FALSE(reach->covers(make_address(text))) << text;
  }
}

TEST(Reach, what_is_no_network_is_refused) {
  for (const auto* text : {"", "127.0.0.1", "127.0.0.0/33", "localhost/8", "fd00::", "fd00::/129",
                           "10.0.0.0/-1", "10.0.0.0/8x"}) {
    EXPECT_FALSE(Reach::with({text})) << text;
  }
}

}  // namespace
}  // namespace frontdesk::outbound
