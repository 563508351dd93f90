#include "appointments/testing_business.hpp"

namespace frontdesk::appointments::testing {
namespace {

class Idempotency : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    service_ = add_service();
    staff_ = add_staff({service_});
  }
  Booking at_ten() { return {.service = service_, .staff = staff_, .start = at("10:00")}; }

  ServiceId service_;
  StaffId staff_;
};

TEST_F(Idempotency, R51_a_repetition_gets_the_first_answer_and_books_nothing) {
  const auto who = actor(add_user());
  const auto first = book(who, at_ten(), key("k"));
  const auto second = book(who, at_ten(), key("k"));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->status, second->status);
  EXPECT_EQ(first->data, second->data);
  EXPECT_EQ(sql_count("SELECT count(*) FROM appointments"), 1);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox"), 1);
  expect_invariants();
}

TEST_F(Idempotency, R51_the_answer_stays_what_it_was_whatever_happens_to_the_appointment) {
  const auto who = actor(add_user());
  const auto first = book(who, at_ten(), key("k"));
  ASSERT_TRUE(first);
  const auto id = *AppointmentId::parse(boost::json::parse(first->data).at("id").as_string());
  ASSERT_TRUE(frontdesk::testing::run(
      appointments().cancel(who, {.id = id}, std::nullopt, std::nullopt, soon())));
  EXPECT_EQ(book(who, at_ten(), key("k"))->data, first->data);
}

TEST_F(Idempotency, R51_another_body_under_the_same_key_is_422) {
  const auto who = actor(add_user());
  ASSERT_TRUE(book(who, at_ten(), key("k", "one")));
  const auto refused = book(who, at_ten(), key("k", "two"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  EXPECT_EQ(refused.error().code, "idempotency_key_reused");
}

TEST_F(Idempotency, R51_keys_belong_to_one_user_and_one_route) {
  const auto first = actor(add_user());
  const auto second = actor(add_user());
  ASSERT_TRUE(book(first, at_ten(), key("k")));
  EXPECT_EQ(code_of(book(second, at_ten(), key("k"))), "slot_taken");
  auto other_route = key("k");
  other_route.route = "confirmAppointment";
  EXPECT_EQ(code_of(book(first, at_ten(), other_route)), "slot_taken");
}

TEST_F(Idempotency, R51_a_refusal_is_not_kept_but_judged_afresh) {
  const auto first = actor(add_user());
  const auto second = actor(add_user());
  const auto id = booked(first, at_ten());
  EXPECT_EQ(code_of(book(second, at_ten(), key("k"))), "slot_taken");
  EXPECT_EQ(sql_count("SELECT count(*) FROM idempotency_keys"), 0);
  ASSERT_TRUE(frontdesk::testing::run(
      appointments().cancel(first, {.id = id}, std::nullopt, std::nullopt, soon())));
  EXPECT_TRUE(book(second, at_ten(), key("k")));
}

TEST_F(Idempotency, R51_who_does_not_get_the_key_is_told_so_at_once) {
  const auto who = actor(add_user());
  sql("SELECT pg_advisory_lock(lock_key('idempotency', '" + who.user->to_string() +
      " bookAppointment k'))");
  const auto refused = book(who, at_ten(), key("k"));
  sql("SELECT pg_advisory_unlock_all()");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
  EXPECT_EQ(refused.error().code, "request_in_progress");
  EXPECT_TRUE(book(who, at_ten(), key("k")));
}

TEST_F(Idempotency, R51_a_key_is_free_again_after_a_day_and_is_cleared_away) {
  const auto who = actor(add_user());
  ASSERT_TRUE(book(who, at_ten(), key("k")));
  sql("UPDATE idempotency_keys SET created_at = created_at - interval '23 hours 59 minutes'");
  EXPECT_EQ(frontdesk::testing::run(appointments().forget_old_answers(soon())), 0);
  EXPECT_TRUE(book(who, at_ten(), key("k")));
  sql("UPDATE idempotency_keys SET created_at = created_at - interval '1 minute'");
  EXPECT_EQ(code_of(book(who, at_ten(), key("k"))), "slot_taken") << "judged afresh";
  Booking at_eleven = at_ten();
  at_eleven.start = at("11:00");
  ASSERT_TRUE(book(who, at_eleven, key("k", "other"))) << "and the row makes room";
  EXPECT_EQ(sql_count("SELECT count(*) FROM idempotency_keys"), 1);
  sql("UPDATE idempotency_keys SET created_at = created_at - interval '24 hours'");
  EXPECT_EQ(frontdesk::testing::run(appointments().forget_old_answers(soon())), 1);
}

TEST_F(Idempotency, I5_parallel_requests_with_one_key_book_exactly_once) {
  const auto who = actor(add_user(), {Permission::appointments_manage});
  std::vector<Task<Result<Answer>>> tasks;
  for (int i = 0; i < 24; ++i) {
    tasks.push_back(
        appointments().book(who, {.service = service_, .start = at("10:00")}, key("k"), soon()));
  }
  const auto results = run_together(std::move(tasks));
  std::string body;
  for (const auto& result : results) {
    if (!result) {
      EXPECT_EQ(result.error().code, "request_in_progress");
    } else {
      if (body.empty()) body = result->data;
      EXPECT_EQ(result->data, body);
    }
  }
  EXPECT_FALSE(body.empty());
  EXPECT_EQ(book(who, {.service = service_, .start = at("10:00")}, key("k"))->data, body);
  EXPECT_EQ(sql_count("SELECT count(*) FROM appointments"), 1);
  expect_invariants();
}

TEST_F(Idempotency, R51_a_move_that_changed_nothing_changes_nothing_when_repeated) {
  const auto who = actor(add_user());
  const auto id = booked(who, at_ten());
  auto move_key = key("k");
  move_key.route = "rescheduleAppointment";
  const auto move_to = [&](Start start, std::optional<IdempotencyKey> with_key) {
    return frontdesk::testing::run(
        appointments().reschedule(who, {.id = id}, {.start = start}, std::move(with_key), soon()));
  };
  const auto first = move_to(at("10:00"), move_key);
  ASSERT_TRUE(first);
  ASSERT_TRUE(move_to(at("11:00"), std::nullopt));
  EXPECT_EQ(move_to(at("10:00"), move_key)->data, first->data);
  EXPECT_EQ(format_time(find(who, id)->time), "11:00");
}

TEST_F(Idempotency, R51_transitions_are_repeated_as_well) {
  const auto who = actor(add_user());
  const auto id = booked(who, at_ten());
  auto cancel_key = key("k");
  cancel_key.route = "cancelAppointment";
  const auto cancel = [&] {
    return frontdesk::testing::run(
        appointments().cancel(who, {.id = id}, "ill", cancel_key, soon()));
  };
  const auto first = cancel();
  ASSERT_TRUE(first);
  EXPECT_EQ(cancel()->data, first->data);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE event = 'appointment.cancelled'"), 1);
  expect_invariants();
}

}  // namespace
}  // namespace frontdesk::appointments::testing
