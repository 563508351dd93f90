#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk {

/// A point in time, UTC, in microseconds: what PostgreSQL's timestamptz holds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// The first instant that parse_instant accepts: 2000-01-01T00:00:00Z (R60).
inline constexpr Instant earliest_instant =
    std::chrono::sys_days{std::chrono::year{2000} / std::chrono::January / 1};

/// The end of what parse_instant accepts, not included: 2101-01-01T00:00:00Z (R60).
inline constexpr Instant end_of_instants =
    std::chrono::sys_days{std::chrono::year{2101} / std::chrono::January / 1};

/// Reads RFC 3339 with an offset, years 2000 to 2100 as written and in UTC (R60). `T` and `Z` may
/// be in lower case (RFC 3339 5.6). Refuses (nullopt): no offset, `24:00`, second 60, `infinity`,
/// more than six fractional digits, a space for the `T`, anything before or after the text.
std::optional<Instant> parse_instant(std::string_view text);

/// RFC 3339 in UTC with `Z`; fractional digits only when there are any, then six:
/// `2026-03-29T12:30:00Z`, `2026-03-29T12:30:00.250000Z`. A year outside 0 to 9999 is written with
/// its sign and as many digits as it needs.
std::string format_instant(Instant instant);

/// As format_instant, appended without an allocation of its own.
void append_instant(std::string& out, Instant instant);

}  // namespace frontdesk
