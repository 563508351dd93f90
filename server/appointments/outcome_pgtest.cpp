#include "appointments/testing_business.hpp"

namespace frontdesk::appointments::testing {
namespace {

using Step = Task<Result<Answer>> (Appointments::*)(Actor, Target, std::optional<IdempotencyKey>,
                                                    Deadline);

/// What becomes of an appointment once its time has come, and how that is taken back.
class Outcome : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    service_ = add_service();
    login_ = add_user("Mara");
    staff_ = add_staff({service_}, "Mara", login_);
    customer_ = actor(add_user());
    manager_ = actor(add_user(), {Permission::appointments_manage});
  }
  AppointmentId booked_at(std::string_view time, std::int32_t party_size = 1) {
    return booked(manager_, {.service = service_,
                             .staff = staff_,
                             .start = at(time),
                             .party_size = party_size,
                             .user = *customer_.user});
  }
  /// As if it had been for so many days earlier.
  void move_back(AppointmentId id, int days) {
    sql(
        fmt::format("UPDATE occupations SET starts_at = starts_at - d, ends_at = ends_at - d, "
                    "during = tstzrange(lower(during) - d, upper(during) - d) "
                    "FROM (SELECT interval '{0} days' AS d) AS i "
                    "WHERE id = (SELECT occupation_id FROM appointments WHERE id = '{1}');"
                    "UPDATE appointments SET starts_at = starts_at - d, ends_at = ends_at - d, "
                    "date = ((starts_at - d) AT TIME ZONE timezone)::date, "
                    "time = ((starts_at - d) AT TIME ZONE timezone)::time "
                    "FROM (SELECT interval '{0} days' AS d) AS i WHERE id = '{1}'",
                    days, id.to_string()));
  }
  Result<Answer> take(Step step, const Actor& who, Target target,
                      std::optional<IdempotencyKey> key = {}) {
    return frontdesk::testing::run((appointments().*step)(who, target, std::move(key), soon()));
  }
  std::string code(Step step, const Actor& who, Target target) {
    return code_of(take(step, who, target));
  }
  void cancel(AppointmentId id) {
    ASSERT_TRUE(frontdesk::testing::run(
        appointments().cancel(manager_, {.id = id}, "by mistake", std::nullopt, soon())));
  }
  std::int64_t active() { return sql_count("SELECT count(*) FROM occupations WHERE active"); }

  static constexpr Step complete = &Appointments::complete;
  static constexpr Step no_show = &Appointments::mark_no_show;
  static constexpr Step reopen = &Appointments::reopen;
  ServiceId service_;
  UserId login_;
  StaffId staff_;
  Actor customer_, manager_;
};

TEST_F(Outcome, R16_only_the_business_says_how_it_went) {
  const auto id = booked_at("10:00");
  move_back(id, 8);
  const auto stranger = actor(add_user());
  const auto observer = actor(add_user(), {Permission::appointments_read_all});
  for (const auto step : {complete, no_show, reopen}) {
    EXPECT_EQ(code(step, stranger, {.id = id}), "not_found");
    EXPECT_EQ(code(step, customer_, {.id = id}), "forbidden");
    EXPECT_EQ(code(step, observer, {.id = id}), "forbidden");
  }
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs WHERE outcome = 'refused'"), 6);
  EXPECT_EQ(code(complete, actor(login_), {.id = id}), "ok");
  EXPECT_EQ(code(reopen, actor(login_), {.id = id}), "ok");
  EXPECT_EQ(code(no_show, manager_, {.id = id}), "ok");
  expect_invariants();
}

TEST_F(Outcome, nothing_is_over_or_missed_before_it_has_begun) {
  const auto id = booked_at("10:00");
  EXPECT_EQ(code(complete, manager_, {.id = id}), "too_early");
  EXPECT_EQ(code(no_show, manager_, {.id = id}), "too_early");
  EXPECT_EQ(find(manager_, id)->version, 1);
  EXPECT_EQ(active(), 1);
}

TEST_F(Outcome, R54_completing_and_missing_free_the_time_tell_the_customer_and_follow_the_machine) {
  for (const auto step : {complete, no_show}) {
    const auto id = booked_at("10:00");
    move_back(id, 8);
    EXPECT_EQ(code(step, manager_, {.id = id, .version = 7}), "stale");
    EXPECT_EQ(code(step, manager_, {.id = id, .version = 1}), "ok");
    EXPECT_EQ(find(manager_, id)->status, step == complete ? Status::completed : Status::no_show);
    EXPECT_EQ(active(), 0);
    EXPECT_EQ(code(complete, manager_, {.id = id}), "invalid_transition");
    EXPECT_EQ(code(no_show, manager_, {.id = id}), "invalid_transition");
  }
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE event = 'appointment.completed'"), 1);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE event = 'appointment.no_show'"), 1);
  expect_invariants();
}

TEST_F(Outcome, a_pending_one_is_neither_completed_nor_missed_nor_reopened) {
  sql("UPDATE settings SET auto_confirm = false");
  const auto id = booked_at("10:00");
  move_back(id, 8);
  for (const auto step : {complete, no_show, reopen}) {
    EXPECT_EQ(code(step, manager_, {.id = id}), "invalid_transition");
  }
}

TEST_F(Outcome, R54_reopening_takes_the_time_again_and_forgets_the_reason) {
  const auto id = booked_at("10:00");
  cancel(id);
  EXPECT_EQ(active(), 0);
  EXPECT_EQ(code(reopen, manager_, {.id = id}), "ok");
  const auto found = find(manager_, id);
  EXPECT_EQ(found->status, Status::confirmed);
  EXPECT_EQ(found->cancel_reason, std::nullopt);
  EXPECT_EQ(found->version, 3);
  EXPECT_EQ(active(), 1);
  EXPECT_EQ(code_of(book(manager_, {.service = service_, .staff = staff_, .start = at("10:15")})),
            "slot_taken");
  EXPECT_EQ(code(reopen, manager_, {.id = id}), "invalid_transition");
  expect_invariants();
}

TEST_F(Outcome, R54_reopening_never_takes_what_somebody_else_has_by_now_and_names_alternatives) {
  const auto id = booked_at("10:00");
  cancel(id);
  booked(customer_, {.service = service_, .staff = staff_, .start = at("10:15")});
  const auto refused = take(reopen, manager_, {.id = id});
  ASSERT_EQ(code_of(refused), "slot_taken");
  EXPECT_EQ(refused.error().details.at("alternatives").as_array().size(), 3);
  EXPECT_EQ(find(manager_, id)->status, Status::cancelled);
  expect_invariants();
}

TEST_F(Outcome, reopening_asks_neither_hours_nor_the_catalogue_nor_whether_it_is_past) {
  const auto past = booked_at("10:00");
  move_back(past, 8);
  EXPECT_EQ(code(no_show, manager_, {.id = past}), "ok");
  const auto id = booked_at("12:00");
  cancel(id);
  sql("UPDATE services SET active = false; UPDATE staff SET active = false; "
      "DELETE FROM working_hours; DELETE FROM staff_services");
  EXPECT_EQ(code(reopen, manager_, {.id = past}), "ok");
  EXPECT_EQ(code(reopen, manager_, {.id = id}), "ok");
  expect_invariants();
}

TEST_F(Outcome, a_retired_service_has_no_alternatives_for_a_time_that_is_gone) {
  const auto id = booked_at("10:00");
  cancel(id);
  booked_at("10:00");
  sql("UPDATE services SET active = false");
  const auto refused = take(reopen, manager_, {.id = id});
  ASSERT_EQ(code_of(refused), "slot_taken");
  EXPECT_TRUE(refused.error().details.at("alternatives").as_array().empty());
}

TEST_F(Outcome, R51_a_repeated_reopening_is_answered_as_the_first) {
  const auto id = booked_at("10:00");
  cancel(id);
  const auto first = take(reopen, manager_, {.id = id}, key("again"));
  const auto second = take(reopen, manager_, {.id = id}, key("again"));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->data, second->data);
  EXPECT_EQ(find(manager_, id)->version, 3);
  expect_invariants();
}

class ClassOutcome : public Outcome {
 protected:
  void SetUp() override {
    Outcome::SetUp();
    service_ = add_service({.duration = 60, .capacity = 3});
    offers(staff_, service_);
  }
  std::int64_t seats() { return sql_count("SELECT sum(booked) FROM occupations WHERE active"); }
};

TEST_F(ClassOutcome, R53_reopening_takes_seats_of_the_session_until_they_are_gone) {
  const auto two = booked_at("10:00", 2);
  booked_at("10:00", 1);
  cancel(two);
  EXPECT_EQ(seats(), 1);
  EXPECT_EQ(code(reopen, manager_, {.id = two}), "ok");
  EXPECT_EQ(seats(), 3);
  cancel(two);
  booked_at("10:00", 1);
  EXPECT_EQ(code(reopen, manager_, {.id = two}), "slot_taken");
  EXPECT_EQ(seats(), 2);
  expect_invariants();
}

TEST_F(ClassOutcome, R53_reopening_joins_the_session_that_runs_by_now) {
  const auto id = booked_at("10:00", 2);
  cancel(id);
  sql("UPDATE services SET duration = 90");
  booked_at("10:00", 1);
  ASSERT_EQ(active(), 1);
  EXPECT_EQ(code(reopen, manager_, {.id = id}), "ok");
  EXPECT_EQ(active(), 1);
  EXPECT_EQ(seats(), 3);
  EXPECT_EQ(find(manager_, id)->duration_minutes, 90);
  expect_invariants();
}

TEST_F(ClassOutcome, R54_a_session_without_guests_is_reopened_unless_its_time_is_gone) {
  const auto id = booked_at("10:00", 2);
  cancel(id);
  const auto single = add_service();
  offers(staff_, single);
  const auto other = booked(customer_, {.service = single, .staff = staff_, .start = at("10:30")});
  EXPECT_EQ(code(reopen, manager_, {.id = id}), "slot_taken");
  cancel(other);
  EXPECT_EQ(code(reopen, manager_, {.id = id}), "ok");
  expect_invariants();
}

TEST_F(Outcome, R54_of_several_who_reopen_and_book_the_same_time_one_wins) {
  std::vector<AppointmentId> cancelled;
  for (int i = 0; i < 4; ++i) {
    cancelled.push_back(booked_at("10:00"));
    cancel(cancelled.back());
  }
  std::vector<Task<Result<Answer>>> rivals;
  for (const auto id : cancelled) {
    rivals.push_back(appointments().reopen(manager_, {.id = id}, std::nullopt, soon()));
    rivals.push_back(
        appointments().book(manager_, {.service = service_, .staff = staff_, .start = at("10:00")},
                            std::nullopt, soon()));
  }
  EXPECT_EQ(tally(run_together(std::move(rivals))),
            (std::map<std::string, int>{{"ok", 1}, {"slot_taken", 7}}));
  expect_invariants();
}

}  // namespace
}  // namespace frontdesk::appointments::testing
