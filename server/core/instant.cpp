#include "core/instant.hpp"

#include "core/civil.hpp"
#include "core/digits.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace frontdesk {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t shortest = std::string_view("2026-03-29T12:30:00Z").size();

/// `12:30:00`, 00:00:00 to 23:59:59.
std::optional<seconds> parse_time_of_day(std::string_view text) {
  const auto hour = read_digits(text, 0, 2);
  const auto minute = read_digits(text, 3, 2);
  const auto second = read_digits(text, 6, 2);
  if (!hour || !minute || !second || text[2] != ':' || text[5] != ':') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return hours{*hour} + minutes{*minute} + seconds{*second};
}

/// Takes `.25` off the front of `rest`; nothing there is zero, a wrong fraction nullopt.
std::optional<microseconds> take_fraction(std::string_view& rest) {
  if (!rest.starts_with('.')) return microseconds{0};
  rest.remove_prefix(1);
  const auto end =
      std::find_if(rest.begin(), rest.end(), [](char c) { return c < '0' || c > '9'; });
  const auto count = static_cast<std::size_t>(end - rest.begin());
  if (count == 0 || count > 6) return std::nullopt;
  int fraction = *read_digits(rest, 0, count);
  for (std::size_t i = count; i < 6; ++i) fraction *= 10;
  rest.remove_prefix(count);
  return microseconds{fraction};
}

/// `Z` or `+02:00`, all that is left of the text.
std::optional<minutes> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return minutes{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hour = read_digits(text, 1, 2);
  const auto minute = read_digits(text, 4, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  const minutes offset = hours{*hour} + minutes{*minute};
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < shortest || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const auto time_of_day = parse_time_of_day(text.substr(11, 8));
  if (!date || !time_of_day) return std::nullopt;
  std::string_view rest = text.substr(19);
  const auto fraction = take_fraction(rest);
  const auto offset = parse_offset(rest);
  if (!fraction || !offset) return std::nullopt;
  const Instant instant =
      std::chrono::sys_days{date->time_since_epoch()} + *time_of_day + *fraction - *offset;
  if (instant < earliest_instant || instant >= end_of_instants) return std::nullopt;
  return instant;
}

void append_instant(std::string& out, Instant instant) {
  const auto day = std::chrono::floor<days>(instant);
  const std::chrono::year_month_day date{day};
  const auto micros_of_day = static_cast<std::uint64_t>((instant - day).count());
  const auto second_of_day = static_cast<unsigned>(micros_of_day / 1'000'000);
  const auto fraction = static_cast<unsigned>(micros_of_day % 1'000'000);
  const int year = static_cast<int>(date.year());

  char buffer[32];
  char* at = buffer;
  if (year >= 0 && year <= 9999) {
    at = write_digits(at, static_cast<unsigned>(year), 4);
  } else {
    out += fmt::format("{:+05}", year);
  }
  *at++ = '-';
  at = write_digits(at, static_cast<unsigned>(date.month()), 2);
  *at++ = '-';
  at = write_digits(at, static_cast<unsigned>(date.day()), 2);
  *at++ = 'T';
  at = write_digits(at, second_of_day / 3600, 2);
  *at++ = ':';
  at = write_digits(at, second_of_day / 60 % 60, 2);
  *at++ = ':';
  at = write_digits(at, second_of_day % 60, 2);
  if (fraction != 0) {
    *at++ = '.';
    at = write_digits(at, fraction, 6);
  }
  *at++ = 'Z';
  out.append(buffer, static_cast<std::size_t>(at - buffer));
}

std::string format_instant(Instant instant) {
  std::string text;
  append_instant(text, instant);
  return text;
}

}  // namespace frontdesk
