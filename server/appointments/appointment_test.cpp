#include "appointments/appointment.hpp"

#include <map>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace frontdesk::appointments {
namespace {

using std::chrono::minutes;

constexpr Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10} +
                       std::chrono::hours{12}};

TEST(StateMachine, R54_every_pair_of_status_and_transition) {
  using enum Status;
  using enum Transition;
  const std::map<std::pair<Status, Transition>, Status> allowed{
      {{pending, confirm}, confirmed},      {{confirmed, complete}, completed},
      {{confirmed, mark_no_show}, no_show}, {{pending, cancel}, cancelled},
      {{confirmed, cancel}, cancelled},     {{cancelled, reopen}, confirmed},
      {{completed, reopen}, confirmed},     {{no_show, reopen}, confirmed},
      {{pending, reschedule}, pending},     {{confirmed, reschedule}, confirmed}};
  for (int s = 0; s < status_count; ++s) {
    for (int t = 0; t < transition_count; ++t) {
      const auto status = static_cast<Status>(s);
      const auto transition = static_cast<Transition>(t);
      const auto result = after(status, transition);
      const auto expected = allowed.find({status, transition});
      SCOPED_TRACE(std::string(slug_of(status)) + " / " + std::to_string(t));
      if (expected != allowed.end()) {
        ASSERT_TRUE(result);
        EXPECT_EQ(*result, expected->second);
      } else {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::conflict);
        EXPECT_EQ(result.error().code, "invalid_transition");
        EXPECT_EQ(result.error().details.at("status").as_string(), slug_of(status));
      }
    }
  }
}

TEST(StateMachine, R54_a_target_that_occupies_is_reached_from_a_free_status_by_reopening_alone) {
  for (int s = 0; s < status_count; ++s) {
    for (int t = 0; t < transition_count; ++t) {
      const auto status = static_cast<Status>(s);
      const auto result = after(status, static_cast<Transition>(t));
      if (result && occupies(*result) && !occupies(status)) {
        EXPECT_EQ(static_cast<Transition>(t), Transition::reopen);
      }
    }
  }
}

TEST(Status, slugs_are_read_back_and_unknown_ones_refused) {
  for (int s = 0; s < status_count; ++s) {
    const auto status = static_cast<Status>(s);
    EXPECT_EQ(status_from_slug(slug_of(status)), status);
  }
  EXPECT_EQ(status_from_slug("Pending"), std::nullopt);
  EXPECT_EQ(status_from_slug("no-show"), std::nullopt);
  EXPECT_EQ(status_from_slug(""), std::nullopt);
}

TEST(Permission, R16_a_customer_cancels_and_reschedules_the_business_does_all_an_observer_nothing) {
  for (int t = 0; t < transition_count; ++t) {
    const auto transition = static_cast<Transition>(t);
    const bool for_customers =
        transition == Transition::cancel || transition == Transition::reschedule;
    EXPECT_EQ(check_permitted(Relation::customer, transition).has_value(), !for_customers);
    EXPECT_FALSE(check_permitted(Relation::business, transition));
    const auto refusal = check_permitted(Relation::observer, transition);
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind, ErrorKind::forbidden);
  }
}

TEST(Deadline, a_customer_may_change_until_the_notice_before_the_start) {
  const minutes notice{120};
  EXPECT_FALSE(check_deadline(Relation::customer, noon + notice, notice, noon));
  const auto late = check_deadline(Relation::customer, noon + notice, notice,
                                   noon + std::chrono::microseconds{1});
  ASSERT_TRUE(late);
  EXPECT_EQ(late->kind, ErrorKind::invalid);
  EXPECT_EQ(late->code, "cancellation_deadline");
  EXPECT_EQ(late->details.at("deadline").as_string(), "2026-03-10T12:00:00Z");
}

TEST(Deadline, the_business_has_none) {
  EXPECT_FALSE(check_deadline(Relation::business, noon - minutes{60}, minutes{120}, noon));
}

TEST(Begun, what_is_over_or_missed_has_begun_the_first_moment_included) {
  for (const auto transition : {Transition::complete, Transition::mark_no_show}) {
    EXPECT_FALSE(check_begun(transition, noon, noon));
    const auto early = check_begun(transition, noon + std::chrono::microseconds{1}, noon);
    ASSERT_TRUE(early);
    EXPECT_EQ(early->kind, ErrorKind::invalid);
    EXPECT_EQ(early->code, "too_early");
    EXPECT_TRUE(early->details.contains("starts_at"));
  }
}

TEST(Begun, nothing_else_waits_for_the_start) {
  for (const auto transition :
       {Transition::confirm, Transition::cancel, Transition::reopen, Transition::reschedule}) {
    EXPECT_FALSE(check_begun(transition, noon + minutes{60}, noon));
  }
}

TEST(Caps, R22_the_last_one_below_each_cap_is_let_through_and_the_next_is_not) {
  const Caps caps{.active_appointments = 5, .bookings_per_hour = 10};
  EXPECT_FALSE(check_caps({.active_appointments = 4, .bookings_in_last_hour = 9}, caps));
  const auto active = check_caps({.active_appointments = 5, .bookings_in_last_hour = 0}, caps);
  ASSERT_TRUE(active);
  EXPECT_EQ(active->code, "customer_limit");
  EXPECT_EQ(active->kind, ErrorKind::invalid);
  EXPECT_EQ(active->details.at("limit").as_string(), "active_appointments");
  EXPECT_EQ(active->details.at("maximum").as_int64(), 5);
  const auto hourly = check_caps({.active_appointments = 0, .bookings_in_last_hour = 10}, caps);
  ASSERT_TRUE(hourly);
  EXPECT_EQ(hourly->details.at("limit").as_string(), "bookings_per_hour");
}

}  // namespace
}  // namespace frontdesk::appointments
