#pragma once

#include "core/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::catalog {

/// The business and its booking rules: the one row of `settings`.
struct Settings {
  std::string name;
  std::string timezone;  ///< IANA id
  std::string currency;  ///< ISO 4217
  std::string locale;    ///< BCP 47
  std::string address;
  std::int32_t slot_interval_minutes;
  std::int32_t min_notice_minutes;
  std::int32_t max_advance_days;
  std::int32_t cancel_notice_minutes;
  bool auto_confirm;
  std::int32_t max_active_appointments;  ///< of one customer (R22)
  std::int32_t max_bookings_per_hour;    ///< of one customer (R22)
  std::int32_t max_sms_per_hour;         ///< to one number (R22)
  std::vector<std::int32_t>
      reminder_offsets_minutes;  ///< before a start; the earliest reminder first
  Instant updated_at;
  std::int64_t version;
};

/// What is to change of the settings; nothing leaves a field as it is. Within the bounds of the
/// table's CHECKs.
struct SettingsChange {
  std::optional<std::string> name = {};
  std::optional<std::string> timezone = {};
  std::optional<std::string> currency = {};
  std::optional<std::string> locale = {};
  std::optional<std::string> address = {};
  std::optional<std::int32_t> slot_interval_minutes = {};
  std::optional<std::int32_t> min_notice_minutes = {};
  std::optional<std::int32_t> max_advance_days = {};
  std::optional<std::int32_t> cancel_notice_minutes = {};
  std::optional<bool> auto_confirm = {};
  std::optional<std::int32_t> max_active_appointments = {};
  std::optional<std::int32_t> max_bookings_per_hour = {};
  std::optional<std::int32_t> max_sms_per_hour = {};
  std::optional<std::vector<std::int32_t>> reminder_offsets_minutes = {};  ///< in any order
};

/// Changes the settings; the names of the fields that are now different, as the API calls them.
std::vector<std::string_view> apply(const SettingsChange& change, Settings& settings);

}  // namespace frontdesk::catalog
