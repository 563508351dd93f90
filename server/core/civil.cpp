#include "core/civil.hpp"

#include "core/digits.hpp"

namespace frontdesk {
namespace {

constexpr LocalTime whole_day{24 * 60};

}  // namespace

std::optional<LocalDate> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = read_digits(text, 0, 4);
  const auto month = read_digits(text, 5, 2);
  const auto day = read_digits(text, 8, 2);
  if (!year || !month || !day || *year < 2000 || *year > 2100) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return LocalDate{date};
}

std::optional<LocalTime> parse_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = read_digits(text, 0, 2);
  const auto minute = read_digits(text, 3, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return std::chrono::hours{*hour} + LocalTime{*minute};
}

std::optional<LocalTime> parse_end_time(std::string_view text) {
  if (text == "24:00") return whole_day;
  return parse_time(text);
}

void append_date(std::string& out, LocalDate date) {
  const std::chrono::year_month_day parts{date};
  char buffer[10];
  char* at = write_digits(buffer, static_cast<unsigned>(static_cast<int>(parts.year())), 4);
  *at++ = '-';
  at = write_digits(at, static_cast<unsigned>(parts.month()), 2);
  *at++ = '-';
  at = write_digits(at, static_cast<unsigned>(parts.day()), 2);
  out.append(buffer, sizeof buffer);
}

std::string format_date(LocalDate date) {
  std::string text;
  append_date(text, date);
  return text;
}

void append_time(std::string& out, LocalTime time) {
  const auto minutes = static_cast<unsigned>(time.count());
  char buffer[5];
  char* at = write_digits(buffer, minutes / 60, 2);
  *at++ = ':';
  write_digits(at, minutes % 60, 2);
  out.append(buffer, sizeof buffer);
}

std::string format_time(LocalTime time) {
  std::string text;
  append_time(text, time);
  return text;
}

unsigned weekday_of(LocalDate date) {
  return std::chrono::weekday{date}.c_encoding();
}

}  // namespace frontdesk
