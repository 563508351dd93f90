// Bookings against those who change the member's time (R52): whoever comes second sees the first.
#include "appointments/testing_business.hpp"
#include "availability/availability.hpp"
#include "catalog/testing.hpp"

#include <set>

namespace frontdesk::appointments::testing {
namespace {

using availability::Timetables;
using catalog::UnderWay;

class HoursRace : public BusinessTest {
 protected:
  /// Eight bookings, and a write that leaves no time for any of them: each is either refused for
  /// want of hours or among the affected, never both and never neither.
  template <class T>
  void expect_each_is_refused_or_affected(StaffId staff, Task<Result<T>> write) {
    std::vector<std::unique_ptr<UnderWay<Result<Answer>>>> bookings;
    const auto start = [&](std::initializer_list<const char*> times) {
      for (const auto* time : times) {
        bookings.push_back(std::make_unique<UnderWay<Result<Answer>>>(appointments().book(
            manager_, {.service = service_, .staff = staff, .start = at(time)}, {}, soon())));
      }
    };
    start({"09:00", "10:00", "11:00", "12:00"});
    UnderWay<Result<T>> writing(std::move(write));
    start({"13:00", "14:00", "15:00", "16:00"});
    ASSERT_EQ(code_of(writing.result()), "ok");
    std::set<std::string> affected;
    for (const auto& item : writing.result()->affected.items) affected.insert(item.id.to_string());
    for (const auto& booking : bookings) {
      const auto& answer = booking->result();
      if (answer) {
        const std::string id(boost::json::parse(answer->data).at("id").as_string());
        EXPECT_EQ(affected.erase(id), 1U) << "booked, and nobody is told";
      } else {
        EXPECT_EQ(answer.error().code, "outside_working_hours");
      }
    }
    EXPECT_TRUE(affected.empty());
    expect_invariants();
  }

  void SetUp() override {
    BusinessTest::SetUp();
    service_ = add_service();
    manager_ = actor(add_user(), {Permission::appointments_manage});
    timetables_ = std::make_unique<Timetables>(pool());
  }

  static constexpr int rounds = 8;
  ServiceId service_;
  Actor manager_;
  std::unique_ptr<Timetables> timetables_;
};

TEST_F(HoursRace, R52_a_booking_meets_new_weekly_hours) {
  const availability::Week nothing;
  for (int round = 0; round < rounds; ++round) {
    const auto staff = add_staff({service_});
    expect_each_is_refused_or_affected(staff,
                                       timetables_->set_week(manager_, staff, nothing, {}, soon()));
  }
}

TEST_F(HoursRace, R52_a_booking_meets_other_hours_of_the_day) {
  const availability::DateOverride off{.date = day(7), .hours = {}};
  for (int round = 0; round < rounds; ++round) {
    const auto staff = add_staff({service_});
    expect_each_is_refused_or_affected(staff,
                                       timetables_->set_override(manager_, staff, off, soon()));
  }
}

TEST_F(HoursRace, R52_a_booking_meets_illness) {
  const Instant start{std::chrono::sys_days{day(7).time_since_epoch()}};
  const availability::NewTimeOff ill{.time = {start, start + std::chrono::days{1}}, .reason = ""};
  for (int round = 0; round < rounds; ++round) {
    const auto staff = add_staff({service_});
    expect_each_is_refused_or_affected(staff,
                                       timetables_->add_time_off(manager_, staff, ill, soon()));
  }
}

}  // namespace
}  // namespace frontdesk::appointments::testing
