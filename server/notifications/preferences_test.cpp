#include "notifications/preferences.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

bool wants(const Preferences& preferences, Group group, Channel channel) {
  return preferences.of(group)[static_cast<std::size_t>(channel)];
}

TEST(Preferences, all_but_sms_is_on_for_who_never_chose) {
  const Preferences preferences;
  for (const auto& event : events()) {
    for (const auto channel : event.channels) {
      EXPECT_EQ(wants(preferences, event.group, channel),
                channel != Channel::sms || event.group == Group::security)
          << event.name;
    }
  }
  EXPECT_FALSE(preferences.quiet);
  EXPECT_THAT(preferences.deviations(), IsEmpty());
}

TEST(Preferences, codes_and_security_notices_cannot_be_switched_off) {
  EXPECT_TRUE(is_fixed(Group::security));
  EXPECT_FALSE(is_fixed(Group::account));
  EXPECT_FALSE(is_fixed(Group::administration));
  Preferences preferences;
  preferences.set(Group::security, Channel::email, false);
  EXPECT_TRUE(wants(preferences, Group::security, Channel::email));
}

TEST(Preferences, only_what_differs_from_the_default_is_kept) {
  Preferences preferences;
  preferences.set(Group::reminders, Channel::sms, true);
  preferences.set(Group::bookings, Channel::push, false);
  preferences.set(Group::bookings, Channel::email, true);
  EXPECT_THAT(preferences.deviations(),
              ElementsAre(Deviation{Group::bookings, Channel::push, false},
                          Deviation{Group::reminders, Channel::sms, true}));
  preferences.set(Group::reminders, Channel::sms, false);
  preferences.set(Group::bookings, Channel::push, true);
  EXPECT_EQ(preferences, Preferences());
}

TEST(Preferences, a_group_concerns_those_whom_its_events_are_for) {
  EXPECT_TRUE(concerns(Group::bookings, {}));
  EXPECT_TRUE(concerns(Group::security, {}));
  EXPECT_FALSE(concerns(Group::staff_bookings, {.administrator = true}));
  EXPECT_TRUE(concerns(Group::staff_agenda, {.staff = true}));
  EXPECT_FALSE(concerns(Group::administration, {.staff = true}));
  EXPECT_TRUE(concerns(Group::administration, {.administrator = true}));
}

TEST(Preferences, a_channel_counts_where_an_event_of_the_group_takes_it) {
  EXPECT_TRUE(uses(Group::reminders, Channel::sms));
  EXPECT_FALSE(uses(Group::staff_bookings, Channel::sms));
  EXPECT_FALSE(uses(Group::account, Channel::push));
}

TEST(Preferences, slugs_read_back) {
  for (int i = 0; i < group_count; ++i) {
    EXPECT_EQ(group_from_slug(slug_of(static_cast<Group>(i))), static_cast<Group>(i));
  }
  EXPECT_FALSE(group_from_slug("Security"));
  EXPECT_FALSE(group_from_slug(""));
}

}  // namespace
}  // namespace frontdesk::notifications
