// What still runs in a data folder, as /proc tells.
#include "db/cluster_folder.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <thread>

#include <fmt/format.h>

namespace frontdesk::db {
namespace {

namespace fs = std::filesystem;

std::string name_of_process(const fs::path& process) {
  std::string name;
  std::ifstream(process / "comm") >> name;
  return name;
}

}  // namespace

// Working directories rather than postmaster.pid: each PostgreSQL process has gone to its data
// folder, also a backend whose postmaster is no more.
std::vector<pid_t> postgres_processes_in(const fs::path& data) {
  std::vector<pid_t> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    pid_t pid = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (parsed.ptr != name.data() + name.size()) continue;
    std::error_code unreadable;
    const fs::path folder = fs::read_symlink(entry.path() / "cwd", unreadable);
    if (unreadable || folder != data) continue;
    if (name_of_process(entry.path()) == "postgres") found.push_back(pid);
  }
  return found;
}

bool await_no_postgres_in(const fs::path& data, std::chrono::milliseconds patience,
                          const Progress& progress) {
  const auto until = std::chrono::steady_clock::now() + patience;
  bool told = false;
  for (;;) {
    const auto running = postgres_processes_in(data);
    if (running.empty()) return true;
    if (std::chrono::steady_clock::now() >= until) return false;
    if (!told) {
      progress(
          fmt::format("waiting for an earlier PostgreSQL (process {}) to end", running.front()));
      told = true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void remove_stale_pid_file(const fs::path& data) {
  const fs::path file = data / "postmaster.pid";
  pid_t pid = 0;
  std::ifstream(file) >> pid;
  if (pid <= 0) return;
  // Not even a leftover backend runs here, so that the shared memory is nobody's either.
  if (!postgres_processes_in(data).empty()) return;
  std::error_code error;
  fs::remove(file, error);
}

}  // namespace frontdesk::db
