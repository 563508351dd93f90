#include "appointments/testing_business.hpp"
#include "appointments/view.hpp"

#include <boost/json/parse.hpp>

namespace frontdesk::appointments::testing {
namespace {

class Book : public BusinessTest {};

/// The single bad field of a refusal, `field: code`.
std::string field_of(const Result<Answer>& answer) {
  if (answer || answer.error().fields.size() != 1) return "none";
  return answer.error().fields[0].field + ": " + answer.error().fields[0].code;
}

TEST_F(Book, R17_price_duration_end_and_status_are_derived_by_the_server) {
  const auto service = add_service({.duration = 45, .buffer_before = 5, .buffer_after = 10});
  const auto staff = add_staff({service});
  const auto user = add_user("Ada");
  const auto when = at("10:00");
  const auto answer =
      book(actor(user),
           {.service = service, .staff = staff, .start = when, .notes = "a window, please"});
  ASSERT_TRUE(answer) << code_of(answer);
  EXPECT_EQ(answer->status, 201);
  const auto json = boost::json::parse(answer->data).as_object();
  EXPECT_EQ(json.at("date").as_string(), format_date(when.date));
  EXPECT_EQ(json.at("time").as_string(), "10:00");
  EXPECT_EQ(json.at("timezone").as_string(), "Europe/Berlin");
  EXPECT_EQ(json.at("duration").as_int64(), 45);
  EXPECT_EQ(json.at("price").at("amount").as_int64(), 4500);
  EXPECT_EQ(json.at("price").at("currency").as_string(), "EUR");
  EXPECT_EQ(json.at("status").as_string(), "confirmed");
  EXPECT_EQ(json.at("user").at("name").as_string(), "Ada");
  EXPECT_EQ(json.at("staff").at("name").as_string(), "Mara");
  EXPECT_EQ(json.at("service").at("name").as_string(), "Cut");
  EXPECT_EQ(json.at("version").as_int64(), 1);
  EXPECT_EQ(sql_value("SELECT upper(during) - lower(during) FROM occupations"), "01:00:00");
  expect_invariants();
}

TEST_F(Book, I7_what_was_answered_is_what_is_read) {
  const auto service = add_service();
  add_staff({service});
  const auto who = actor(add_user());
  const auto answer = book(who, {.service = service, .start = at("10:00"), .notes = "x"});
  ASSERT_TRUE(answer);
  const auto id = *AppointmentId::parse(boost::json::parse(answer->data).at("id").as_string());
  const auto found = find(who, id);
  ASSERT_TRUE(found);
  std::string text;
  JsonWriter json(text);
  write(json, *found);
  EXPECT_EQ(text, answer->data);
}

TEST_F(Book, without_auto_confirm_it_starts_as_pending) {
  sql("UPDATE settings SET auto_confirm = false");
  const auto service = add_service();
  add_staff({service});
  const auto who = actor(add_user());
  EXPECT_EQ(find(who, booked(who, {.service = service, .start = at("10:00")}))->status,
            Status::pending);
}

TEST_F(Book, R60_an_instant_means_the_same_as_its_wall_time) {
  const auto service = add_service();
  const auto staff = add_staff({service});
  const auto when = at("10:00");
  const auto instant = Zone::find("Europe/Berlin")->to_instants(when.date, when.time).earlier;
  const auto who = actor(add_user());
  const auto id = booked(who, {.service = service, .staff = staff, .start = instant});
  EXPECT_EQ(find(who, id)->time, when.time);
  EXPECT_EQ(find(who, id)->date, when.date);
}

TEST_F(Book, R57_a_taken_slot_is_refused_with_the_three_nearest_alternatives) {
  const auto service = add_service();
  const auto staff = add_staff({service});
  booked(actor(add_user()), {.service = service, .staff = staff, .start = at("10:00")});
  for (const auto& wanted : {std::optional(staff), std::optional<StaffId>()}) {
    const auto refused =
        book(actor(add_user()), {.service = service, .staff = wanted, .start = at("10:00")});
    ASSERT_EQ(code_of(refused), "slot_taken");
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    const auto& alternatives = refused.error().details.at("alternatives").as_array();
    ASSERT_EQ(alternatives.size(), 3);
    EXPECT_EQ(alternatives[0].at("time").as_string(), "09:15");
    EXPECT_EQ(alternatives[1].at("time").as_string(), "09:30");
    EXPECT_EQ(alternatives[2].at("time").as_string(), "10:30");
    EXPECT_EQ(refused.error().details.at("timezone").as_string(), "Europe/Berlin");
  }
  expect_invariants();
}

TEST_F(Book, an_overlap_of_buffers_is_taken_too) {
  const auto service = add_service({.buffer_after = 15});
  const auto staff = add_staff({service});
  const auto who = actor(add_user());
  booked(who, {.service = service, .staff = staff, .start = at("10:00")});
  EXPECT_EQ(code_of(book(who, {.service = service, .staff = staff, .start = at("10:30")})),
            "slot_taken");
  EXPECT_EQ(code_of(book(who, {.service = service, .staff = staff, .start = at("10:45")})), "ok");
}

TEST_F(Book, refuses_times_outside_the_rules) {
  const auto service = add_service();
  const auto staff = add_staff({service});
  const auto who = actor(add_user());
  const auto refusal = [&](Start start) {
    return code_of(book(who, {.service = service, .staff = staff, .start = start}));
  };
  EXPECT_EQ(refusal(at("08:00")), "outside_working_hours");
  EXPECT_EQ(refusal(at("16:45")), "outside_working_hours");
  EXPECT_EQ(refusal(at("10:07")), "off_grid");
  EXPECT_EQ(refusal(at("10:00", -1)), "in_the_past");
  EXPECT_EQ(refusal(at("10:00", 181)), "too_far");
  sql("UPDATE settings SET min_notice = 10 * 24 * 60");
  EXPECT_EQ(refusal(at("10:00")), "too_soon");
  sql("UPDATE settings SET min_notice = 0; "
      "INSERT INTO closures (date) SELECT (now() AT TIME ZONE 'Europe/Berlin')::date + 7");
  EXPECT_EQ(refusal(at("10:00")), "outside_working_hours");
  EXPECT_EQ(sql_count("SELECT count(*) FROM appointments"), 0);
  EXPECT_EQ(sql_count("SELECT count(*) FROM occupations"), 0);
}

TEST_F(Book, names_the_field_whose_id_names_nothing) {
  const auto service = add_service();
  const auto other = add_service();
  const auto staff = add_staff({other});
  const auto who = actor(add_user(), {Permission::appointments_manage});
  const auto start = at("10:00");
  EXPECT_EQ(field_of(book(who, {.service = ServiceId::generate(), .start = start})),
            "service_id: not_found");
  EXPECT_EQ(field_of(book(who, {.service = service, .staff = StaffId::generate(), .start = start})),
            "staff_id: not_found");
  EXPECT_EQ(field_of(book(who, {.service = service, .staff = staff, .start = start})),
            "staff_id: not_found");
  EXPECT_EQ(field_of(book(who, {.service = other, .start = start, .user = UserId::generate()})),
            "user_id: not_found");
  EXPECT_EQ(field_of(book(who, {.service = other, .start = start, .party_size = 2})),
            "party_size: out_of_range");
  sql("UPDATE staff SET active = false");
  EXPECT_EQ(field_of(book(who, {.service = other, .staff = staff, .start = start})),
            "staff_id: not_found");
}

TEST_F(Book, a_retired_service_is_not_booked) {
  const auto service = add_service({.active = false});
  const auto staff = add_staff({service});
  EXPECT_EQ(
      code_of(book(actor(add_user()), {.service = service, .staff = staff, .start = at("10:00")})),
      "service_inactive");
}

TEST_F(Book, a_service_that_nobody_does_is_outside_working_hours) {
  EXPECT_EQ(code_of(book(actor(add_user()), {.service = add_service(), .start = at("10:00")})),
            "outside_working_hours");
}

TEST_F(Book, only_those_who_manage_book_for_others_and_a_denial_is_audited) {
  const auto service = add_service();
  add_staff({service});
  const auto customer = add_user("Customer");
  const Booking booking{.service = service, .start = at("10:00"), .user = customer};
  const auto denied = book(actor(add_user()), booking);
  ASSERT_EQ(code_of(denied), "forbidden");
  EXPECT_EQ(denied.error().kind, ErrorKind::forbidden);
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs WHERE outcome = 'refused'"), 1);
  const auto manager = actor(add_user(), {Permission::appointments_manage});
  ASSERT_EQ(code_of(book(manager, booking)), "ok");
  EXPECT_EQ(sql_value("SELECT user_id FROM appointments"), customer.to_string());
  EXPECT_EQ(sql_value("SELECT user_id FROM outbox"), customer.to_string());
  EXPECT_EQ(sql_value("SELECT actor_id FROM audit_logs WHERE outcome = 'success'"),
            manager.user->to_string());
}

TEST_F(Book, R22_a_customer_has_caps_and_those_who_manage_have_none) {
  sql("UPDATE settings SET max_active_appointments = 2, max_bookings_per_hour = 3");
  const auto service = add_service();
  add_staff({service});
  const auto user = add_user();
  const auto first = booked(actor(user), {.service = service, .start = at("09:00")});
  booked(actor(user), {.service = service, .start = at("10:00")});
  const auto third = book(actor(user), {.service = service, .start = at("11:00")});
  ASSERT_EQ(code_of(third), "customer_limit");
  EXPECT_EQ(third.error().details.at("limit").as_string(), "active_appointments");

  ASSERT_TRUE(frontdesk::testing::run(
      appointments().cancel(actor(user), {.id = first}, std::nullopt, std::nullopt, soon())));
  booked(actor(user), {.service = service, .start = at("12:00")});
  sql("UPDATE settings SET max_active_appointments = 9");
  const auto fourth = book(actor(user), {.service = service, .start = at("13:00")});
  ASSERT_EQ(code_of(fourth), "customer_limit");
  EXPECT_EQ(fourth.error().details.at("limit").as_string(), "bookings_per_hour");

  const auto manager = actor(add_user(), {Permission::appointments_manage});
  EXPECT_EQ(code_of(book(manager, {.service = service, .start = at("13:00"), .user = user})), "ok");
  sql("UPDATE appointments SET created_at = created_at - interval '61 minutes'");
  EXPECT_EQ(code_of(book(actor(user), {.service = service, .start = at("14:00")})), "ok");
}

TEST_F(Book, R22_appointments_that_are_over_do_not_count_as_active) {
  sql("UPDATE settings SET max_active_appointments = 1");
  const auto service = add_service();
  add_staff({service});
  const auto who = actor(add_user());
  booked(who, {.service = service, .start = at("09:00")});
  sql("UPDATE occupations SET starts_at = starts_at - interval '30 days', "
      "ends_at = ends_at - interval '30 days', "
      "during = tstzrange(lower(during) - interval '30 days', upper(during) - interval '30 days');"
      "UPDATE appointments SET starts_at = starts_at - interval '30 days', "
      "ends_at = ends_at - interval '30 days', date = date - 30");
  EXPECT_EQ(code_of(book(who, {.service = service, .start = at("09:00")})), "ok");
}

TEST_F(Book, anyone_is_the_least_loaded_of_the_day) {
  const auto service = add_service();
  const auto first = add_staff({service}, "First");
  const auto second = add_staff({service}, "Second");
  const auto manager = actor(add_user(), {Permission::appointments_manage});
  booked(manager, {.service = service, .staff = first, .start = at("09:00")});
  booked(manager, {.service = service, .staff = first, .start = at("09:00", 8)});
  booked(manager, {.service = service, .staff = second, .start = at("09:00", 8)});
  booked(manager, {.service = service, .staff = second, .start = at("10:00", 8)});
  const auto chosen = [&](Start start) {
    return find(manager, booked(manager, {.service = service, .start = start}))->staff.name;
  };
  EXPECT_EQ(chosen(at("12:00", 7)), "Second");
  EXPECT_EQ(chosen(at("13:00", 7)), "First") << "equally loaded: the order of the business";
  EXPECT_EQ(chosen(at("12:00", 8)), "First");
  EXPECT_EQ(chosen(at("09:00", 7)), "Second") << "the other is taken";
}

TEST_F(Book, against_the_rules_anyone_is_who_is_hindered_least_whatever_their_load) {
  const auto service = add_service();
  const auto on_leave = add_staff({service}, "On leave");
  const auto gone_home = add_staff({service}, "Gone home");
  const auto at_work = add_staff({service}, "At work");
  const auto manager = actor(add_user(), {Permission::appointments_manage});
  sql("INSERT INTO time_off (id, staff_id, starts_at, ends_at) VALUES (gen_random_uuid(), '" +
      on_leave.to_string() + "', now(), now() + interval '30 days')");
  sql("UPDATE working_hours SET end_minute = 720 WHERE staff_id = '" + gone_home.to_string() + "'");
  for (const auto* time : {"09:00", "10:00"}) {
    booked(manager, {.service = service, .staff = at_work, .start = at(time)});
  }
  booked(manager, {.service = service, .staff = gone_home, .start = at("09:00")});
  const auto chosen = [&](Start start) {
    return find(manager,
                booked(manager, {.service = service, .start = start, .override_rules = true}))
        ->staff.name;
  };
  EXPECT_EQ(chosen(at("13:07")), "At work");
  EXPECT_EQ(chosen(at("13:07")), "Gone home");
  EXPECT_EQ(chosen(at("13:07")), "On leave");
  sql("UPDATE settings SET min_notice = 30 * 24 * 60");
  EXPECT_EQ(chosen(at("14:00")), "At work") << "too soon for all of them";
}

TEST_F(Book, R71_the_customer_is_told_and_R73_the_log_keeps_it) {
  const auto service = add_service();
  add_staff({service});
  const auto user = add_user();
  const auto id =
      booked(actor(user), {.service = service, .start = at("10:00"), .notes = "secret"});
  EXPECT_EQ(sql_value("SELECT event || ' ' || channel || ' ' || appointment_id FROM outbox"),
            "appointment.booked event " + id.to_string());
  EXPECT_EQ(sql_value("SELECT action || ' ' || outcome || ' ' || subject_id FROM audit_logs"),
            "appointment.book success " + id.to_string());
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs WHERE details::text LIKE '%secret%'"), 0);
}

}  // namespace
}  // namespace frontdesk::appointments::testing
