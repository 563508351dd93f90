#include "appointments/testing_business.hpp"

#include <cstdlib>
#include <list>
#include <utility>

#include <boost/asio/detached.hpp>

namespace frontdesk::appointments::testing {
namespace {

/// A use case under way.
class UnderWay {
 public:
  explicit UnderWay(Task<Result<Answer>> task) {
    const auto keep = [](Task<Result<Answer>> inner,
                         std::optional<Result<Answer>>& into) -> Task<void> {
      into.emplace(co_await std::move(inner));
    };
    asio::co_spawn(frontdesk::testing::io(), keep(std::move(task), answer_), asio::detached);
  }
  /// Lets it go on until `waits` counts somebody; false when it has ended before.
  bool comes_to(const std::string& waits) {
    frontdesk::testing::await([&] { return answer_ || sql_count(waits) > 0; });
    return !answer_;
  }
  Result<Answer> result() {
    frontdesk::testing::await([&] { return answer_.has_value(); });
    return *answer_;
  }

 private:
  std::optional<Result<Answer>> answer_;
};

std::string lock_of(StaffId staff) {
  return "lock_key('staff', '" + staff.to_string() + "')";
}
void lock(StaffId staff) {
  sql("SELECT pg_advisory_lock(" + lock_of(staff) + ")");
}
void unlock(StaffId staff) {
  sql("SELECT pg_advisory_unlock(" + lock_of(staff) + ")");
}
/// How many wait for the member's lock.
std::string waiters_for(StaffId staff) {
  return "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
         "AND (classid::bigint << 32 | objid::bigint) = " +
         lock_of(staff);
}
void send_away(StaffId staff) {
  sql(
      fmt::format("INSERT INTO time_off (id, staff_id, starts_at, ends_at) "
                  "VALUES (gen_random_uuid(), '{}', now(), now() + interval '30 days')",
                  staff.to_string()));
}

class Lock : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    service_ = add_service();
    first_ = add_staff({service_});
    second_ = add_staff({service_});
    manager_ = actor(add_user(), {Permission::appointments_manage});
  }
  void TearDown() override { sql("SELECT pg_advisory_unlock_all()"); }

  Task<Result<Answer>> booking(std::optional<StaffId> staff, Start start) {
    return appointments().book(manager_, {.service = service_, .staff = staff, .start = start},
                               std::nullopt, soon());
  }

  ServiceId service_;
  StaffId first_, second_;
  Actor manager_;
};

TEST_F(Lock, R52_bookings_and_moves_wait_for_whoever_changes_the_members_time) {
  const auto id = booked(manager_, {.service = service_, .staff = first_, .start = at("09:00")});
  const auto move_to = [&](StaffId staff) {
    return appointments().reschedule(manager_, {.id = id}, {.start = at("12:00"), .staff = staff},
                                     std::nullopt, soon());
  };
  const auto waits = [](StaffId locked, Task<Result<Answer>> task) {
    lock(locked);
    UnderWay use_case(std::move(task));
    const bool waited = use_case.comes_to(waiters_for(locked));
    unlock(locked);
    EXPECT_TRUE(use_case.result());
    return waited;
  };
  EXPECT_TRUE(waits(first_, booking(first_, at("10:00"))));
  EXPECT_TRUE(waits(second_, booking(std::nullopt, at("10:00"))));
  EXPECT_TRUE(waits(first_, move_to(second_))) << "whose time is given back";
  EXPECT_TRUE(waits(first_, move_to(first_))) << "whose time is taken";
  expect_invariants();
}

// The triggers of occupations write a row of the member's: whoever gives seats back beside a move
// between two sessions that holds it would wait in a circle.
TEST_F(Lock, R52_whoever_gives_time_back_waits_for_whoever_changes_the_members_time) {
  const auto booked_then = [&] {
    return booked(manager_, {.service = service_, .staff = first_, .start = at("09:00")});
  };
  const auto waits = [&](Task<Result<Answer>> task) {
    lock(first_);
    UnderWay use_case(std::move(task));
    const bool waited = use_case.comes_to(waiters_for(first_));
    unlock(first_);
    EXPECT_EQ(code_of(use_case.result()), "ok");
    return waited;
  };
  const auto begun = [&](AppointmentId id) {
    sql("UPDATE appointments SET starts_at = now() - interval '1 minute' WHERE id = '" +
        id.to_string() + "'");
    return Target{.id = id};
  };
  EXPECT_TRUE(waits(
      appointments().cancel(manager_, {.id = booked_then()}, std::nullopt, std::nullopt, soon())));
  EXPECT_TRUE(waits(appointments().complete(manager_, begun(booked_then()), std::nullopt, soon())));
  EXPECT_TRUE(
      waits(appointments().mark_no_show(manager_, begun(booked_then()), std::nullopt, soon())));
}

TEST_F(Lock, R52_a_cancellation_finds_the_appointment_with_the_member_to_whom_it_has_just_gone) {
  const auto id = booked(manager_, {.service = service_, .staff = first_, .start = at("09:00")});
  lock(first_);
  UnderWay cancelling(
      appointments().cancel(manager_, {.id = id}, std::nullopt, std::nullopt, soon()));
  ASSERT_TRUE(cancelling.comes_to(waiters_for(first_)));
  for (const auto* table : {"occupations", "appointments"}) {
    sql(fmt::format("UPDATE {} SET staff_id = '{}'", table, second_.to_string()));
  }
  unlock(first_);
  EXPECT_EQ(code_of(cancelling.result()), "ok");
  EXPECT_EQ(sql_count("SELECT count(*) FROM occupations WHERE active"), 0);
}

TEST_F(Lock, R52_anyone_lets_go_of_a_member_who_was_taken_before_waiting_for_the_next) {
  lock(first_);
  lock(second_);
  UnderWay anyone(booking(std::nullopt, at("10:00")));
  ASSERT_TRUE(anyone.comes_to(waiters_for(first_)));
  send_away(first_);
  unlock(first_);
  ASSERT_TRUE(anyone.comes_to(waiters_for(second_)));
  EXPECT_EQ(sql_value("SELECT pg_try_advisory_lock(" + lock_of(first_) + ")"), "t");
  unlock(second_);
  ASSERT_TRUE(anyone.result());
  EXPECT_EQ(sql_value("SELECT staff_id FROM appointments"), second_.to_string());
}

// Whoever is chosen for a second try after a deadlock finds nobody at work, and says so: both hear
// that the slot was taken only where there was no deadlock.
TEST_F(Lock, R52_two_who_try_the_members_in_opposite_order_do_not_deadlock) {
  booked(manager_, {.service = service_, .staff = second_, .start = at("09:00", 7)});
  booked(manager_, {.service = service_, .staff = first_, .start = at("09:00", 8)});
  lock(first_);
  lock(second_);
  UnderWay first_then_second(booking(std::nullopt, at("10:00", 7)));
  ASSERT_TRUE(first_then_second.comes_to(waiters_for(first_)));
  UnderWay second_then_first(booking(std::nullopt, at("10:00", 8)));
  ASSERT_TRUE(second_then_first.comes_to(waiters_for(second_)));
  send_away(first_);
  send_away(second_);
  unlock(first_);
  unlock(second_);
  EXPECT_EQ(code_of(first_then_second.result()), "slot_taken");
  EXPECT_EQ(code_of(second_then_first.result()), "slot_taken");
}

TEST_F(Lock, R52_moves_between_two_members_take_their_locks_in_one_order) {
  const auto there = booked(manager_, {.service = service_, .staff = first_, .start = at("09:00")});
  const auto back = booked(manager_, {.service = service_, .staff = second_, .start = at("09:00")});
  const auto move_to = [&](AppointmentId id, StaffId staff) {
    return appointments().reschedule(manager_, {.id = id}, {.start = at("12:00"), .staff = staff},
                                     std::nullopt, soon());
  };
  lock(first_);
  lock(second_);
  UnderWay moving_there(move_to(there, second_));
  UnderWay moving_back(move_to(back, first_));
  frontdesk::testing::await(
      [&] { return sql_count(waiters_for(first_)) + sql_count(waiters_for(second_)) == 2; });
  EXPECT_EQ(std::abs(sql_count(waiters_for(first_)) - sql_count(waiters_for(second_))), 2)
      << "both begin with the same member";
  unlock(first_);
  unlock(second_);
  EXPECT_TRUE(moving_there.result());
  EXPECT_TRUE(moving_back.result());
  expect_invariants();
}

/// Writes what the lock would have kept out, after a use case has judged and before it writes.
class Constraint : public Lock {
 protected:
  static constexpr const char* waiting_writes =
      "SELECT count(*) FROM pg_locks WHERE relation = 'occupations'::regclass AND NOT granted";

  void TearDown() override {
    sql("ROLLBACK");
    Lock::TearDown();
  }
  Result<Answer> overtaken(Task<Result<Answer>> task, const std::string& rival) {
    sql("BEGIN; LOCK TABLE occupations IN SHARE MODE");  // which readers do not mind
    UnderWay use_case(std::move(task));
    EXPECT_TRUE(use_case.comes_to(waiting_writes));
    sql(rival + "; COMMIT");
    return use_case.result();
  }
};

TEST_F(Constraint, I1_time_that_overlaps_is_refused_even_where_the_lock_was_not_kept) {
  booked(manager_, {.service = service_, .staff = second_, .start = at("10:00")});
  const auto refused = overtaken(booking(first_, at("10:15")),
                                 "UPDATE occupations SET staff_id = '" + first_.to_string() + "'");
  EXPECT_EQ(code_of(refused), "slot_taken");
  EXPECT_EQ(sql_count("SELECT count(*) FROM occupations"), 1);
}

TEST_F(Constraint, I1_of_eight_who_are_all_held_before_they_write_one_wins) {
  sql("BEGIN; LOCK TABLE occupations IN SHARE MODE");
  std::list<UnderWay> rivals;
  for (int i = 0; i < 8; ++i) rivals.emplace_back(booking(first_, at("10:00")));
  frontdesk::testing::await(
      [] { return sql_count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 8; });
  sql("COMMIT");
  std::vector<Result<Answer>> results;
  for (auto& rival : rivals) results.push_back(rival.result());
  EXPECT_EQ(tally(results), (std::map<std::string, int>{{"ok", 1}, {"slot_taken", 7}}));
  expect_invariants();
}

TEST_F(Constraint, I2_more_than_all_seats_are_refused_even_where_the_lock_was_not_kept) {
  service_ = add_service({.capacity = 3});
  offers(first_, service_);
  booked(manager_, {.service = service_, .staff = first_, .start = at("10:00")});
  const auto refused = overtaken(booking(first_, at("10:00")), "UPDATE occupations SET booked = 3");
  EXPECT_EQ(code_of(refused), "slot_taken");
  EXPECT_EQ(sql_count("SELECT booked FROM occupations"), 3);
}

}  // namespace
}  // namespace frontdesk::appointments::testing
