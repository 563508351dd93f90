#include "catalog/settings.hpp"

#include "core/change.hpp"

#include <algorithm>
#include <functional>

namespace frontdesk::catalog {

std::vector<std::string_view> apply(const SettingsChange& change, Settings& settings) {
  std::vector<std::string_view> changed;
  const auto take = [&](std::string_view name, auto& present, const auto& wanted) {
    if (replace(present, wanted)) changed.push_back(name);
  };
  take("name", settings.name, change.name);
  take("timezone", settings.timezone, change.timezone);
  take("currency", settings.currency, change.currency);
  take("locale", settings.locale, change.locale);
  take("address", settings.address, change.address);
  take("slot_interval", settings.slot_interval_minutes, change.slot_interval_minutes);
  take("min_notice", settings.min_notice_minutes, change.min_notice_minutes);
  take("max_advance_days", settings.max_advance_days, change.max_advance_days);
  take("cancel_notice", settings.cancel_notice_minutes, change.cancel_notice_minutes);
  take("auto_confirm", settings.auto_confirm, change.auto_confirm);
  take("max_active_appointments", settings.max_active_appointments, change.max_active_appointments);
  take("max_bookings_per_hour", settings.max_bookings_per_hour, change.max_bookings_per_hour);
  take("max_sms_per_hour", settings.max_sms_per_hour, change.max_sms_per_hour);
  auto offsets = change.reminder_offsets_minutes;
  if (offsets) std::ranges::sort(*offsets, std::ranges::greater{});
  take("reminder_offsets", settings.reminder_offsets_minutes, offsets);
  return changed;
}

}  // namespace frontdesk::catalog
