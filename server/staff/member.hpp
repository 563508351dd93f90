#pragma once

#include "core/civil.hpp"
#include "core/uuid.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace frontdesk::staff {

/// Somebody who can be booked, as customers see them.
struct Member {
  StaffId id;
  std::string name;
  std::string title;  ///< `Senior stylist`
  std::string bio;
  bool active;
  std::int32_t position;
  std::vector<ServiceId> services;  ///< active ones that the member does
  std::int64_t version;
};

/// One interval of a week, local wall time; two on a day leave a break between them.
struct WorkingInterval {
  unsigned weekday;  ///< 0 = Sunday to 6 = Saturday
  LocalTime start;
  LocalTime end;  ///< up to, not including; at most 24:00
};

/// An ordinary week of one member.
struct WorkingWeek {
  std::string timezone;                    ///< IANA id of the wall times
  std::vector<WorkingInterval> intervals;  ///< by weekday and start
};

}  // namespace frontdesk::staff
