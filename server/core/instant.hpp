#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk {

/// A point in time, UTC, in microseconds: what PostgreSQL's timestamptz holds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Reads RFC 3339 with an offset, years 2000 to 2100 (R60). Refuses (nullopt): no offset, `24:00`,
/// second 60, `infinity`, more than six fractional digits, anything before or after the text.
std::optional<Instant> parse_instant(std::string_view text);

/// RFC 3339 in UTC with `Z`; fractional digits only when there are any: `2026-03-29T12:30:00Z`.
std::string format_instant(Instant instant);

}  // namespace frontdesk
