#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace frontdesk {

/// Fills `bytes` from the kernel's CSPRNG (getrandom(2)). Never fails once the system is booted;
/// otherwise the process ends.
void fill_random(std::span<std::uint8_t> bytes);

/// A uniform number in [0, bound) from the same source, without modulo bias. bound > 0.
std::uint32_t random_below(std::uint32_t bound);

}  // namespace frontdesk
