#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"
#include "core/money.hpp"
#include "core/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace frontdesk::catalog {

/// A group of services, in the order in which the business shows them.
struct Category {
  CategoryId id;
  std::string name;
  std::string description;
  std::int32_t position;
  std::int64_t version;
};

/// What can be booked.
struct Service {
  ServiceId id;
  CategoryId category;
  std::string name;
  std::string description;
  Money price;
  std::int32_t duration_minutes;
  std::int32_t buffer_before_minutes;
  std::int32_t buffer_after_minutes;
  std::int32_t capacity;                           ///< 1, or the seats of a class
  std::optional<std::int32_t> min_notice_minutes;  ///< nothing: the business's
  bool active;
  std::int32_t position;
  std::vector<StaffId> staff;  ///< active members who do it
  std::int64_t version;
};

/// A day on which the whole business is closed, in the business's calendar.
struct Closure {
  LocalDate date;
  std::string reason;
};

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
  std::int64_t version;
};

}  // namespace frontdesk::catalog
