#include "observe/process_stats.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

#include <sys/resource.h>
#include <unistd.h>

namespace frontdesk::observe {
namespace {

std::string read_file(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The number behind `name` in a file of `name: number kB` lines, in bytes.
std::uint64_t kilobytes(const std::string& text, std::string_view name) {
  const auto place = text.find(name);
  if (place == std::string::npos) return 0;
  return std::strtoull(text.c_str() + place + name.size(), nullptr, 10) * 1024;
}

double boot_time_seconds() {
  const std::string stat = read_file("/proc/stat");
  const auto place = stat.find("\nbtime ");
  return place == std::string::npos ? 0 : std::strtod(stat.c_str() + place + 7, nullptr);
}

/// Fields of /proc/self/stat from the third on; the second holds the program's name, which may hold
/// anything.
bool read_stat(ProcessStats& stats) {
  const std::string text = read_file("/proc/self/stat");
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos) return false;
  std::istringstream rest(text.substr(name_end + 2));
  std::string skipped;
  for (int field = 3; field < 14; ++field) rest >> skipped;
  double user_ticks = 0;
  double system_ticks = 0;
  double start_ticks = 0;
  rest >> user_ticks >> system_ticks;
  for (int field = 16; field < 20; ++field) rest >> skipped;
  rest >> stats.threads >> skipped >> start_ticks >> stats.virtual_bytes;
  const auto ticks_per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
  stats.cpu_seconds = (user_ticks + system_ticks) / ticks_per_second;
  stats.start_time_seconds = boot_time_seconds() + start_ticks / ticks_per_second;
  return !rest.fail();
}

}  // namespace

std::optional<ProcessStats> read_process_stats() {
  ProcessStats stats;
  if (!read_stat(stats)) return std::nullopt;
  const std::string memory = read_file("/proc/self/smaps_rollup");
  stats.resident_bytes = kilobytes(memory, "\nRss:");
  stats.private_bytes =
      kilobytes(memory, "\nPrivate_Clean:") + kilobytes(memory, "\nPrivate_Dirty:");
  std::error_code error;
  for (std::filesystem::directory_iterator file("/proc/self/fd", error), end; file != end;
       file.increment(error)) {
    ++stats.open_descriptors;
  }
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) stats.max_descriptors = limit.rlim_cur;
  return stats;
}

}  // namespace frontdesk::observe
