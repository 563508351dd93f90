#include "availability/availability.hpp"
#include "availability/routes.hpp"
#include "availability/statements.hpp"
#include "db/transaction.hpp"
#include "http/request_builder.hpp"
#include "support/database.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const StaffId mara = *StaffId::parse("00000000-0000-7000-8000-0000000000a1");
const StaffId jonas = *StaffId::parse("00000000-0000-7000-8000-0000000000a2");
const StaffId gone = *StaffId::parse("00000000-0000-7000-8000-0000000000a3");
const ServiceId cut = *ServiceId::parse("00000000-0000-7000-8000-0000000000d1");
const ServiceId yoga = *ServiceId::parse("00000000-0000-7000-8000-0000000000d2");
const ServiceId retired = *ServiceId::parse("00000000-0000-7000-8000-0000000000d3");

std::string text(const boost::json::value& json) {
  return std::string(json.as_string());
}

/// Mara (position 2) and Jonas (position 1) work from 09:00 to 12:00 every day, Gone has left. A
/// cut takes an hour; slots start every hour. `date` lies two weeks ahead.
class AvailabilityPg : public ::testing::Test {
 protected:
  void SetUp() override {
    frontdesk::testing::reset();
    frontdesk::testing::sql(R"(
      UPDATE settings SET timezone = 'Europe/Berlin', slot_interval = 60, min_notice = 0, max_advance_days = 60;
      INSERT INTO service_categories (id, name) VALUES ('00000000-0000-7000-8000-0000000000c1', 'All');
      INSERT INTO services (id, category_id, name, price, duration, capacity, active) VALUES
        ('00000000-0000-7000-8000-0000000000d1', '00000000-0000-7000-8000-0000000000c1', 'Cut', 4500, 60, 1, true),
        ('00000000-0000-7000-8000-0000000000d2', '00000000-0000-7000-8000-0000000000c1', 'Yoga', 1500, 60, 8, true),
        ('00000000-0000-7000-8000-0000000000d3', '00000000-0000-7000-8000-0000000000c1', 'Perm', 9900, 60, 1, false);
      INSERT INTO staff (id, name, position, active) VALUES
        ('00000000-0000-7000-8000-0000000000a1', 'Mara', 2, true),
        ('00000000-0000-7000-8000-0000000000a2', 'Jonas', 1, true),
        ('00000000-0000-7000-8000-0000000000a3', 'Gone', 0, false);
      INSERT INTO staff_services SELECT staff.id, services.id FROM staff, services;
      INSERT INTO working_hours (staff_id, weekday, start_minute, end_minute)
        SELECT id, day, 540, 720 FROM staff, generate_series(0, 6) AS day)");
    date = parse_date(frontdesk::testing::sql_value(
                          "SELECT (now() AT TIME ZONE 'Europe/Berlin')::date + 14"))
               .value();
  }

  /// Runs `statement` with {0} Mara's id and {1} the date in quotes.
  void sql(const char* statement) const {
    frontdesk::testing::sql(fmt::format(fmt::runtime(statement), "'" + mara.to_string() + "'",
                                        "'" + format_date(date) + "'"));
  }

  /// An active occupation of Mara's, by the wall clock of `date`.
  void occupy(const char* start, const char* end, ServiceId service = cut, int capacity = 1,
              int booked = 1, bool active = true, int buffer_minutes = 0) const {
    frontdesk::testing::sql(fmt::format(
        R"(INSERT INTO occupations (id, staff_id, service_id, starts_at, ends_at, during, capacity, booked, active)
           SELECT gen_random_uuid(), '{}', '{}', s, e, tstzrange(s - b, e + b), {}, {}, {}
           FROM (SELECT '{} {}'::timestamp AT TIME ZONE 'Europe/Berlin' AS s,
                        '{} {}'::timestamp AT TIME ZONE 'Europe/Berlin' AS e,
                        make_interval(mins => {}) AS b) AS times)",
        mara.to_string(), service.to_string(), capacity, booked, active, format_date(date), start,
        format_date(date), end, buffer_minutes));
  }

  /// `09:00 jonas mara 3` for each slot of `date`: who is free, and the seats of a class.
  std::vector<std::string> slots(SlotsRequest request) {
    request.from = request.to = date;
    const auto answer =
        frontdesk::testing::run(availability.slots(request, deadline_in(5s))).value();
    std::vector<std::string> texts;
    for (const Slot& slot : answer.slots.days.at(0).slots) {
      std::string text = format_time(slot.time);
      answer.slots.staff_of(slot, [&](std::size_t index) {
        text += answer.staff.at(index) == mara ? " mara" : " jonas";
      });
      if (slot.seats_left > 0) text += fmt::format(" {}", slot.seats_left);
      texts.push_back(text);
    }
    return texts;
  }
  std::vector<std::string> maras() {
    return slots({.service = cut, .staff = mara, .from = {}, .to = {}});
  }
  std::vector<std::string> everyones() { return slots({.service = cut, .from = {}, .to = {}}); }

  http::Response get(std::string_view pattern,
                     std::vector<std::pair<std::string, std::string>> query) {
    for (const auto& route : routes(availability)) {
      if (route.pattern != pattern) continue;
      const auto request = http::RequestBuilder().query(std::move(query)).build();
      return frontdesk::testing::run(route.handler(request));
    }
    return {.status = 0};
  }

  LocalDate date;
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  Availability availability{*pool};
};

TEST_F(AvailabilityPg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(AvailabilityPg, active_staff_are_offered_in_the_businesss_order) {
  EXPECT_THAT(everyones(), ElementsAre("09:00 jonas mara", "10:00 jonas mara", "11:00 jonas mara"));
  EXPECT_THAT(maras(), ElementsAre("09:00 mara", "10:00 mara", "11:00 mara"));
}

TEST_F(AvailabilityPg, a_member_who_does_not_do_the_service_is_not_offered) {
  sql("DELETE FROM staff_services WHERE staff_id = {0}");
  EXPECT_THAT(everyones(), ElementsAre("09:00 jonas", "10:00 jonas", "11:00 jonas"));
}

TEST_F(AvailabilityPg, overrides_time_off_and_closures_count) {
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}, '{{600, 780}}', '{{720, 840}}')");
  EXPECT_THAT(maras(), ElementsAre("10:00 mara", "11:00 mara", "13:00 mara"));
  sql("INSERT INTO time_off (id, staff_id, starts_at, ends_at) VALUES (gen_random_uuid(), {0}, "
      "({1}::date + time '11:30') AT TIME ZONE 'Europe/Berlin', "
      "({1}::date + time '12:00') AT TIME ZONE 'Europe/Berlin')");
  EXPECT_THAT(maras(), ElementsAre("10:00 mara", "13:00 mara"));
  sql("UPDATE staff_overrides SET start_minutes = '{{}}', end_minutes = '{{}}'");
  EXPECT_THAT(maras(), IsEmpty());
  EXPECT_EQ(everyones().size(), 3U);
  sql("INSERT INTO closures (date) VALUES ({1})");
  EXPECT_THAT(everyones(), IsEmpty());
}

TEST_F(AvailabilityPg, intervals_of_an_override_that_are_none_are_passed_over) {
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}, '{{600, 900, -5, 1380}}', '{{660, 800, 30, "
      "1500}}')");
  EXPECT_THAT(maras(), ElementsAre("10:00 mara"));
}

TEST_F(AvailabilityPg, active_occupations_block_with_their_buffers_and_others_do_not) {
  occupy("10:00", "11:00", cut, 1, 1, false);
  EXPECT_EQ(maras().size(), 3U);
  occupy("10:00", "11:00");
  EXPECT_THAT(maras(), ElementsAre("09:00 mara", "11:00 mara"));
  EXPECT_THAT(everyones(), ElementsAre("09:00 jonas mara", "10:00 jonas", "11:00 jonas mara"));
  sql("UPDATE occupations SET active = false");
  occupy("10:00", "11:00", yoga, 8, 3, true, 15);
  EXPECT_THAT(maras(), IsEmpty());
}

TEST_F(AvailabilityPg, the_services_buffers_and_notice_count) {
  occupy("12:00", "13:00");
  sql("UPDATE services SET buffer_after = 30");
  EXPECT_THAT(maras(), ElementsAre("09:00 mara", "10:00 mara"));
  sql("UPDATE services SET min_notice = 60 * 24 * 20");
  EXPECT_THAT(maras(), IsEmpty());
  sql("UPDATE services SET min_notice = NULL");
  sql("UPDATE settings SET max_advance_days = 13");
  EXPECT_THAT(everyones(), IsEmpty());
}

TEST_F(AvailabilityPg, classes_show_the_seats_of_their_sessions) {
  occupy("10:00", "11:00", yoga, 8, 6);
  const SlotsRequest request{.service = yoga, .staff = mara, .from = {}, .to = {}};
  EXPECT_THAT(slots(request), ElementsAre("09:00 mara 8", "10:00 mara 2", "11:00 mara 8"));
  SlotsRequest three = request;
  three.party_size = 3;
  EXPECT_THAT(slots(three), ElementsAre("09:00 mara 8", "11:00 mara 8"));
  EXPECT_THAT(maras(), ElementsAre("09:00 mara", "11:00 mara"));
}

TEST_F(AvailabilityPg, refuses_what_is_not_there) {
  const auto code = [&](ServiceId service, std::optional<StaffId> staff) {
    const auto answer = frontdesk::testing::run(availability.slots(
        {.service = service, .staff = staff, .from = date, .to = date}, deadline_in(5s)));
    return answer ? "" : answer.error().code;
  };
  EXPECT_EQ(code(ServiceId::generate(), {}), "not_found");
  EXPECT_EQ(code(retired, {}), "service_inactive");
  EXPECT_EQ(code(cut, StaffId::generate()), "not_found");
  EXPECT_EQ(code(cut, gone), "not_found");
  frontdesk::testing::sql("DELETE FROM staff_services");
  EXPECT_EQ(code(cut, mara), "not_found");
  EXPECT_EQ(code(cut, {}), "");
}

TEST_F(AvailabilityPg, R57_a_booking_reads_the_same_snapshot_in_its_transaction) {
  occupy("10:00", "11:00");
  auto transaction = frontdesk::testing::run(
      [](db::Pool& from) -> Task<db::Transaction> {
        co_return co_await db::Transaction::begin(co_await from.acquire(deadline_in(5s)));
      },
      *pool);
  const auto snapshot = frontdesk::testing::run(
      load_snapshot(transaction.connection(), {.service = cut, .from = date, .to = date}));
  ASSERT_TRUE(snapshot);
  ASSERT_EQ(snapshot->staff.size(), 2U);
  EXPECT_EQ(snapshot->staff[0].id, jonas);
  const Instant ten = snapshot->zone.to_instants(date, 600min).earlier;
  EXPECT_THAT(who_can_take(*snapshot, ten).value(), ElementsAre(0U));
  EXPECT_EQ(check_start(*snapshot, snapshot->staff[1], ten).error(), Obstacle::taken);
  const auto details = alternatives_to(*snapshot, ten, 1);
  EXPECT_EQ(text(details.at("timezone")), "Europe/Berlin");
  ASSERT_EQ(details.at("alternatives").as_array().size(), 3U);
  const auto& first = details.at("alternatives").as_array()[0].as_object();
  EXPECT_EQ(text(first.at("date")), format_date(date));
  EXPECT_EQ(text(first.at("time")), "09:00");
  EXPECT_EQ(first.at("staff_ids").as_array().size(), 2U);
  frontdesk::testing::run(transaction.rollback());
}

TEST_F(AvailabilityPg, R62_the_clock_is_the_databases) {
  auto lease = frontdesk::testing::run(pool->acquire(deadline_in(5s)));
  const auto snapshot =
      frontdesk::testing::run(load_snapshot(*lease, {.service = cut, .from = date, .to = date}));
  const auto apart = std::chrono::abs(snapshot->now - std::chrono::system_clock::now());
  EXPECT_LT(apart, 60s);  // the database is on this machine
}

TEST_F(AvailabilityPg, next_gives_the_first_slots_and_no_empty_days) {
  const auto next = [&](std::optional<StaffId> staff) {
    return frontdesk::testing::run(
               availability.next({.service = cut, .staff = staff}, deadline_in(5s)))
        .value();
  };
  std::size_t count = 0;
  Instant before{};
  for (const FreeDay& day : next({}).slots.days) {
    EXPECT_FALSE(day.slots.empty());
    for (const Slot& slot : day.slots) {
      EXPECT_LT(before, slot.start);
      before = slot.start;
      ++count;
    }
  }
  EXPECT_EQ(count, 5U);

  // Nothing but one day far ahead, past the first stretches of the search.
  sql("DELETE FROM working_hours");
  sql("UPDATE settings SET max_advance_days = 200");
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}::date + 100, '{{600}}', '{{720}}')");
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}::date + 160, '{{600}}', '{{660}}')");
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}::date + 190, '{{600}}', '{{660}}')");
  const Answer far = next({});
  ASSERT_EQ(far.slots.days.size(), 2U);
  EXPECT_EQ(far.slots.days[0].date, date + days{100});
  EXPECT_EQ(far.slots.days[0].slots.size(), 2U);
  EXPECT_EQ(far.slots.days[1].date, date + days{160});
  std::vector<StaffId> free;
  far.slots.staff_of(far.slots.days[1].slots[0],
                     [&](std::size_t index) { free.push_back(far.staff[index]); });
  EXPECT_THAT(free, ElementsAre(mara));
  EXPECT_THAT(next(jonas).slots.days, IsEmpty());
}

TEST_F(AvailabilityPg, the_route_answers_in_the_form_of_the_contract) {
  sql("UPDATE working_hours SET end_minute = 600 WHERE staff_id = {0}");
  sql("DELETE FROM working_hours WHERE staff_id <> {0}");
  const auto response = get("/api/v1/availability", {{"service_id", cut.to_string()},
                                                     {"from", format_date(date)},
                                                     {"to", format_date(date + days{1})}});
  ASSERT_EQ(response.status, 200U) << response.body;
  const auto json = boost::json::parse(response.body);
  EXPECT_TRUE(json.at("success").as_bool());
  EXPECT_EQ(text(json.at("data").at("timezone")), "Europe/Berlin");
  ASSERT_EQ(json.at("data").at("days").as_array().size(), 2U);
  const auto& day = json.at("data").at("days").at(0);
  EXPECT_EQ(text(day.at("date")), format_date(date));
  ASSERT_EQ(day.at("slots").as_array().size(), 1U);
  const auto& slot = day.at("slots").at(0).as_object();
  EXPECT_EQ(text(slot.at("time")), "09:00");
  EXPECT_EQ(text(slot.at("staff_ids").as_array()[0]), mara.to_string());
  EXPECT_TRUE(parse_instant(std::string_view(slot.at("starts_at").as_string())));
  EXPECT_TRUE(parse_instant(std::string_view(slot.at("ends_at").as_string())));
  EXPECT_FALSE(slot.contains("seats_left"));
}

TEST_F(AvailabilityPg, the_routes_name_every_bad_parameter) {
  const auto errors = [&](std::vector<std::pair<std::string, std::string>> query) {
    const auto response = get("/api/v1/availability", std::move(query));
    EXPECT_EQ(response.status, 422U) << response.body;
    std::vector<std::string> fields;
    for (const auto& error : boost::json::parse(response.body).at("errors").as_array()) {
      fields.emplace_back(error.at("field").as_string());
    }
    std::ranges::sort(fields);
    return fields;
  };
  const std::string id = cut.to_string();
  EXPECT_THAT(errors({}), ElementsAre("from", "service_id", "to"));
  EXPECT_THAT(errors({{"service_id", "x"}, {"from", "2026-02-30"}, {"to", "tomorrow"}}),
              ElementsAre("from", "service_id", "to"));
  EXPECT_THAT(errors({{"service_id", id}, {"from", "2026-03-02"}, {"to", "2026-03-01"}}),
              ElementsAre("to"));
  EXPECT_THAT(errors({{"service_id", id}, {"from", "2026-03-01"}, {"to", "2026-05-02"}}),
              ElementsAre("to"));
  EXPECT_THAT(errors({{"service_id", id},
                      {"from", "2026-03-01"},
                      {"to", "2026-03-01"},
                      {"timezone", "FOO+3"},
                      {"party_size", "0"},
                      {"staff_id", "1"},
                      {"page", "2"}}),
              ElementsAre("page", "party_size", "staff_id", "timezone"));
}

TEST_F(AvailabilityPg, the_last_and_the_first_dates_there_are_can_be_asked_for) {
  for (const auto& [from, to] :
       {std::pair("2100-11-01", "2100-12-31"), std::pair("2000-01-01", "2000-03-02")}) {
    const auto response =
        get("/api/v1/availability", {{"service_id", cut.to_string()}, {"from", from}, {"to", to}});
    EXPECT_EQ(response.status, 200U) << response.body;
  }
  const auto next = get("/api/v1/availability/next",
                        {{"service_id", cut.to_string()}, {"timezone", "Pacific/Kiritimati"}});
  EXPECT_EQ(next.status, 200U) << next.body;
  EXPECT_EQ(get("/api/v1/availability/next", {{"service_id", retired.to_string()}}).status, 422U);
  EXPECT_EQ(get("/api/v1/availability/next", {{"service_id", mara.to_string()}}).status, 404U);
}

}  // namespace
}  // namespace frontdesk::availability
