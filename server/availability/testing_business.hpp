#pragma once

#include "availability/availability.hpp"
#include "support/database.hpp"

#include <memory>
#include <string>
#include <vector>

#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

/// A small business for the tests of this feature that need a database.
namespace frontdesk::availability::testing {

using namespace std::chrono_literals;

inline std::string text(const boost::json::value& json) {
  return std::string(json.as_string());
}

inline const StaffId mara = *StaffId::parse("00000000-0000-7000-8000-0000000000a1");
inline const StaffId jonas = *StaffId::parse("00000000-0000-7000-8000-0000000000a2");
inline const StaffId gone = *StaffId::parse("00000000-0000-7000-8000-0000000000a3");
inline const ServiceId cut = *ServiceId::parse("00000000-0000-7000-8000-0000000000d1");
inline const ServiceId yoga = *ServiceId::parse("00000000-0000-7000-8000-0000000000d2");
inline const ServiceId retired = *ServiceId::parse("00000000-0000-7000-8000-0000000000d3");

/// Mara (position 2) and Jonas (position 1) work from 09:00 to 12:00 every day, Gone has left. A
/// cut takes an hour; slots start every hour. `date` lies two weeks ahead.
class Business : public ::testing::Test {
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

  Result<Answer> ask(const SlotsRequest& request) {
    const auto view = frontdesk::testing::run(availability.view(request, deadline_in(5s)));
    if (!view) return refuse(view.error());
    return free_slots(*view, request);
  }

  /// `09:00 jonas mara 3` for each slot of `date`: who is free, and the seats of a class.
  std::vector<std::string> slots(SlotsRequest request) {
    request.from = request.to = date;
    const auto answer = ask(request).value();
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

  LocalDate date;
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  Availability availability{*pool};
};

}  // namespace frontdesk::availability::testing
