#include "notifications/dispatcher.hpp"
#include "notifications/statements.hpp"
#include "notifications/testing_dispatch.hpp"
#include "webhooks/webhooks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using testing::Row;
using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Outcome = queue::Delivery::Outcome;
namespace shop = appointments::testing;

class DispatcherPg : public testing::DispatchTest {};

TEST_F(DispatcherPg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(DispatcherPg, I8_a_booking_is_one_row_and_becomes_one_message_to_each_who_is_told) {
  book();
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox"), 1);
  dispatch();
  EXPECT_THAT(told(email_of(customer)), ElementsAre("appointment.booked"));
  EXPECT_THAT(told(email_of(login)), ElementsAre("staff.booked"));
  EXPECT_EQ(
      sql_count("SELECT count(*) FROM outbox WHERE channel = 'event' AND status = 'delivered' "
                "AND sealed IS NULL"),
      1);
}

TEST_F(DispatcherPg, I8_a_second_dispatch_adds_nothing) {
  book();
  const auto events = rows("channel = 'event'");
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(dispatch(events[0]).outcome, Outcome::delivered);
  const auto after_first = sql_value("SELECT string_agg(id::text, ' ' ORDER BY id) FROM outbox");
  // Its worker died before it wrote that down: another one has the event again.
  EXPECT_EQ(dispatch(events[0]).outcome, Outcome::delivered);
  dispatch();
  EXPECT_EQ(sql_value("SELECT string_agg(id::text, ' ' ORDER BY id) FROM outbox"), after_first);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE channel = 'email'"), 2);
}

TEST_F(DispatcherPg, I8_what_has_been_sent_meanwhile_is_not_sent_again) {
  book();
  const auto events = rows("channel = 'event'");
  dispatch(events[0]);
  sql("UPDATE outbox SET status = 'delivered', sealed = NULL, delivered_at = now() "
      "WHERE channel = 'email'");
  dispatch(events[0]);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE channel = 'email' AND status = 'waiting'"),
            0);
}

TEST_F(DispatcherPg, messages_are_in_the_readers_language_and_the_businesss_time) {
  sql("UPDATE users SET locale = 'de-AT' WHERE id = '" + customer.to_string() + "'");
  sql("UPDATE settings SET name = 'Salon Lindner', locale = 'fr'");
  book({.service = service,
        .start = shop::at("10:00"),
        .walk_in = appointments::WalkIn{.name = "Grace", .email = "grace@example.test"}});
  book("11:00");
  dispatch();
  const auto german = mails(email_of(customer));
  ASSERT_THAT(german, SizeIs(1));
  EXPECT_EQ(german[0].subject, "Ihr Termin ist gebucht: Cut");
  EXPECT_THAT(german[0].text, HasSubstr("11:00 (Europe/Berlin)"));
  EXPECT_THAT(german[0].text, HasSubstr("Salon Lindner"));
  EXPECT_THAT(german[0].headers,
              ::testing::Contains(std::pair<std::string, std::string>{"Content-Language", "de"}));
  EXPECT_EQ(german[0].to_name, "Ada");
  const auto french = mails("grace@example.test");
  ASSERT_THAT(french, SizeIs(1));
  EXPECT_THAT(french[0].text, HasSubstr("Grace"));
  EXPECT_THAT(french[0].text, HasSubstr("10:00 (Europe/Berlin)"));
  EXPECT_THAT(french[0].headers,
              ::testing::Contains(std::pair<std::string, std::string>{"Content-Language", "fr"}));
}

TEST_F(DispatcherPg, messages_of_one_appointment_are_made_in_the_order_of_what_happened) {
  const auto id = book();
  move(id, "12:00");
  cancel(id);
  dispatch();
  EXPECT_THAT(told(email_of(customer)), ElementsAre("appointment.booked", "appointment.rescheduled",
                                                    "appointment.cancelled"));
  EXPECT_THAT(told(email_of(login)),
              ElementsAre("staff.booked", "staff.rescheduled", "staff.cancelled"));
  EXPECT_EQ(sql_count("SELECT count(DISTINCT order_key) FROM outbox WHERE channel = 'email'"), 2);
}

TEST_F(DispatcherPg, RFC5546_calendars_are_told_in_the_same_order) {
  const auto id = book();
  move(id, "12:00");
  cancel(id);
  dispatch();
  const std::vector<std::string> methods{"REQUEST", "REQUEST", "CANCEL"};
  const auto sent = mails(email_of(customer));
  ASSERT_THAT(sent, SizeIs(3));
  for (std::size_t i = 0; i < sent.size(); ++i) {
    ASSERT_THAT(sent[i].attachments, SizeIs(2));
    const auto& [alternative, file] = std::tie(sent[i].attachments[0], sent[i].attachments[1]);
    EXPECT_EQ(alternative.content_type, "text/calendar; method=" + methods[i] + "; charset=utf-8");
    EXPECT_TRUE(alternative.is_alternative);
    EXPECT_EQ(file.filename, "appointment.ics");
    EXPECT_EQ(file.content, alternative.content);
    EXPECT_THAT(file.content, HasSubstr("METHOD:" + methods[i] + "\r\n"));
    EXPECT_THAT(file.content, HasSubstr("SEQUENCE:" + std::to_string(i) + "\r\n"));
    EXPECT_THAT(file.content, HasSubstr("UID:" + id.to_string() + "\r\n"));
    EXPECT_THAT(file.content, HasSubstr("mailto:desk@example.test"));
  }
  EXPECT_THAT(mails(email_of(login))[0].attachments, IsEmpty());
}

TEST_F(DispatcherPg, a_request_is_called_one_until_it_is_confirmed) {
  sql("UPDATE settings SET auto_confirm = false");
  const auto id = book();
  dispatch();
  EXPECT_THAT(told(email_of(customer)), ElementsAre("appointment.requested"));
  EXPECT_THAT(told(email_of(login)), ElementsAre("staff.requested"));
  ASSERT_TRUE(run(appointments.confirm(manager(), {.id = id}, {}, shop::soon())));
  dispatch();
  EXPECT_EQ(told(email_of(customer)).back(), "appointment.confirmed");
}

TEST_F(DispatcherPg, nobody_is_told_of_what_they_did_themselves_and_members_without_a_login_not) {
  const auto other = shop::add_staff({service}, "Nobody");
  book({.service = service, .staff = other, .start = shop::at("10:00")});
  book(login, {.service = service,
               .staff = member,
               .start = shop::at("10:00"),
               .walk_in = appointments::WalkIn{.name = "Grace", .phone = "+4930123456"}});
  dispatch();
  EXPECT_THAT(told(email_of(login)), IsEmpty());
  EXPECT_THAT(told(email_of(customer)), ElementsAre("appointment.booked"));
}

TEST_F(DispatcherPg, a_member_reads_who_comes_and_a_walk_ins_number) {
  book({.service = service,
        .start = shop::at("10:00"),
        .walk_in = appointments::WalkIn{.name = "Grace", .phone = "+4930123456"}});
  dispatch();  // those of two appointments have no order
  sql("UPDATE users SET phone = '+4930999999' WHERE id = '" + customer.to_string() + "'");
  book("11:00");
  dispatch();
  const auto sent = mails(email_of(login));
  ASSERT_THAT(sent, SizeIs(2));
  EXPECT_THAT(sent[0].text, HasSubstr("Customer: Grace"));
  EXPECT_THAT(sent[0].text, HasSubstr("+4930123456"));
  EXPECT_THAT(sent[0].text, HasSubstr("Hello Mara Login"));
  EXPECT_THAT(sent[1].text, HasSubstr("Customer: Ada"));
  EXPECT_THAT(sent[1].text, Not(HasSubstr("+4930999999"))) << "an account's is not everybody's";
}

TEST_F(DispatcherPg, an_appointment_that_goes_to_another_member_is_told_to_both) {
  const auto other_login = shop::add_user("Otto Login");
  const auto other = shop::add_staff({service}, "Otto", other_login);
  const auto id = book({.service = service, .staff = member, .start = shop::at("10:00")});
  move(id, "12:00", other);
  dispatch();
  EXPECT_THAT(told(email_of(login)), ElementsAre("staff.booked", "staff.cancelled"));
  EXPECT_THAT(mails(email_of(login))[1].text, HasSubstr("10:00 (Europe/Berlin)"));
  EXPECT_THAT(told(email_of(other_login)), ElementsAre("staff.booked"));
  EXPECT_THAT(mails(email_of(other_login))[0].text, HasSubstr("12:00 (Europe/Berlin)"));
}

TEST_F(DispatcherPg, a_disabled_account_is_told_nothing) {
  book();
  sql("UPDATE users SET status = 'disabled'");
  dispatch();
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE channel = 'email'"), 0);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status <> 'delivered' AND event <> "
                      "'appointment.reminder'"),
            0);
}

TEST_F(DispatcherPg, R71_an_event_that_cannot_be_understood_is_given_up_without_personal_data) {
  EXPECT_EQ(dispatch(event("auth.unheard_of", "{}")).reason, "no event has this name");
  EXPECT_EQ(dispatch(event("auth.code", "no JSON")).reason, "the event cannot be read");
  EXPECT_EQ(dispatch(event("auth.code", "[]")).outcome, Outcome::never);
  auto incomplete = event("auth.code", R"({"code": "123456"})");
  incomplete.to = "ann@example.test";
  const auto ended = dispatch(incomplete);
  EXPECT_EQ(ended.outcome, Outcome::never);
  EXPECT_EQ(ended.reason, "auth.code: the fact minutes is missing.");
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox"), 0);
}

TEST_F(DispatcherPg, a_code_is_in_the_language_that_was_asked_for_and_holds_nobodys_words) {
  auto code = event("auth.code", R"({"code": "123456", "minutes": 10, "locale": "es"})");
  code.to = "ann@example.test";
  enqueue(code);
  dispatch();
  const auto sent = mails("ann@example.test");
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_THAT(sent[0].text, HasSubstr("123456"));
  EXPECT_THAT(sent[0].headers,
              ElementsAre(std::pair<std::string, std::string>{"Content-Language", "es"}));
  EXPECT_EQ(sent[0].to_name, "");
}

TEST_F(DispatcherPg, RFC2369_only_what_can_be_switched_off_says_where) {
  book();
  auto changed = event("auth.password_changed", R"({"site_link": "https://book.example.test"})");
  changed.user = customer;
  enqueue(changed);
  dispatch();
  const std::pair<std::string, std::string> header{"List-Unsubscribe",
                                                   "<https://book.example.test/preferences>"};
  for (const auto& mail : mails(email_of(customer))) {
    const bool is_security = mail.event == "auth.password_changed";
    EXPECT_EQ(std::ranges::count(mail.headers, header), is_security ? 0 : 1) << mail.event;
  }
  EXPECT_THAT(mails(email_of(customer)), SizeIs(2));
}

TEST_F(DispatcherPg, an_sms_goes_to_a_verified_number_that_was_chosen_where_there_is_a_sender) {
  sql("UPDATE users SET phone = '+4930123456' WHERE id = '" + customer.to_string() + "'");
  const auto sms = [&] { return rows("channel = 'sms'"); };
  book("10:00");
  dispatch();
  options.channels = {"sms"};
  book("11:00");
  dispatch();
  EXPECT_THAT(sms(), IsEmpty());
  sql("UPDATE users SET phone_verified = true WHERE id = '" + customer.to_string() + "'");
  book("12:00");
  dispatch();
  EXPECT_THAT(sms(), IsEmpty());
  choose("sms", true);
  book("13:00");
  dispatch();
  ASSERT_THAT(sms(), SizeIs(1));
  EXPECT_EQ(sms()[0].message.to, "+4930123456");
  EXPECT_THAT(sms()[0].message.text, HasSubstr("Cut with Mara"));
}

TEST_F(DispatcherPg, what_is_switched_off_is_not_sent) {
  choose("email", false);
  book("10:00");
  dispatch();
  EXPECT_THAT(told(email_of(customer)), IsEmpty());
  EXPECT_THAT(listed(customer), ElementsAre("appointment.booked"));
  choose("inbox", false);
  book("11:00");
  dispatch();
  EXPECT_THAT(listed(customer), SizeIs(1));
  EXPECT_THAT(told(email_of(login)), SizeIs(2));
}

TEST_F(DispatcherPg, I8_the_list_in_the_app_has_an_event_once) {
  book("10:00");
  const auto waiting = rows("channel = 'event'");
  ASSERT_THAT(waiting, SizeIs(1));
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(dispatch(waiting[0]).outcome, queue::Delivery::Outcome::delivered);
  }
  EXPECT_THAT(listed(customer), ElementsAre("appointment.booked"));
  EXPECT_THAT(listed(login), ElementsAre("staff.booked"));
}

TEST_F(DispatcherPg, I8_each_device_gets_an_event_once_by_a_channel_that_has_a_sender) {
  const auto phone = register_phone(customer);
  book("10:00");
  const auto events = rows("channel = 'event'");
  ASSERT_THAT(events, SizeIs(1));
  dispatch(events[0]);
  EXPECT_THAT(rows("channel = 'fcm'"), IsEmpty()) << "nobody sends it";
  options.channels = {"fcm"};
  for (int i = 0; i < 2; ++i) dispatch(events[0]);
  const auto pushes = rows("channel = 'fcm'");
  ASSERT_THAT(pushes, SizeIs(1));
  EXPECT_THAT(pushes[0].message.to, HasSubstr(phone.to_string()));
  EXPECT_EQ(pushes[0].message.subject, "You are booked");
  EXPECT_THAT(pushes[0].message.text, HasSubstr("Cut with Mara"));
}

TEST_F(DispatcherPg, I8_programs_that_listen_are_told_once_of_the_appointment_as_it_was) {
  webhooks::Webhooks programs(*pool, key, outbox, outbound::Reach{});
  ASSERT_TRUE(run(programs.add(manager(),
                               {.url = "https://hooks.example.test/",
                                .description = {},
                                .events = {"appointment.booked", "appointment.cancelled"}},
                               shop::soon())));
  const auto id = book("10:00");
  cancel(id);
  const auto events = rows("channel = 'event'");
  ASSERT_THAT(events, SizeIs(2));
  for (int i = 0; i < 2; ++i) {
    for (const auto& one : events) dispatch(one);
  }
  const auto sent = rows("channel = 'webhook'");
  ASSERT_THAT(sent, SizeIs(2));
  const auto body = boost::json::parse(sent[0].message.text).as_object();
  EXPECT_EQ(body.at("type"), "appointment.booked");
  EXPECT_EQ(body.at("data").at("id").as_string(), id.to_string());
  EXPECT_EQ(body.at("data").at("status"), "confirmed") << "cancelled only later";
  EXPECT_EQ(body.at("timestamp"), body.at("data").at("updated_at"));
  EXPECT_EQ(boost::json::parse(sent[1].message.text).at("data").at("status"), "cancelled");
}

TEST_F(DispatcherPg, administrators_are_those_who_may_change_the_settings) {
  const auto admin = shop::add_user("Root");
  sql("UPDATE users SET role_id = '00000000-0000-7000-8000-000000000001' WHERE id = '" +
      admin.to_string() + "'");
  enqueue(event("webhook.disabled", R"({"endpoint": "https://hooks.example.test/x", "days": 3,
                                        "site_link": "https://book.example.test"})"));
  dispatch();
  EXPECT_THAT(told(email_of(admin)), ElementsAre("webhook.disabled"));
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE channel = 'email'"), 1);
}

}  // namespace
}  // namespace frontdesk::notifications
