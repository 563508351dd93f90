#pragma once

#include <cstdint>
#include <optional>

namespace frontdesk::observe {

/// What the kernel says about this process (proc(5)).
struct ProcessStats {
  double cpu_seconds = 0;         ///< user and system, all threads
  double start_time_seconds = 0;  ///< since the epoch
  std::uint64_t resident_bytes = 0;
  std::uint64_t private_bytes = 0;  ///< resident and shared with nobody
  std::uint64_t virtual_bytes = 0;
  std::uint64_t threads = 0;
  std::uint64_t open_descriptors = 0;
  std::uint64_t max_descriptors = 0;
};

/// Reads them now; nullopt where /proc is not mounted.
std::optional<ProcessStats> read_process_stats();

}  // namespace frontdesk::observe
