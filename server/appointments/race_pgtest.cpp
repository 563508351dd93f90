#include "appointments/testing_business.hpp"

#include <utility>

namespace frontdesk::appointments::testing {
namespace {

using Counts = std::map<std::string, int>;

class Race : public BusinessTest {
 protected:
  static std::int64_t deadlocks() {
    return sql_count("SELECT coalesce(sum(deadlocks), 0) FROM pg_stat_database");
  }
  std::vector<Task<Result<Answer>>> bookings(int count, const Booking& booking) {
    std::vector<Task<Result<Answer>>> tasks;
    for (int i = 0; i < count; ++i) {
      tasks.push_back(appointments().book(actor(add_user()), booking, std::nullopt, soon()));
    }
    return tasks;
  }
};

TEST_F(Race, I1_one_slot_has_one_winner_and_every_loser_hears_of_alternatives) {
  const auto service = add_service();
  const auto staff = add_staff({service});
  const auto before = deadlocks();
  const auto results =
      run_together(bookings(48, {.service = service, .staff = staff, .start = at("10:00")}));
  EXPECT_EQ(tally(results), (Counts{{"ok", 1}, {"slot_taken", 47}}));
  for (const auto& result : results) {
    if (!result) EXPECT_EQ(result.error().details.at("alternatives").as_array().size(), 3);
  }
  EXPECT_EQ(deadlocks(), before);
  expect_invariants();
}

TEST_F(Race, I1_overlapping_starts_never_both_win) {
  const auto service = add_service({.duration = 60, .buffer_after = 15});
  const auto staff = add_staff({service});
  std::vector<Task<Result<Answer>>> tasks;
  for (int round = 0; round < 4; ++round) {
    for (const auto* time : {"10:00", "10:15", "10:30", "10:45", "11:00", "11:15"}) {
      tasks.push_back(appointments().book(actor(add_user()),
                                          {.service = service, .staff = staff, .start = at(time)},
                                          std::nullopt, soon()));
    }
  }
  const auto counts = tally(run_together(std::move(tasks)));
  EXPECT_GE(counts.at("ok"), 1);
  EXPECT_LE(counts.at("ok"), 2);
  EXPECT_EQ(counts.size(), 2);
  expect_invariants();
}

// Who has waited for a member's lock judges by what was committed meanwhile, and tries only once:
// all of them wait longer than there are second tries.
TEST_F(Race, R52_all_who_want_different_times_of_one_member_get_them) {
  const auto service = add_service();
  const auto staff = add_staff({service});
  std::vector<Task<Result<Answer>>> tasks;
  for (const auto* time : {"09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00", "12:30",
                           "13:00", "13:30", "14:00", "14:30"}) {
    tasks.push_back(appointments().book(actor(add_user()),
                                        {.service = service, .staff = staff, .start = at(time)},
                                        std::nullopt, soon()));
  }
  EXPECT_EQ(tally(run_together(std::move(tasks))), (Counts{{"ok", 12}}));
  expect_invariants();
}

TEST_F(Race, I6_anyone_books_exactly_as_many_as_are_free) {
  const auto service = add_service();
  std::vector<StaffId> staff;
  for (int i = 0; i < 5; ++i) staff.push_back(add_staff({service}));
  booked(actor(add_user()), {.service = service, .staff = staff[2], .start = at("10:00")});
  const auto before = deadlocks();
  const auto results = run_together(bookings(48, {.service = service, .start = at("10:00")}));
  EXPECT_EQ(tally(results), (Counts{{"ok", 4}, {"slot_taken", 44}}));
  EXPECT_EQ(sql_count("SELECT count(DISTINCT staff_id) FROM appointments"), 5);
  EXPECT_EQ(deadlocks(), before);
  expect_invariants();
}

TEST_F(Race, I6_named_and_anyone_together_fill_everybody_and_nobody_twice) {
  const auto service = add_service();
  std::vector<Task<Result<Answer>>> tasks;
  for (int i = 0; i < 4; ++i) {
    const auto staff = add_staff({service});
    for (auto& task : bookings(6, {.service = service, .staff = staff, .start = at("10:00")})) {
      tasks.push_back(std::move(task));
    }
  }
  for (auto& task : bookings(24, {.service = service, .start = at("10:00")})) {
    tasks.push_back(std::move(task));
  }
  EXPECT_EQ(tally(run_together(std::move(tasks))), (Counts{{"ok", 4}, {"slot_taken", 44}}));
  expect_invariants();
}

TEST_F(Race, I2_a_class_fills_exactly) {
  const auto service = add_service({.capacity = 7});
  const auto staff = add_staff({service});
  const auto results =
      run_together(bookings(32, {.service = service, .staff = staff, .start = at("10:00")}));
  EXPECT_EQ(tally(results), (Counts{{"ok", 7}, {"slot_taken", 25}}));
  EXPECT_EQ(sql_count("SELECT count(*) FROM occupations"), 1);
  expect_invariants();
}

TEST_F(Race, I2_parties_never_exceed_the_seats_and_one_that_fits_is_not_refused) {
  const auto service = add_service({.capacity = 9});
  const auto staff = add_staff({service});
  auto tasks =
      bookings(8, {.service = service, .staff = staff, .start = at("10:00"), .party_size = 2});
  const auto counts = tally(run_together(std::move(tasks)));
  EXPECT_EQ(counts, (Counts{{"ok", 4}, {"slot_taken", 4}}));
  EXPECT_TRUE(book(actor(add_user()),
                   {.service = service, .staff = staff, .start = at("10:00"), .party_size = 1}));
  expect_invariants();
}

TEST_F(Race, I2_a_class_with_anyone_fills_every_session) {
  const auto service = add_service({.capacity = 3});
  for (int i = 0; i < 3; ++i) add_staff({service});
  const auto results = run_together(bookings(24, {.service = service, .start = at("10:00")}));
  EXPECT_EQ(tally(results), (Counts{{"ok", 9}, {"slot_taken", 15}}));
  expect_invariants();
}

TEST_F(Race, cancel_against_reschedule_ends_in_one_of_the_two_orders) {
  const auto service = add_service();
  const auto first = add_staff({service});
  const auto second = add_staff({service});
  for (int round = 0; round < 12; ++round) {
    const auto who = actor(add_user());
    const auto id = booked(who, {.service = service, .staff = first, .start = at("10:00")});
    std::vector<Task<Result<Answer>>> tasks;
    tasks.push_back(appointments().reschedule(
        who, {.id = id}, {.start = at("11:00"), .staff = second}, std::nullopt, soon()));
    tasks.push_back(appointments().cancel(who, {.id = id}, std::nullopt, std::nullopt, soon()));
    tasks.push_back(
        appointments().reschedule(who, {.id = id}, {.start = at("12:00")}, std::nullopt, soon()));
    const auto results = run_together(std::move(tasks));
    EXPECT_TRUE(results[1]) << "a cancellation fits before and after a move";
    for (const auto& result : {results[0], results[2]}) {
      if (!result) {
        EXPECT_THAT(result.error().code, ::testing::AnyOf("invalid_transition", "stale"));
      }
    }
    EXPECT_EQ(find(who, id)->status, Status::cancelled);
    EXPECT_EQ(sql_count("SELECT count(*) FROM occupations WHERE active"), 0);
    expect_invariants();
  }
}

TEST_F(Race, two_members_swapping_appointments_do_not_deadlock) {
  const auto service = add_service();
  const auto first = add_staff({service});
  const auto second = add_staff({service});
  const auto manager = actor(add_user(), {Permission::appointments_manage});
  const auto before = deadlocks();
  std::vector<AppointmentId> ids;
  for (const auto* time : {"09:00", "10:00", "11:00", "12:00"}) {
    ids.push_back(booked(manager, {.service = service, .staff = first, .start = at(time)}));
    ids.push_back(booked(manager, {.service = service, .staff = second, .start = at(time)}));
  }
  for (int round = 0; round < 4; ++round) {
    std::vector<Task<Result<Answer>>> tasks;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      tasks.push_back(appointments().reschedule(
          manager, {.id = ids[i]},
          {.start = at(i % 4 < 2 ? "13:00" : "15:00"), .staff = i % 2 == 0 ? second : first},
          std::nullopt, soon()));
    }
    run_together(std::move(tasks));
    expect_invariants();
  }
  EXPECT_EQ(deadlocks(), before);
}

TEST_F(Race, a_slot_that_is_cancelled_and_booked_at_once_is_never_given_twice) {
  const auto service = add_service();
  const auto staff = add_staff({service});
  for (int round = 0; round < 8; ++round) {
    const auto who = actor(add_user());
    const auto id = booked(who, {.service = service, .staff = staff, .start = at("10:00")});
    auto tasks = bookings(8, {.service = service, .staff = staff, .start = at("10:00")});
    tasks.push_back(appointments().cancel(who, {.id = id}, std::nullopt, std::nullopt, soon()));
    const auto results = run_together(std::move(tasks));
    EXPECT_TRUE(results.back());
    expect_invariants();
    sql("UPDATE appointments SET status = 'cancelled'; "
        "UPDATE occupations SET active = false, booked = 0");
  }
}

TEST_F(Race, R22_parallel_bookings_of_one_customer_stay_within_the_cap) {
  const auto service = add_service();
  for (int i = 0; i < 12; ++i) add_staff({service});
  const auto user = add_user();
  std::vector<Task<Result<Answer>>> tasks;
  for (int i = 0; i < 12; ++i) {
    tasks.push_back(appointments().book(actor(user), {.service = service, .start = at("10:00")},
                                        std::nullopt, soon()));
  }
  EXPECT_EQ(tally(run_together(std::move(tasks))), (Counts{{"ok", 5}, {"customer_limit", 7}}));
  expect_invariants();
}

}  // namespace
}  // namespace frontdesk::appointments::testing
