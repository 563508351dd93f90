#include "notifications/testing_dispatch.hpp"

#include <gmock/gmock.h>

namespace frontdesk::notifications {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Logins whose owners have not followed their invitation yet.
class InvitedPg : public DispatchTest {
 protected:
  static void invite(const UserId& user) {
    sql("UPDATE users SET status = 'invited', email_verified = false WHERE id = '" +
        user.to_string() + "'");
  }
};

TEST_F(InvitedPg, I8_a_customer_who_is_booked_for_is_told_as_any) {
  invite(customer);
  book();
  dispatch();
  EXPECT_THAT(told(email_of(customer)), ElementsAre("appointment.booked"));
  EXPECT_THAT(listed(customer), ElementsAre("appointment.booked")) << "for later";
}

TEST_F(InvitedPg, a_member_learns_of_no_customer_at_an_address_that_nobody_has_proved) {
  invite(login);
  book();
  dispatch();
  EXPECT_THAT(told(email_of(login)), IsEmpty());
  EXPECT_THAT(listed(login), IsEmpty());
}

}  // namespace
}  // namespace frontdesk::notifications
