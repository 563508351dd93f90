#include "catalog/business_wire.hpp"

#include "catalog/wire.hpp"
#include "core/language_tag.hpp"
#include "core/zone.hpp"
#include "http/fields.hpp"

#include <algorithm>

namespace frontdesk::catalog::wire {
namespace {

using http::Fields;

constexpr http::TextLimits business_name{.min = 1, .max = 100, .one_line = true};
constexpr http::TextLimits short_reason{.min = 0, .max = 200, .one_line = true};
constexpr std::int32_t year_minutes = 525'600;
constexpr std::int32_t most_per_customer = 1000;
constexpr std::size_t most_reminders = 5;
constexpr std::int32_t earliest_reminder_minutes = 43'200;

bool is_currency(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_zone(std::string_view text) {
  return Zone::find(text).has_value();
}

std::optional<std::string> read_checked(Fields& fields, std::string_view name, std::size_t max,
                                        bool (*fits)(std::string_view), const char* message) {
  if (!fields.given(name)) return std::nullopt;
  auto text = fields.text(name, {.min = 1, .max = max});
  if (text && !fits(*text)) fields.reject(name, "invalid", message);
  return text;
}

// What is there must not be null: a setting cannot be taken away.
std::optional<std::int32_t> read_number(Fields& fields, std::string_view name, std::int32_t min,
                                        std::int32_t max) {
  if (!fields.given(name)) return std::nullopt;
  return fields.integer<std::int32_t>(name, min, max);
}

}  // namespace

Result<SettingsChange> read_settings_change(const boost::json::value& body) {
  Fields fields(body);
  SettingsChange change;
  if (fields.given("name")) change.name = fields.text("name", business_name);
  change.timezone = read_checked(fields, "timezone", 64, is_zone,
                                 "A time zone is an IANA id such as Europe/Berlin.");
  change.currency = read_checked(fields, "currency", 3, is_currency,
                                 "A currency is three capital letters such as EUR.");
  change.locale = read_checked(fields, "locale", 35, is_language_tag,
                               "A locale is a BCP 47 tag such as de-DE.");
  if (fields.given("address")) change.address = fields.text("address", {.max = 500});
  change.slot_interval_minutes = read_number(fields, "slot_interval", 5, 1440);
  change.min_notice_minutes = read_number(fields, "min_notice", 0, year_minutes);
  change.max_advance_days = read_number(fields, "max_advance_days", 1, 730);
  change.cancel_notice_minutes = read_number(fields, "cancel_notice", 0, year_minutes);
  if (fields.given("auto_confirm")) change.auto_confirm = fields.boolean("auto_confirm");
  change.max_active_appointments =
      read_number(fields, "max_active_appointments", 0, most_per_customer);
  change.max_bookings_per_hour = read_number(fields, "max_bookings_per_hour", 0, most_per_customer);
  change.max_sms_per_hour = read_number(fields, "max_sms_per_hour", 1, most_per_customer);
  if (fields.given("reminder_offsets")) {
    change.reminder_offsets_minutes =
        fields.integers("reminder_offsets", most_reminders, 5, earliest_reminder_minutes);
  }
  if (auto error = fields.error()) return refuse(std::move(*error));
  return change;
}

void write_all(JsonWriter& json, const Settings& settings) {
  json.begin_object();
  write_public_members(json, settings);
  json.member("max_active_appointments", settings.max_active_appointments);
  json.member("max_bookings_per_hour", settings.max_bookings_per_hour);
  json.member("max_sms_per_hour", settings.max_sms_per_hour);
  json.key("reminder_offsets").begin_array();
  for (const auto minutes : settings.reminder_offsets_minutes) json.value(minutes);
  json.end_array();
  json.member("updated_at", settings.updated_at);
  json.member("version", settings.version);
  json.end_object();
}

Result<Closure> read_closure(const boost::json::value& body) {
  Fields fields(body);
  const auto date = fields.date("date");
  auto reason = fields.optional_text("reason", short_reason);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return Closure{*date, std::move(reason).value_or("")};
}

void write(JsonWriter& json, const Closing& closing) {
  json.begin_object();
  json.member("date", closing.closure.date);
  json.member("reason", closing.closure.reason);
  write_members(json, closing.affected);
  json.end_object();
}

}  // namespace frontdesk::catalog::wire
