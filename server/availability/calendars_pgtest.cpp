#include "availability/answer_json.hpp"
#include "availability/calendars.hpp"
#include "availability/testing_business.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using std::chrono::days;

std::string text_of(const FreeSlots& slots, const std::vector<StaffId>& staff) {
  std::vector<std::string> ids;
  for (const StaffId id : staff) ids.push_back('"' + id.to_string() + '"');
  std::string text;
  JsonWriter json(text);
  write_free_slots(json, slots, ids);
  return text;
}

class CalendarsPg : public Business {
 protected:
  /// What the copies answer.
  static std::string copied(Availability& from, const SlotsRequest& request) {
    const auto view = frontdesk::testing::run(from.view(request, deadline_in(5s)));
    if (!view) return view.error().code;
    const auto answer = free_slots(*view, request);
    return answer ? text_of(answer->slots, answer->staff) : answer.error().code;
  }

  /// What PostgreSQL says, as a booking asks it.
  std::string read(const SlotsRequest& request) {
    auto lease = frontdesk::testing::run(pool->acquire(deadline_in(5s)));
    const auto snapshot = frontdesk::testing::run(load_snapshot(*lease, {.service = request.service,
                                                                         .staff = request.staff,
                                                                         .from = request.from,
                                                                         .to = request.to}));
    if (!snapshot) return snapshot.error().code;
    std::vector<StaffId> staff;
    for (const auto& member : snapshot->staff) staff.push_back(member.id);
    return text_of(
        free_slots(*snapshot, SlotsQuery{.from = request.from,
                                         .to = request.to,
                                         .display = request.display.value_or(snapshot->zone),
                                         .party_size = request.party_size}),
        staff);
  }
};

/// Writes of every kind, by somebody who knows nothing of copies.
class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  int draw(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

  std::string next() {
    const auto member = fmt::format("'{}'", draw(2) == 0 ? mara.to_string() : jonas.to_string());
    const auto service = fmt::format("'{}'", draw(2) == 0 ? cut.to_string() : yoga.to_string());
    const auto start =
        fmt::format("date_trunc('hour', now()) + interval '{} hours'", draw(24 * 70));
    switch (draw(13)) {
      case 0:
      case 1:
      case 2:
        return fmt::format(
            "INSERT INTO occupations (id, staff_id, service_id, starts_at, ends_at, during, "
            "capacity, booked) SELECT gen_random_uuid(), {}, {}, s, s + interval '1 hour', "
            "tstzrange(s, s + interval '1 hour'), {}, 1 FROM (SELECT {} AS s) AS t "
            "ON CONFLICT DO NOTHING",
            member, service, draw(2) * 7 + 1, start);
      case 3:
        return "UPDATE occupations SET active = false WHERE id = (SELECT id FROM occupations "
               "WHERE active ORDER BY starts_at LIMIT 1)";
      case 4:
        return "UPDATE occupations SET booked = capacity WHERE id = (SELECT id FROM occupations "
               "WHERE active ORDER BY starts_at DESC LIMIT 1)";
      case 5:
        return fmt::format("DELETE FROM working_hours WHERE staff_id = {} AND weekday = {}", member,
                           draw(7));
      case 6:
        return fmt::format(
            "INSERT INTO working_hours VALUES ({}, {}, {}, {}) ON CONFLICT DO NOTHING", member,
            draw(7), draw(12) * 60, 1440 - draw(11) * 60);
      case 7:
        return fmt::format(
            "INSERT INTO staff_overrides VALUES ({}, current_date + {}, '{{600}}', "
            "'{{{}}}') ON CONFLICT DO NOTHING",
            member, draw(70), 660 + draw(12) * 60);
      case 8:
        return fmt::format(
            "INSERT INTO time_off (id, staff_id, starts_at, ends_at) SELECT "
            "gen_random_uuid(), {}, s, s + interval '{} hours' FROM (SELECT {} AS s) AS t",
            member, 1 + draw(50), start);
      case 9:
        return draw(2) == 0
                   ? "DELETE FROM time_off"
                   : fmt::format("DELETE FROM staff_overrides WHERE staff_id = {}", member);
      case 10:
        return fmt::format("INSERT INTO closures VALUES (current_date + {}) ON CONFLICT DO NOTHING",
                           draw(70));
      case 11:
        return fmt::format(
            "UPDATE services SET capacity = {}, buffer_after = {}, max_advance_days = {} WHERE id "
            "= {}",
            draw(2) * 7 + 1, draw(3) * 15, draw(2) == 0 ? "NULL" : "45", service);
      default:
        return draw(2) == 0
                   ? fmt::format("UPDATE settings SET max_advance_days = {}, slot_interval = {}",
                                 10 + draw(60), draw(2) == 0 ? 30 : 60)
                   : fmt::format("UPDATE staff SET active = {} WHERE id = {}", draw(3) > 0, member);
    }
  }

 private:
  std::mt19937 random_;
};

TEST_F(CalendarsPg, R57_copies_say_what_the_database_says_whatever_is_written) {
  constexpr unsigned seed = 20261122;
  Writer writer(seed);
  const auto other_pool = frontdesk::testing::make_pool();
  Availability other(*other_pool);
  const LocalDate today = date - days{14};
  for (int step = 0; step < 400; ++step) {
    const std::string statement = writer.next();
    frontdesk::testing::sql(statement);
    SlotsRequest request{.service = writer.draw(2) == 0 ? cut : yoga,
                         .staff = {},
                         .from = today + days{writer.draw(60) - 3},
                         .to = {},
                         .display = {},
                         .party_size = 1 + writer.draw(3)};
    request.to = request.from + days{writer.draw(40)};
    if (writer.draw(4) == 0) request.staff = mara;
    if (writer.draw(4) == 0) request.display = Zone::find("Pacific/Auckland");
    const std::string expected = read(request);
    ASSERT_EQ(copied(availability, request), expected) << "step " << step << ": " << statement;
    if (writer.draw(3) == 0) {
      ASSERT_EQ(copied(other, request), expected) << "step " << step << ": " << statement;
    }
  }
}

TEST_F(CalendarsPg, I7_a_write_that_stands_is_seen_and_one_that_does_not_is_not) {
  EXPECT_EQ(maras().size(), 3U);
  const auto connection = frontdesk::testing::owner_url();
  db::BlockingConnection writer(connection);
  writer.run("BEGIN");
  writer.run("DELETE FROM working_hours");
  EXPECT_EQ(maras().size(), 3U);
  writer.run("COMMIT");
  EXPECT_EQ(maras().size(), 0U);
}

TEST_F(CalendarsPg, a_change_makes_a_new_edition_of_those_services_alone_that_it_touches) {
  sql("DELETE FROM staff_services WHERE staff_id = {0} AND service_id = "
      "'00000000-0000-7000-8000-0000000000d2'");
  const auto edition = [&](ServiceId service) {
    return frontdesk::testing::run(
               availability.view({.service = service, .from = date, .to = date}, deadline_in(5s)))
        .value()
        .calendar->edition;
  };
  const auto cut_before = edition(cut);
  const auto yoga_before = edition(yoga);
  EXPECT_EQ(edition(cut), cut_before);
  occupy("10:00", "11:00");  // Mara's
  EXPECT_NE(edition(cut), cut_before);
  EXPECT_EQ(edition(yoga), yoga_before);
}

TEST_F(CalendarsPg, an_answer_holds_until_its_first_slot_needs_more_notice_than_is_left) {
  frontdesk::testing::sql("UPDATE settings SET min_notice = 90");
  const SlotsRequest request{.service = cut, .from = date, .to = date};
  const auto view = frontdesk::testing::run(availability.view(request, deadline_in(5s))).value();
  const auto at = [&](Instant now) {
    return free_slots(Availability::View{.now = now, .calendar = view.calendar}, request).value();
  };
  const Instant first = at(view.now).slots.days[0].slots[0].start;
  const Instant end = at(first - 100min).holds_before;
  EXPECT_EQ(end, first - 90min + 1us);
  EXPECT_EQ(at(end - 1us).slots.days[0].slots[0].start, first);
  EXPECT_EQ(at(end).slots.days[0].slots[0].start, first + 60min);
  // With weeks to go, the next day that can be booked ends it: midnight in Berlin.
  const auto local = view.calendar->business->zone.to_local(at(view.now).holds_before);
  EXPECT_EQ(local.date, date - days{13});
  EXPECT_EQ(local.time_of_day, 0us);
}

TEST_F(CalendarsPg, those_who_ask_at_once_share_a_look) {
  int statements = 0;
  const auto counted = frontdesk::testing::make_pool(
      {.on_statement = [&](std::string_view, std::chrono::nanoseconds, bool) { ++statements; }});
  Calendars calendars(*counted);
  frontdesk::testing::run(calendars.look(cut, date, deadline_in(5s)));
  statements = 0;
  constexpr int crowd = 200;
  int answered = 0;
  for (int i = 0; i < crowd; ++i) {
    asio::co_spawn(frontdesk::testing::io(), calendars.look(cut, date, deadline_in(5s)),
                   [&](const std::exception_ptr& thrown, const Result<Calendars::Look>& look) {
                     EXPECT_FALSE(thrown);
                     EXPECT_TRUE(look);
                     ++answered;
                   });
  }
  frontdesk::testing::await([&] { return answered == crowd; });
  EXPECT_LE(statements, 3);
}

TEST_F(CalendarsPg, I7_who_asks_during_a_look_shares_the_next_one) {
  Calendars calendars(*pool);
  std::vector<std::chrono::minutes> intervals;
  const auto ask = [&] {
    asio::co_spawn(frontdesk::testing::io(), calendars.look(cut, date, deadline_in(5s)),
                   [&](const std::exception_ptr& thrown, const Result<Calendars::Look>& look) {
                     ASSERT_FALSE(thrown);
                     intervals.push_back(look.value().calendar->business->rules.slot_interval);
                   });
  };
  // Holds up the first look behind what it has read of the settings.
  db::BlockingConnection lock(frontdesk::testing::owner_url());
  lock.run("BEGIN; LOCK TABLE time_off IN ACCESS EXCLUSIVE MODE");
  ask();
  frontdesk::testing::await([] {
    return frontdesk::testing::sql_count(
               "SELECT count(*) FROM pg_locks WHERE relation = 'time_off'::regclass AND NOT "
               "granted") > 0;
  });
  frontdesk::testing::sql("UPDATE settings SET slot_interval = 15");
  ask();
  frontdesk::testing::idle(20ms);
  lock.run("ROLLBACK");
  frontdesk::testing::await([&] { return intervals.size() == 2; });
  EXPECT_THAT(intervals, ::testing::ElementsAre(60min, 15min));
}

TEST_F(CalendarsPg, the_bound_on_what_is_kept_costs_nobody_an_answer) {
  Calendars tiny(*pool, 1);
  for (const auto service : {cut, cut, yoga, cut, yoga}) {
    const auto look = frontdesk::testing::run(tiny.look(service, date, deadline_in(5s)));
    ASSERT_TRUE(look);
    EXPECT_EQ(look->calendar->members.size(), 2U);
    occupy(service == cut ? "10:00" : "11:00", service == cut ? "11:00" : "12:00", service, 8, 1);
    frontdesk::testing::sql("UPDATE occupations SET active = false");  // one of the two has changed
  }
}

TEST_F(CalendarsPg, what_an_operator_truncates_is_seen) {
  EXPECT_EQ(maras().size(), 3U);
  frontdesk::testing::sql("TRUNCATE working_hours");
  EXPECT_EQ(maras().size(), 0U);
  sql("INSERT INTO working_hours SELECT id, day, 540, 720 FROM staff, generate_series(0, 6) AS "
      "day");
  sql("INSERT INTO closures VALUES ({1})");
  EXPECT_EQ(maras().size(), 0U);
  frontdesk::testing::sql("TRUNCATE closures");
  EXPECT_EQ(maras().size(), 3U);
}

TEST_F(CalendarsPg, R31_while_postgresql_is_away_nothing_is_guessed) {
  EXPECT_EQ(maras().size(), 3U);
  const auto away = frontdesk::testing::make_pool({.url = "host=/nowhere connect_timeout=1"});
  Calendars calendars(*away);
  for (int i = 0; i < 2; ++i) {
    EXPECT_THROW(frontdesk::testing::run(calendars.look(cut, date, deadline_in(5s))), Fault);
  }
  // The connection of the next look is gone.
  const int backend = frontdesk::testing::run(pool->acquire(deadline_in(5s)))->backend_pid();
  frontdesk::testing::sql(fmt::format("SELECT pg_terminate_backend({}, 5000)", backend));
  const auto again = [&]() -> std::size_t {
    try {
      return maras().size();
    } catch (const Fault&) {
      return 0;
    }
  };
  std::size_t seen = again();
  for (int i = 0; i < 50 && seen == 0; ++i) {
    frontdesk::testing::idle(20ms);
    seen = again();
  }
  EXPECT_EQ(seen, 3U);
}

}  // namespace
}  // namespace frontdesk::availability
