#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk {

/// A calendar day without a zone.
using LocalDate = std::chrono::local_days;

/// Wall time as minutes since midnight, 0 to 1440; 1440 ("24:00") only ends an interval.
using LocalTime = std::chrono::minutes;

/// Reads `2026-03-29`, years 2000 to 2100, a day that exists; nullopt for anything else.
std::optional<LocalDate> parse_date(std::string_view text);

/// Reads `14:30`, 00:00 to 23:59; nullopt for anything else.
std::optional<LocalTime> parse_time(std::string_view text);

/// As parse_time, and `24:00` too: the end of an interval of working hours.
std::optional<LocalTime> parse_end_time(std::string_view text);

/// `2026-03-29`. The year is 0 to 9999.
std::string format_date(LocalDate date);

/// As format_date, appended without an allocation of its own.
void append_date(std::string& out, LocalDate date);

/// `14:30`; 1440 minutes read `24:00`.
std::string format_time(LocalTime time);

/// As format_time, appended without an allocation of its own.
void append_time(std::string& out, LocalTime time);

/// 0 = Sunday to 6 = Saturday, as api.md counts.
unsigned weekday_of(LocalDate date);

}  // namespace frontdesk
