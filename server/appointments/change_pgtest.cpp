#include "appointments/testing_business.hpp"

namespace frontdesk::appointments::testing {
namespace {

class Change : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    service_ = add_service();
    login_ = add_user("Mara");
    staff_ = add_staff({service_}, "Mara", login_);
    customer_ = actor(add_user());
    stranger_ = actor(add_user());
    observer_ = actor(add_user(), {Permission::appointments_read_all});
    manager_ = actor(add_user(), {Permission::appointments_manage});
  }
  AppointmentId booked_at(std::string_view time, int days = 7) {
    return booked(customer_, {.service = service_, .staff = staff_, .start = at(time, days)});
  }
  std::string confirm(const Actor& who, Target target) {
    return code_of(
        frontdesk::testing::run(appointments().confirm(who, target, std::nullopt, soon())));
  }
  std::string cancel(const Actor& who, Target target,
                     std::optional<std::string> reason = std::nullopt) {
    return code_of(frontdesk::testing::run(
        appointments().cancel(who, target, std::move(reason), std::nullopt, soon())));
  }
  Result<Answer> reschedule(const Actor& who, Target target, Move move) {
    return frontdesk::testing::run(
        appointments().reschedule(who, target, std::move(move), std::nullopt, soon()));
  }
  std::string notes(const Actor& who, Target target, std::string text) {
    return code_of(
        frontdesk::testing::run(appointments().change_notes(who, target, std::move(text), soon())));
  }
  Status status(AppointmentId id) { return find(manager_, id)->status; }

  ServiceId service_;
  UserId login_;
  StaffId staff_;
  Actor customer_, stranger_, observer_, manager_;
};

TEST_F(Change, R16_another_customers_appointment_is_as_absent_as_none) {
  const auto id = booked_at("10:00");
  for (const auto target : {Target{.id = id}, Target{.id = AppointmentId::generate()}}) {
    EXPECT_EQ(code_of(find(stranger_, target.id)), "not_found");
    EXPECT_EQ(confirm(stranger_, target), "not_found");
    EXPECT_EQ(cancel(stranger_, target), "not_found");
    EXPECT_EQ(code_of(reschedule(stranger_, target, {.start = at("11:00")})), "not_found");
    EXPECT_EQ(notes(stranger_, target, "x"), "not_found");
  }
  EXPECT_EQ(find(customer_, id)->version, 1);
}

TEST_F(Change, who_sees_it_through_read_all_alone_changes_nothing) {
  sql("UPDATE settings SET auto_confirm = false");
  const auto id = booked_at("10:00");
  EXPECT_TRUE(find(observer_, id));
  EXPECT_EQ(confirm(observer_, {.id = id}), "forbidden");
  EXPECT_EQ(cancel(observer_, {.id = id}), "forbidden");
  EXPECT_EQ(code_of(reschedule(observer_, {.id = id}, {.start = at("11:00")})), "forbidden");
  EXPECT_EQ(notes(observer_, {.id = id}, "x"), "forbidden");
  EXPECT_EQ(find(customer_, id)->version, 1);
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs WHERE outcome = 'refused'"), 4);
}

TEST_F(Change, confirming_is_for_the_assigned_member_and_for_those_who_manage) {
  sql("UPDATE settings SET auto_confirm = false");
  const auto first = booked_at("10:00");
  const auto second = booked_at("11:00");
  EXPECT_EQ(confirm(customer_, {.id = first}), "forbidden");
  EXPECT_EQ(confirm(actor(login_), {.id = first}), "ok");
  EXPECT_EQ(confirm(manager_, {.id = second}), "ok");
  EXPECT_EQ(status(first), Status::confirmed);
  EXPECT_EQ(confirm(manager_, {.id = first}), "invalid_transition");
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE event = 'appointment.confirmed'"), 2);
  expect_invariants();
}

TEST_F(Change, cancelling_frees_the_time_and_keeps_the_reason) {
  const auto id = booked_at("10:00");
  EXPECT_EQ(cancel(customer_, {.id = id}, "ill"), "ok");
  const auto found = find(customer_, id);
  EXPECT_EQ(found->status, Status::cancelled);
  EXPECT_EQ(found->cancel_reason, "ill");
  EXPECT_EQ(found->version, 2);
  EXPECT_EQ(cancel(customer_, {.id = id}), "invalid_transition");
  booked_at("10:00");
  expect_invariants();
}

TEST_F(Change, customers_have_a_deadline_and_the_business_has_none) {
  const auto id = booked_at("10:00");
  const auto other = booked_at("11:00");
  sql("UPDATE settings SET cancel_notice = 10 * 24 * 60");
  EXPECT_EQ(cancel(customer_, {.id = id}), "cancellation_deadline");
  EXPECT_EQ(code_of(reschedule(customer_, {.id = id}, {.start = at("12:00")})),
            "cancellation_deadline");
  EXPECT_EQ(cancel(actor(login_), {.id = id}), "ok");
  EXPECT_EQ(code_of(reschedule(manager_, {.id = other}, {.start = at("12:00")})), "ok");
}

TEST_F(Change, If_Match_refuses_a_stale_version_with_412) {
  const auto id = booked_at("10:00");
  EXPECT_EQ(notes(customer_, {.id = id, .version = 1}, "x"), "ok");
  EXPECT_EQ(notes(customer_, {.id = id, .version = 1}, "y"), "stale");
  EXPECT_EQ(cancel(customer_, {.id = id, .version = 1}), "stale");
  EXPECT_EQ(code_of(reschedule(customer_, {.id = id, .version = 3}, {.start = at("12:00")})),
            "stale");
  EXPECT_EQ(find(customer_, id)->notes, "x");
  EXPECT_EQ(cancel(customer_, {.id = id, .version = 2}), "ok");
}

TEST_F(Change, rescheduling_moves_time_and_frees_the_old_one) {
  const auto id = booked_at("10:00");
  const auto moved = reschedule(customer_, {.id = id}, {.start = at("14:00", 8)});
  ASSERT_EQ(code_of(moved), "ok");
  const auto found = find(customer_, id);
  EXPECT_EQ(found->date, day(8));
  EXPECT_EQ(format_time(found->time), "14:00");
  EXPECT_EQ(found->version, 2);
  EXPECT_EQ(found->price.amount_minor, 4500);
  booked_at("10:00");
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE event = 'appointment.rescheduled'"), 1);
  expect_invariants();
}

TEST_F(Change, R52_a_reschedule_may_overlap_its_own_old_time) {
  const auto id = booked_at("10:00");
  EXPECT_EQ(code_of(reschedule(customer_, {.id = id}, {.start = at("10:15")})), "ok");
  EXPECT_EQ(code_of(reschedule(customer_, {.id = id}, {.start = at("10:00")})), "ok");
  expect_invariants();
}

TEST_F(Change, rescheduling_to_where_it_is_changes_nothing) {
  const auto id = booked_at("10:00");
  EXPECT_EQ(code_of(reschedule(customer_, {.id = id}, {.start = at("10:00")})), "ok");
  EXPECT_EQ(find(customer_, id)->version, 1);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE event = 'appointment.rescheduled'"), 0);
}

TEST_F(Change, rescheduling_to_another_member_takes_their_time) {
  const auto other = add_staff({service_}, "Noor");
  const auto id = booked_at("10:00");
  EXPECT_EQ(code_of(reschedule(customer_, {.id = id}, {.start = at("10:00"), .staff = other})),
            "ok");
  EXPECT_EQ(find(customer_, id)->staff.name, "Noor");
  booked_at("10:00");
  const auto nobody =
      reschedule(customer_, {.id = id}, {.start = at("12:00"), .staff = StaffId::generate()});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().fields.at(0).field, "staff_id");
  expect_invariants();
}

TEST_F(Change, a_taken_target_leaves_the_appointment_where_it_was_and_names_alternatives) {
  booked_at("10:00");
  const auto id = booked_at("12:00");
  const auto refused = reschedule(customer_, {.id = id}, {.start = at("10:00")});
  ASSERT_EQ(code_of(refused), "slot_taken");
  EXPECT_EQ(refused.error().details.at("alternatives").as_array().size(), 3);
  EXPECT_EQ(format_time(find(customer_, id)->time), "12:00");
  EXPECT_EQ(find(customer_, id)->version, 1);
  expect_invariants();
}

TEST_F(Change, a_cancelled_appointment_is_not_rescheduled) {
  const auto id = booked_at("10:00");
  EXPECT_EQ(cancel(customer_, {.id = id}), "ok");
  const auto refused = reschedule(customer_, {.id = id}, {.start = at("12:00")});
  ASSERT_EQ(code_of(refused), "invalid_transition");
  EXPECT_EQ(refused.error().details.at("status").as_string(), "cancelled");
}

TEST_F(Change, a_reschedule_is_bound_by_the_rules_of_booking) {
  const auto id = booked_at("10:00");
  const auto refusal = [&](Start start) {
    return code_of(reschedule(customer_, {.id = id}, {.start = start}));
  };
  EXPECT_EQ(refusal(at("08:00")), "outside_working_hours");
  EXPECT_EQ(refusal(at("10:07")), "off_grid");
  EXPECT_EQ(refusal(at("10:00", -2)), "in_the_past");
  EXPECT_EQ(refusal(at("10:00", 200)), "too_far");
  expect_invariants();
}

TEST_F(Change, R22_a_customer_at_the_cap_may_still_reschedule) {
  sql("UPDATE settings SET max_active_appointments = 1, max_bookings_per_hour = 1");
  const auto id = booked_at("10:00");
  EXPECT_EQ(code_of(reschedule(customer_, {.id = id}, {.start = at("12:00")})), "ok");
}

TEST_F(Change, R57_a_party_larger_than_the_service_is_by_now_finds_no_seats_elsewhere) {
  const auto yoga = add_service({.duration = 60, .capacity = 4});
  offers(staff_, yoga);
  const auto three = booked(customer_, {.service = yoga, .start = at("13:00"), .party_size = 3});
  sql("UPDATE services SET capacity = 2 WHERE id = '" + yoga.to_string() + "'");
  const auto moved = reschedule(customer_, {.id = three}, {.start = at("15:00")});
  ASSERT_EQ(code_of(moved), "slot_taken");
  EXPECT_TRUE(moved.error().fields.empty()) << "a move names no party_size";
  EXPECT_EQ(code_of(book(customer_, {.service = yoga, .start = at("13:00")})), "slot_taken");
  const auto larger = book(customer_, {.service = yoga, .start = at("13:00"), .party_size = 3});
  ASSERT_FALSE(larger);
  EXPECT_EQ(larger.error().fields.at(0).field, "party_size");
  expect_invariants();
}

TEST_F(Change, a_member_without_appointments_manage_gives_nothing_to_others) {
  const auto other = add_staff({service_}, "Noor");
  const auto id = booked_at("10:00");
  Actor member = actor(login_);
  member.staff = staff_;
  EXPECT_EQ(code_of(reschedule(member, {.id = id}, {.start = at("12:00"), .staff = other})),
            "forbidden");
  EXPECT_EQ(
      code_of(reschedule(member, {.id = id}, {.start = at("12:00"), .staff = StaffId::generate()})),
      "forbidden");
  EXPECT_EQ(find(customer_, id)->version, 1);
  EXPECT_EQ(code_of(reschedule(member, {.id = id}, {.start = at("12:00"), .staff = staff_})), "ok");
  EXPECT_EQ(code_of(reschedule(manager_, {.id = id}, {.start = at("12:00"), .staff = other})),
            "ok");
}

TEST_F(Change, seats_of_a_class_move_without_the_rest_of_the_class) {
  const auto yoga = add_service({.duration = 60, .capacity = 4});
  offers(staff_, yoga);
  const auto who = actor(add_user());
  const auto two = booked(who, {.service = yoga, .start = at("13:00"), .party_size = 2});
  const auto one = booked(who, {.service = yoga, .start = at("13:00"), .party_size = 1});
  EXPECT_EQ(sql_count("SELECT booked FROM occupations WHERE active"), 3);
  EXPECT_EQ(code_of(reschedule(who, {.id = two}, {.start = at("15:00")})), "ok");
  expect_invariants();
  EXPECT_EQ(code_of(reschedule(who, {.id = one}, {.start = at("15:00")})), "ok");
  EXPECT_EQ(sql_count("SELECT count(*) FROM occupations WHERE active"), 1);
  EXPECT_EQ(cancel(who, {.id = two}), "ok");
  EXPECT_EQ(sql_count("SELECT booked FROM occupations WHERE active"), 1);
  EXPECT_EQ(cancel(who, {.id = one}), "ok");
  EXPECT_EQ(sql_count("SELECT count(*) FROM occupations WHERE active"), 0);
  expect_invariants();
}

}  // namespace
}  // namespace frontdesk::appointments::testing
