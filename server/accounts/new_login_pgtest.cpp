#include "accounts/testing.hpp"

#include <algorithm>

namespace frontdesk::accounts {
namespace {

using ::testing::HasSubstr;

class NewLogins : public AccountsTest {
 protected:
  void SetUp() override {
    AccountsTest::SetUp();
    customer(email);
  }

  Result<LoggedIn> log_in_with(std::optional<std::string> device,
                               const std::string& client_address = "192.0.2.1") {
    const Credentials credentials{
        .email = address(email), .password = Secret(password), .device_name = std::move(device)};
    const Actor actor = from(client_address);
    return run(accounts.log_in(actor, credentials, soon()));
  }
  std::size_t told() {
    const auto all = events(email);
    return static_cast<std::size_t>(
        std::ranges::count(all, "auth.new_login", &queue::Message::event));
  }

  static constexpr const char* email = "ada@example.test";
};

TEST_F(NewLogins, the_very_first_is_the_owners) {
  ASSERT_EQ(outcome(log_in_with("Firefox")), "ok");
  EXPECT_EQ(told(), 0U);
}

TEST_F(NewLogins, a_device_or_network_that_was_not_there_before_is_told) {
  ASSERT_EQ(outcome(log_in_with({})), "ok");
  ASSERT_EQ(outcome(log_in_with("Firefox")), "ok");
  EXPECT_EQ(told(), 1U);
  EXPECT_EQ(last_fact(email, "device"), "Firefox");
  ASSERT_EQ(outcome(log_in_with("Firefox", "198.51.100.1")), "ok");
  EXPECT_EQ(told(), 2U);
  EXPECT_EQ(last_fact(email, "network_address"), "198.51.100.1");
  EXPECT_THAT(events(email).back().text, HasSubstr("https://book.example.test"));
  ASSERT_EQ(outcome(log_in_with("Firefox", "198.51.100.1")), "ok");
  ASSERT_EQ(outcome(log_in_with({})), "ok");
  EXPECT_EQ(told(), 2U) << "both are known";
}

TEST_F(NewLogins, a_known_device_elsewhere_is_new_for_anybody_can_say_its_name) {
  ASSERT_EQ(outcome(log_in_with("Firefox")), "ok");
  ASSERT_EQ(outcome(log_in_with({}, "198.51.100.1")), "ok");
  ASSERT_EQ(outcome(log_in_with("Firefox", "198.51.100.1")), "ok");
  EXPECT_EQ(told(), 2U);
}

TEST_F(NewLogins, a_network_is_the_64_bits_that_one_customer_has) {
  ASSERT_EQ(outcome(log_in_with({}, "2001:db8:1:2::1")), "ok");
  ASSERT_EQ(outcome(log_in_with({}, "2001:db8:1:2:ffff::9")), "ok");
  EXPECT_EQ(told(), 0U);
  ASSERT_EQ(outcome(log_in_with({}, "2001:db8:1:3::1")), "ok");
  EXPECT_EQ(told(), 1U);
}

TEST_F(NewLogins, a_place_that_was_logged_out_is_still_known) {
  ASSERT_EQ(outcome(log_in_with("Firefox")), "ok");
  frontdesk::testing::sql("UPDATE sessions SET revoked_at = now()");
  ASSERT_EQ(outcome(log_in_with("Firefox")), "ok");
  EXPECT_EQ(told(), 0U);
}

TEST_F(NewLogins, a_wrong_password_tells_nobody_of_a_login) {
  ASSERT_EQ(outcome(log_in_with({})), "ok");
  ASSERT_EQ(outcome(log_in(email, "not the password", "198.51.100.1")), "invalid_credentials");
  EXPECT_EQ(told(), 0U);
}

}  // namespace
}  // namespace frontdesk::accounts
