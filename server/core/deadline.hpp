#pragma once

#include <chrono>

namespace frontdesk {

/// When work must have ended, on the steady clock (R62). Passed down, never extended.
using Deadline = std::chrono::steady_clock::time_point;

/// The deadline that lies `duration` ahead.
inline Deadline deadline_in(std::chrono::steady_clock::duration duration) {
  return std::chrono::steady_clock::now() + duration;
}

}  // namespace frontdesk
