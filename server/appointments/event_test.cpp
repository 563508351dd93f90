#include "appointments/event.hpp"

#include "appointments/testing_appointment.hpp"
#include "appointments/view.hpp"

#include <set>
#include <string>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::appointments {
namespace {

queue::Message message_of(Event event, const Appointment& appointment,
                          const std::optional<Before>& before = std::nullopt) {
  return event_message(event, appointment, to_json(appointment), std::nullopt, before);
}

boost::json::object facts_of(const queue::Message& message) {
  return boost::json::parse(message.text).as_object();
}

TEST(EventMessage, says_what_happened_with_its_facts) {
  const auto appointment = an_appointment();
  const auto by = UserId::generate();
  const auto message =
      event_message(Event::booked, appointment, to_json(appointment), by, std::nullopt);
  EXPECT_EQ(message.event, "appointment.booked");
  EXPECT_EQ(message.channel, "event");
  EXPECT_EQ(message.to, "") << "an account's address is for the dispatcher to find";
  EXPECT_EQ(message.user, appointment.user->id);
  EXPECT_EQ(message.appointment, appointment.id);
  auto facts = facts_of(message);
  EXPECT_EQ(facts.at("by").as_string(), by.to_string());
  facts.erase("by");
  facts.erase("appointment");
  EXPECT_EQ(boost::json::serialize(facts),
            R"({"name":"Ada","service":"Cut & finish","staff":"Mara",)"
            R"("starts_at":{"at":"2026-03-03T13:30:00Z","zone":"Europe/Berlin"},)"
            R"("minutes":45,"price":{"amount":4500,"currency":"EUR"}})");
}

TEST(EventMessage, leaves_out_what_says_nothing) {
  auto appointment = an_appointment();
  appointment.price.amount_minor = 0;
  appointment.cancel_reason = "ill";
  const auto facts = facts_of(message_of(Event::completed, appointment));
  for (const auto* name :
       {"price", "party_size", "reason", "previous_starts_at", "by", "previous_staff_id"}) {
    EXPECT_FALSE(facts.contains(name)) << name;
  }
}

TEST(EventMessage, a_move_says_what_was_before) {
  auto appointment = an_appointment();
  appointment.party_size = 3;
  const Before moved{appointment.starts_at - std::chrono::hours{24}, appointment.staff.id};
  auto facts = facts_of(message_of(Event::rescheduled, appointment, moved));
  EXPECT_EQ(facts.at("previous_starts_at").at("at"), "2026-03-02T13:30:00Z");
  EXPECT_EQ(facts.at("party_size"), 3);
  EXPECT_FALSE(facts.contains("previous_staff_id"));
  const Before given{appointment.starts_at, StaffId::generate()};
  facts = facts_of(message_of(Event::rescheduled, appointment, given));
  EXPECT_FALSE(facts.contains("previous_starts_at"));
  EXPECT_EQ(facts.at("previous_staff_id").as_string(), given.staff.to_string());
}

TEST(EventMessage, a_cancellation_has_its_reason) {
  auto appointment = an_appointment();
  appointment.status = Status::cancelled;
  appointment.cancel_reason = "Mara is ill\n";
  EXPECT_EQ(facts_of(message_of(Event::cancelled, appointment)).at("reason"), "Mara is ill\n");
}

TEST(EventMessage, of_a_walk_in_is_for_their_address) {
  auto appointment = an_appointment();
  appointment.user = std::nullopt;
  appointment.walk_in = WalkIn{.name = "Grace", .email = "grace@example.test"};
  auto message = message_of(Event::booked, appointment);
  EXPECT_EQ(message.to, "grace@example.test");
  EXPECT_EQ(message.user, std::nullopt);
  appointment.walk_in->email = std::nullopt;
  EXPECT_EQ(message_of(Event::booked, appointment).to, "");
  appointment.walk_in = std::nullopt;
  EXPECT_FALSE(facts_of(message_of(Event::completed, appointment)).contains("name")) << "erased";
}

TEST(EventMessage, every_event_has_a_name_of_its_own) {
  std::set<std::string> names;
  for (int event = 0; event < event_count; ++event) {
    names.insert(name_of(static_cast<Event>(event), Status::confirmed));
  }
  EXPECT_EQ(names.size(), event_count);
  EXPECT_EQ(name_of(Event::missed, Status::no_show), "appointment.no_show");
  EXPECT_EQ(name_of(Event::booked, Status::pending), "appointment.requested");
  EXPECT_EQ(name_of(Event::rescheduled, Status::pending), "appointment.rescheduled");
}

TEST(View, reads_back_what_it_shows) {
  auto appointment = an_appointment();
  appointment.cancel_reason = "ill";
  appointment.status = Status::cancelled;
  for (const bool is_walk_in : {false, true}) {
    if (is_walk_in) {
      appointment.user = std::nullopt;
      appointment.walk_in = WalkIn{.name = "Grace", .phone = "+4930123456"};
    }
    const auto view = to_json(appointment, 3);
    const auto read = read_view(boost::json::parse(view));
    ASSERT_TRUE(read);
    EXPECT_EQ(to_json(*read, 3), view);
  }
}

TEST(View, of_another_form_is_none) {
  const auto whole = boost::json::parse(to_json(an_appointment())).as_object();
  EXPECT_FALSE(read_view(boost::json::value("x")));
  EXPECT_FALSE(read_view(boost::json::object{}));
  for (const auto* name :
       {"id", "service", "staff", "date", "time", "timezone", "starts_at", "ends_at", "duration",
        "price", "status", "party_size", "notes", "created_at", "updated_at", "version"}) {
    auto broken = whole;
    broken.erase(name);
    EXPECT_FALSE(read_view(broken)) << name << " is missing";
    broken[name] = boost::json::array{};
    EXPECT_FALSE(read_view(broken)) << name << " is an array";
  }
}

}  // namespace
}  // namespace frontdesk::appointments
