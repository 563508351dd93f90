#pragma once

#include "core/uuid.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace frontdesk::queue {

/// A message that this worker holds for a minute.
struct Claim {
  Uuid id;
  std::int32_t attempts = 0;  ///< this one included; says whose lease it is
  std::vector<std::uint8_t> sealed = {};
  std::chrono::steady_clock::time_point begin_before = {};
};

}  // namespace frontdesk::queue
