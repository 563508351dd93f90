#include "appointments/messages.hpp"

#include "appointments/testing_appointment.hpp"
#include "appointments/view.hpp"

#include <set>
#include <string>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::appointments {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Message, tells_what_with_whom_when_and_in_which_zone) {
  const auto message = message_to_customer(Event::booked, an_appointment(), "ada@example.test");
  EXPECT_EQ(message.event, "appointment.booked");
  EXPECT_EQ(message.channel, "email");
  EXPECT_EQ(message.to, "ada@example.test");
  EXPECT_EQ(message.subject, "You are booked: Cut & finish");
  EXPECT_THAT(message.text, HasSubstr("Tuesday, 3 March 2026 at 14:30 (Europe/Berlin)"));
  EXPECT_THAT(message.text, HasSubstr("With: Mara"));
  EXPECT_THAT(message.html, HasSubstr("Cut &amp; finish"));
  EXPECT_TRUE(message.user);
  EXPECT_TRUE(message.appointment);
}

TEST(Message, a_walk_in_is_called_by_name) {
  auto appointment = an_appointment();
  appointment.user = std::nullopt;
  appointment.walk_in = WalkIn{.name = "Grace"};
  const auto message = message_to_customer(Event::booked, appointment, "grace@example.test");
  EXPECT_THAT(message.text, HasSubstr("Hello Grace,"));
  EXPECT_FALSE(message.user);
}

TEST(Message, a_pending_booking_promises_nothing) {
  auto appointment = an_appointment();
  appointment.status = Status::pending;
  const auto message = message_to_customer(Event::booked, appointment, "a@b.test");
  EXPECT_EQ(message.subject, "We have your request: Cut & finish");
}

TEST(Message, every_event_has_a_name_and_words_of_its_own) {
  EXPECT_EQ(name_of(Event::confirmed), "appointment.confirmed");
  EXPECT_EQ(name_of(Event::rescheduled), "appointment.rescheduled");
  EXPECT_EQ(name_of(Event::cancelled), "appointment.cancelled");
  const auto subject = [](Event event) {
    return message_to_customer(event, an_appointment(), "a@b.test").subject;
  };
  std::set<std::string> names;
  std::set<std::string> subjects;
  for (int event = 0; event < event_count; ++event) {
    names.insert(name_of(static_cast<Event>(event)));
    subjects.insert(subject(static_cast<Event>(event)));
  }
  EXPECT_EQ(names.size(), event_count);
  EXPECT_EQ(subjects.size(), event_count);
}

TEST(Message, R33_a_name_cannot_break_the_subject_and_names_are_escaped_in_html) {
  auto appointment = an_appointment();
  appointment.service.name = "Cut\r\nBcc: x@y.test";
  appointment.user->name = "<script>'\"";
  const auto message = message_to_customer(Event::booked, appointment, "a@b.test");
  EXPECT_EQ(message.subject, "You are booked: Cut  Bcc: x@y.test");
  EXPECT_THAT(message.html, Not(HasSubstr("<script>")));
  EXPECT_THAT(message.html, HasSubstr("&lt;script&gt;&#39;&quot;"));
}

TEST(Message, a_name_with_braces_is_a_name) {
  auto appointment = an_appointment();
  appointment.service.name = "{} {0} {";
  EXPECT_EQ(message_to_customer(Event::booked, appointment, "a@b.test").subject,
            "You are booked: {} {0} {");
}

TEST(Message, a_cancellation_gives_its_reason) {
  auto appointment = an_appointment();
  appointment.status = Status::cancelled;
  appointment.cancel_reason = "Mara is ill";
  EXPECT_THAT(message_to_customer(Event::cancelled, appointment, "a@b.test").text,
              HasSubstr("Reason: Mara is ill"));
}

TEST(View, R18_shows_exactly_the_fields_of_the_contract) {
  const auto json = boost::json::parse(to_json(an_appointment())).as_object();
  std::string names;
  for (const auto& member : json) names += std::string(member.key()) + " ";
  EXPECT_EQ(
      names,
      "id user customer service staff date time timezone starts_at ends_at duration price status "
      "party_size notes cancel_reason created_at updated_at version ");
  EXPECT_EQ(json.at("price").at("amount").as_int64(), 4500);
  EXPECT_EQ(json.at("time").as_string(), "14:30");
  EXPECT_EQ(json.at("duration").as_int64(), 45);
  EXPECT_EQ(json.at("notes").as_string(), "ring\ntwice");
  EXPECT_TRUE(json.at("cancel_reason").is_null());
}

TEST(View, an_erased_customer_is_null) {
  auto appointment = an_appointment();
  appointment.user.reset();
  EXPECT_TRUE(boost::json::parse(to_json(appointment)).at("user").is_null());
}

}  // namespace
}  // namespace frontdesk::appointments
