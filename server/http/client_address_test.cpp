#include "http/client_address.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

IpAddress address(std::string_view text) {
  return IpAddress::parse(text).value();
}

TEST(IpAddress, reads_and_writes_both_families) {
  EXPECT_EQ(address("192.0.2.1").to_string(), "192.0.2.1");
  EXPECT_EQ(address("2001:DB8:0:0::1").to_string(), "2001:db8::1");
  EXPECT_EQ(address("fe80::1%eth0").to_string(), "fe80::1");
}

TEST(IpAddress, R21_a_mapped_address_is_the_ipv4_one) {
  EXPECT_EQ(address("::ffff:192.0.2.1"), address("192.0.2.1"));
  EXPECT_EQ(address("::ffff:192.0.2.1").to_string(), "192.0.2.1");
  EXPECT_TRUE(address("::ffff:c000:201").is_v4());
  EXPECT_FALSE(address("::192.0.2.1").is_v4());
}

TEST(IpAddress, refuses_everything_else) {
  for (const auto* text : {"", "unknown", "192.0.2", "192.0.2.256", "192.0.2.1.", "0300.0.2.1 ",
                           " ::1", "1", "::g", "2001:db8::1::2", "[::1]", "192.0.2.1:80", "_hidden",
                           "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc:dddd"}) {
    EXPECT_FALSE(IpAddress::parse(text)) << text;
  }
  EXPECT_FALSE(IpAddress::parse(std::string_view("::1\0x", 5)));
}

TEST(IpAddress, R20_a_subscriber_is_an_ipv4_address_or_a_64) {
  EXPECT_EQ(address("2001:db8:1:2:3:4:5:6").subscriber_prefix(), address("2001:db8:1:2::").bytes());
  EXPECT_NE(address("2001:db8:1:2::1").subscriber_prefix(),
            address("2001:db8:1:3::1").subscriber_prefix());
  EXPECT_NE(address("192.0.2.1").subscriber_prefix(), address("192.0.2.2").subscriber_prefix());
}

TEST(Cidr, contains_its_network) {
  const Cidr ten = *Cidr::parse("10.0.0.0/8");
  EXPECT_TRUE(ten.contains(address("10.255.0.1")));
  EXPECT_TRUE(ten.contains(address("::ffff:10.1.2.3")));
  EXPECT_FALSE(ten.contains(address("11.0.0.0")));
  EXPECT_FALSE(ten.contains(address("a00::1")));
  const Cidr odd = *Cidr::parse("192.0.2.64/27");
  EXPECT_TRUE(odd.contains(address("192.0.2.95")));
  EXPECT_FALSE(odd.contains(address("192.0.2.96")));
  EXPECT_FALSE(odd.contains(address("192.0.2.63")));
  EXPECT_TRUE(Cidr::parse("fd00::/8")->contains(address("fdff::1")));
  EXPECT_TRUE(Cidr::parse("192.0.2.1")->contains(address("192.0.2.1")));
  EXPECT_FALSE(Cidr::parse("192.0.2.1")->contains(address("192.0.2.0")));
  EXPECT_TRUE(Cidr::parse("0.0.0.0/0")->contains(address("203.0.113.1")));
  EXPECT_FALSE(Cidr::parse("0.0.0.0/0")->contains(address("2001:db8::1")));
  EXPECT_TRUE(Cidr::parse("::/0")->contains(address("203.0.113.1")));
}

TEST(Cidr, refuses_what_is_no_network) {
  for (const auto* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8",
                           "::/129", "10.0.0.0/8x", "10.0.0.0/ 8", "fe80::%eth0/10", "loopback"}) {
    EXPECT_FALSE(Cidr::parse(text)) << text;
  }
}

class ForwardedFor : public testing::Test {
 protected:
  TrustedProxies proxies_{{*Cidr::parse("10.0.0.0/8"), *Cidr::parse("fd00::/8")}};

  std::string client(std::string_view peer, std::vector<std::string_view> fields) const {
    return proxies_.client_of(address(peer), fields).to_string();
  }
};

TEST_F(ForwardedFor, R21_a_stranger_is_not_believed) {
  EXPECT_EQ(client("203.0.113.9", {"198.51.100.1"}), "203.0.113.9");
  EXPECT_EQ(TrustedProxies({}).client_of(address("10.0.0.1"), {}).to_string(), "10.0.0.1");
}

TEST_F(ForwardedFor, R21_is_read_from_the_right) {
  EXPECT_EQ(client("10.0.0.1", {"198.51.100.1"}), "198.51.100.1");
  EXPECT_EQ(client("10.0.0.1", {"1.2.3.4, 198.51.100.1"}), "198.51.100.1");
  EXPECT_EQ(client("10.0.0.1", {"198.51.100.1, 10.2.3.4"}), "198.51.100.1");
  EXPECT_EQ(client("::ffff:10.0.0.1", {"2001:db8::1,fd00::1"}), "2001:db8::1");
}

TEST_F(ForwardedFor, R21_several_fields_are_one_list) {
  EXPECT_EQ(client("10.0.0.1", {"1.2.3.4", "198.51.100.1, 10.9.9.9", "10.2.3.4"}), "198.51.100.1");
}

TEST_F(ForwardedFor, all_hops_trusted_leaves_the_first) {
  EXPECT_EQ(client("10.0.0.1", {"10.0.0.3, 10.0.0.2"}), "10.0.0.3");
  EXPECT_EQ(client("10.0.0.1", {}), "10.0.0.1");
}

TEST_F(ForwardedFor, stops_at_what_is_no_address) {
  EXPECT_EQ(client("10.0.0.1", {"198.51.100.1, unknown"}), "10.0.0.1");
  EXPECT_EQ(client("10.0.0.1", {"198.51.100.1,, 10.0.0.2"}), "10.0.0.2");
  EXPECT_EQ(client("10.0.0.1", {"evil', 10.0.0.2"}), "10.0.0.2");
  EXPECT_EQ(client("10.0.0.1", {""}), "10.0.0.1");
}

TEST_F(ForwardedFor, a_port_is_left_out) {
  EXPECT_EQ(client("10.0.0.1", {"198.51.100.1:4711"}), "198.51.100.1");
  EXPECT_EQ(client("10.0.0.1", {"[2001:db8::1]:4711"}), "2001:db8::1");
}

TEST_F(ForwardedFor, a_long_chain_ends) {
  std::string chain = "198.51.100.1";
  for (int i = 0; i < 1000; ++i) chain += ",10.0.0.1";
  EXPECT_EQ(client("10.0.0.1", {chain}), "10.0.0.1");
}

}  // namespace
}  // namespace frontdesk::http
