#pragma once

#include "core/instant.hpp"
#include "core/json_writer.hpp"
#include "core/uuid.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace frontdesk::catalog {

/// A booked appointment (pending or confirmed) for which nobody is there any more. Without the
/// customer: who may change opening hours need not see everyone's appointments.
struct AffectedAppointment {
  AppointmentId id;
  ServiceId service;
  std::string service_name;
  StaffId staff;
  std::string staff_name;
  Instant starts_at;
  Instant ends_at;
  std::string status;
};

/// The appointments that a change of opening hours leaves outside of them, by start; those that are
/// over do not count.
struct Affected {
  static constexpr int limit = 100;
  std::vector<AffectedAppointment> items;  ///< at most `limit`
  std::int64_t total = 0;
};

/// The members `affected` and `affected_total` of the object that is being written.
void write_members(JsonWriter& json, const Affected& affected);

}  // namespace frontdesk::catalog
