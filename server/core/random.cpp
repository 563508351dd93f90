#include "core/random.hpp"

#include "core/ensure.hpp"

#include <cerrno>

#include <sys/random.h>

namespace frontdesk {

void fill_random(std::span<std::uint8_t> bytes) {
  // A pool per thread: one system call serves sixteen UUIDs.
  thread_local std::uint8_t pool[256];
  thread_local std::size_t used = sizeof pool;
  for (auto& byte : bytes) {
    if (used == sizeof pool) {
      std::size_t filled = 0;
      while (filled < sizeof pool) {
        const auto n = ::getrandom(pool + filled, sizeof pool - filled, 0);
        if (n < 0 && errno == EINTR) continue;
        ENSURE(n > 0);
        filled += static_cast<std::size_t>(n);
      }
      used = 0;
    }
    byte = pool[used];
    pool[used++] = 0;  // what was handed out is not kept
  }
}

std::uint32_t random_below(std::uint32_t bound) {
  ENSURE(bound > 0);
  // Rejects the values above the last whole multiple of bound (Lemire 2019 explains the bias).
  const std::uint32_t limit = UINT32_MAX - UINT32_MAX % bound;
  for (;;) {
    std::uint8_t bytes[4];
    fill_random(bytes);
    const std::uint32_t value = std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
                                std::uint32_t{bytes[2]} << 8 | bytes[3];
    if (value < limit) return value % bound;
  }
}

}  // namespace frontdesk
