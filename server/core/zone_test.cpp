#include "core/zone.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk {
namespace {

using Kind = Zone::Lookup::Kind;
using std::chrono::year;
using namespace std::chrono_literals;

LocalDate day(int y, int m, int d) {
  return std::chrono::local_days{year{y} / m / d};
}
Instant at(const char* text) {
  return parse_instant(text).value();
}
Zone zone(const char* name) {
  return Zone::find(name).value();
}

TEST(ZoneFind, R60_knows_ids_and_links_by_their_exact_name) {
  for (const char* name : {"Europe/Berlin",
                           "America/New_York",
                           "Australia/Lord_Howe",
                           "Africa/Casablanca",
                           "Pacific/Apia",
                           "Asia/Kolkata",
                           "Asia/Calcutta",
                           "America/St_Johns",
                           "Antarctica/Troll",
                           "America/Argentina/ComodRivadavia",
                           "America/Indiana/Knox",
                           "Etc/GMT+12",
                           "UTC",
                           "Etc/UTC",
                           "GMT0",
                           "EST5EDT",
                           "US/Pacific",
                           "Atlantic/Azores",
                           "Asia/Kathmandu",
                           "Pacific/Chatham"}) {
    const auto found = Zone::find(name);
    ASSERT_TRUE(found) << name;
    EXPECT_EQ(found->name(), name);
  }
}

TEST(ZoneFind, R60_refuses_whatever_the_zone_list_does_not_name) {
  for (const char* name : {"",
                           " ",
                           "FOO",
                           "FOO+3",
                           "FOO-3",
                           "UTC+3",
                           "UTC0",
                           "+02:00",
                           "Z",
                           "CEST",
                           "CET-1CEST,M3.5.0,M10.5.0/3",
                           "europe/berlin",
                           "EUROPE/BERLIN",
                           "Europe/berlin",
                           "Europe/Berlin ",
                           " Europe/Berlin",
                           "Europe/Berlin\n",
                           "Europe",
                           "Europe/",
                           "/Europe/Berlin",
                           "Europe//Berlin",
                           "./Europe/Berlin",
                           "Europe/../Europe/Berlin",
                           "..",
                           "../zoneinfo/UTC",
                           "../../../etc/passwd",
                           "/etc/localtime",
                           "/usr/share/zoneinfo/Europe/Berlin",
                           "file:Europe/Berlin",
                           "file:/usr/share/zoneinfo/UTC",
                           "Fixed/UTC",
                           "Fixed/UTC+02:00:00",
                           "Fixed/UTC-05:30:00",
                           "localtime",
                           "posixrules",
                           "posix/Europe/Berlin",
                           "right/Europe/Berlin",
                           "tzdata.zi",
                           "zone.tab",
                           "iso3166.tab",
                           "leapseconds",
                           "TZif",
                           "Europe/Berlin/Mitte",
                           "R",
                           "EU",
                           "# version 2025b"}) {
    EXPECT_EQ(Zone::find(name), std::nullopt) << name;
  }
  EXPECT_EQ(Zone::find(std::string_view("Europe/Berlin\0", 14)), std::nullopt);
  EXPECT_EQ(Zone::find(std::string_view("Europe\0/Berlin", 14)), std::nullopt);
  EXPECT_EQ(Zone::find(std::string(100'000, 'A')), std::nullopt);
}

RC_GTEST_PROP(ZoneFind, answers_any_text, (const std::string& name)) {
  if (const auto found = Zone::find(name)) RC_ASSERT(found->name() == name);
}

TEST(ZoneFind, gives_the_same_zone_to_every_thread) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (const char* name : {"Europe/Vienna", "Europe/Zurich", "Europe/Oslo", "Europe/Rome"}) {
        const auto found = Zone::find(name);
        ASSERT_TRUE(found);
        EXPECT_EQ(*found, *Zone::find(name));
        EXPECT_EQ(found->to_local(at("2026-01-15T12:00:00Z")).time_of_day, 13h);
      }
    });
  }
}

TEST(Zone, utc_has_no_offset_and_no_changes) {
  const Zone utc = Zone::utc();
  EXPECT_EQ(utc.name(), "UTC");
  EXPECT_EQ(utc.offset_at(at("2026-07-01T00:00:00Z")), 0s);
  EXPECT_EQ(utc.next_change(at("2026-07-01T00:00:00Z")), std::nullopt);
  const auto lookup = utc.to_instants(day(2026, 7, 1), 90min);
  EXPECT_EQ(lookup.kind, Kind::unique);
  EXPECT_EQ(lookup.earlier, at("2026-07-01T01:30:00Z"));
  EXPECT_EQ(lookup.later, lookup.earlier);
  EXPECT_EQ(lookup.change, lookup.earlier);
}

TEST(Zone, R61_minute_1440_is_midnight_of_the_next_day) {
  const Zone berlin = zone("Europe/Berlin");
  EXPECT_EQ(berlin.to_instants(day(2026, 3, 28), 1440min).earlier,
            berlin.to_instants(day(2026, 3, 29), 0min).earlier);
  EXPECT_EQ(berlin.to_instants(day(2100, 12, 31), 1440min).earlier, at("2100-12-31T23:00:00Z"));
}

struct Change {
  const char* zone;
  LocalDate date;
  LocalTime time;
  Kind kind;
  const char* earlier;
  const char* later;
  const char* change;
};

// Published by IANA's tz database, release 2025b.
const Change changes[] = {
    {"Europe/Berlin", day(2026, 3, 29), 150min, Kind::skipped, "2026-03-29T00:30:00Z",
     "2026-03-29T01:30:00Z", "2026-03-29T01:00:00Z"},
    {"Europe/Berlin", day(2026, 10, 25), 150min, Kind::repeated, "2026-10-25T00:30:00Z",
     "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z"},
    {"America/New_York", day(2026, 3, 8), 120min, Kind::skipped, "2026-03-08T06:00:00Z",
     "2026-03-08T07:00:00Z", "2026-03-08T07:00:00Z"},
    {"America/New_York", day(2026, 11, 1), 60min, Kind::repeated, "2026-11-01T05:00:00Z",
     "2026-11-01T06:00:00Z", "2026-11-01T06:00:00Z"},
    {"Australia/Lord_Howe", day(2026, 10, 4), 135min, Kind::skipped, "2026-10-03T15:15:00Z",
     "2026-10-03T15:45:00Z", "2026-10-03T15:30:00Z"},
    {"Australia/Lord_Howe", day(2026, 4, 5), 105min, Kind::repeated, "2026-04-04T14:45:00Z",
     "2026-04-04T15:15:00Z", "2026-04-04T15:00:00Z"},
    {"Africa/Casablanca", day(2024, 3, 10), 150min, Kind::repeated, "2024-03-10T01:30:00Z",
     "2024-03-10T02:30:00Z", "2024-03-10T02:00:00Z"},
    {"Africa/Casablanca", day(2024, 4, 14), 150min, Kind::skipped, "2024-04-14T01:30:00Z",
     "2024-04-14T02:30:00Z", "2024-04-14T02:00:00Z"},
    {"Pacific/Apia", day(2011, 12, 30), 720min, Kind::skipped, "2011-12-29T22:00:00Z",
     "2011-12-30T22:00:00Z", "2011-12-30T10:00:00Z"},
    {"America/St_Johns", day(2026, 3, 8), 150min, Kind::skipped, "2026-03-08T05:00:00Z",
     "2026-03-08T06:00:00Z", "2026-03-08T05:30:00Z"},
    {"America/St_Johns", day(2026, 11, 1), 90min, Kind::repeated, "2026-11-01T04:00:00Z",
     "2026-11-01T05:00:00Z", "2026-11-01T04:30:00Z"},
    {"Antarctica/Troll", day(2026, 3, 29), 120min, Kind::skipped, "2026-03-29T00:00:00Z",
     "2026-03-29T02:00:00Z", "2026-03-29T01:00:00Z"},
    {"Antarctica/Troll", day(2026, 10, 25), 90min, Kind::repeated, "2026-10-24T23:30:00Z",
     "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z"},
    {"Asia/Kolkata", day(2026, 3, 29), 150min, Kind::unique, "2026-03-28T21:00:00Z",
     "2026-03-28T21:00:00Z", "2026-03-28T21:00:00Z"},
    // Beyond 2037, where 32-bit data ends.
    {"Europe/Berlin", day(2099, 3, 29), 150min, Kind::skipped, "2099-03-29T00:30:00Z",
     "2099-03-29T01:30:00Z", "2099-03-29T01:00:00Z"},
};

TEST(Zone, R61_says_whether_a_wall_time_is_skipped_or_repeated) {
  for (const Change& c : changes) {
    const auto lookup = zone(c.zone).to_instants(c.date, c.time);
    const auto name = std::string(c.zone) + " " + format_date(c.date);
    EXPECT_EQ(lookup.kind, c.kind) << name;
    EXPECT_EQ(format_instant(lookup.earlier), c.earlier) << name;
    EXPECT_EQ(format_instant(lookup.later), c.later) << name;
    EXPECT_EQ(format_instant(lookup.change), c.change) << name;
    if (c.kind != Kind::unique) {
      EXPECT_EQ(zone(c.zone).next_change(lookup.change - 1s), lookup.change) << name;
    }
  }
}

TEST(Zone, to_local_keeps_the_fraction_and_floors_before_1970) {
  const auto local = zone("America/St_Johns").to_local(at("2026-01-15T00:00:00.250000Z"));
  EXPECT_EQ(local.date, day(2026, 1, 14));
  EXPECT_EQ(local.time_of_day, 20h + 30min + 250ms);
  const auto old = Zone::utc().to_local(Instant{-1us});
  EXPECT_EQ(old.date, day(1969, 12, 31));
  EXPECT_EQ(old.time_of_day, 24h - 1us);
}

RC_GTEST_PROP(Zone, R61_local_time_leads_back_to_its_instant, ()) {
  const auto name = *rc::gen::elementOf(std::vector<std::string>{
      "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
      "Pacific/Apia", "Asia/Kolkata", "America/St_Johns", "Antarctica/Troll"});
  const auto span = std::chrono::floor<std::chrono::minutes>(end_of_instants - earliest_instant);
  const Instant instant =
      earliest_instant + std::chrono::minutes{*rc::gen::inRange<std::int64_t>(0, span.count())};
  const Zone zone = *Zone::find(name);
  const auto local = zone.to_local(instant);
  const auto back =
      zone.to_instants(local.date, std::chrono::floor<std::chrono::minutes>(local.time_of_day));
  RC_ASSERT(back.kind != Kind::skipped);
  RC_ASSERT(back.earlier == instant || back.later == instant);
}

}  // namespace
}  // namespace frontdesk
