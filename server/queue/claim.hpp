#pragma once

#include "core/uuid.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace frontdesk::queue {

/// A message that this worker holds for a minute.
struct Claim {
  Uuid id;
  std::int32_t number = 0;  ///< how often it has been claimed: says whose lease it is
  std::vector<std::uint8_t> sealed = {};
  std::string event = {};
  std::optional<UserId> user = {};
  std::optional<AppointmentId> appointment = {};
  std::chrono::steady_clock::time_point begin_before = {};
};

}  // namespace frontdesk::queue
