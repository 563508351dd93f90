#include "appointments/testing_business.hpp"

namespace frontdesk::appointments::testing {
namespace {

// The last Sunday of October: 02:30 occurs twice; the last Sunday of March: it does not exist.
class BookAtTheChange : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    sql("UPDATE settings SET max_advance_days = 730");
    service_ = add_service();
    staff_ = add_staff({service_});
    sql("UPDATE working_hours SET start_minute = 0, end_minute = 1440");
  }
  static LocalDate last_sunday_of(unsigned month) {
    const auto year = std::chrono::year_month_day{day(0)}.year() + std::chrono::years{1};
    return LocalDate{std::chrono::local_days{year / std::chrono::month{month} /
                                             std::chrono::Sunday[std::chrono::last]}};
  }

  ServiceId service_;
  StaffId staff_;
};

TEST_F(BookAtTheChange, R61_a_repeated_time_is_ambiguous_until_an_instant_says_which) {
  const auto who = actor(add_user());
  const WallTime half_past_two{.date = last_sunday_of(10), .time = *parse_time("02:30")};
  const auto refused = book(who, {.service = service_, .staff = staff_, .start = half_past_two});
  ASSERT_EQ(code_of(refused), "ambiguous_time");
  const auto& both = refused.error().details.at("starts_at").as_array();
  ASSERT_EQ(both.size(), 2);
  for (const auto& one : both) {
    const auto start = *parse_instant(one.as_string());
    const auto id = booked(who, {.service = service_, .staff = staff_, .start = start});
    EXPECT_EQ(find(who, id)->time, half_past_two.time);
    EXPECT_EQ(find(who, id)->starts_at, start);
  }
  EXPECT_EQ(sql_value("SELECT max(starts_at) - min(starts_at) FROM appointments"), "01:00:00");
  expect_invariants();
}

TEST_F(BookAtTheChange, R61_a_skipped_time_does_not_exist) {
  const WallTime half_past_two{.date = last_sunday_of(3), .time = *parse_time("02:30")};
  EXPECT_EQ(code_of(book(actor(add_user()),
                         {.service = service_, .staff = staff_, .start = half_past_two})),
            "nonexistent_time");
}

TEST_F(BookAtTheChange, R61_an_appointment_over_the_change_lasts_as_long_as_it_says) {
  sql("UPDATE services SET duration = 120");
  const auto who = actor(add_user());
  const auto id = booked(who, {.service = service_,
                               .staff = staff_,
                               .start = WallTime{last_sunday_of(3), *parse_time("01:30")}});
  const auto found = find(who, id);
  EXPECT_EQ(found->ends_at - found->starts_at, std::chrono::hours{2});
  expect_invariants();
}

}  // namespace
}  // namespace frontdesk::appointments::testing
