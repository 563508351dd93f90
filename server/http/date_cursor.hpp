#pragma once

#include "core/civil.hpp"
#include "http/page.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

/// Cursors of lists that are ordered by a date, of which each item has one of its own.
namespace frontdesk::http {

namespace detail {

/// A date as cursors carry it. A forged one is brought back to the years that dates have (R60).
struct DayNumber {
  explicit DayNumber(std::int32_t days)
      : date(std::chrono::days{std::clamp(days, earliest, latest)}) {}

  static constexpr std::int32_t earliest = 0;     // 1970-01-01
  static constexpr std::int32_t latest = 73'050;  // 2170-01-02
  LocalDate date;
};

inline constexpr std::string_view by_date = "date";

}  // namespace detail

/// As read_page.
inline PageRequest<LocalDate> read_page_by_date(QueryFields& query) {
  const auto page = read_page<detail::DayNumber, std::int32_t>(query, detail::by_date);
  PageRequest<LocalDate> dates{.limit = page.limit, .after = {}, .with_total = page.with_total};
  if (page.after) dates.after = page.after->date;
  return dates;
}

/// The text for `next_cursor` after `date`.
inline std::string encode_date_cursor(LocalDate date) {
  return encode_cursor(detail::by_date, date.time_since_epoch().count());
}

}  // namespace frontdesk::http
