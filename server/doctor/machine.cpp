#include "core/zone.hpp"
#include "doctor/doctor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

namespace frontdesk::doctor {
namespace {

namespace fs = std::filesystem;

constexpr double mb = 1e6;
constexpr double disk_problem_bytes = 256 * mb;
constexpr double disk_warning_bytes = 1'024 * mb;
constexpr double problem_share = 0.01;
constexpr double warning_share = 0.05;

// The first folder on the way up that exists: a data folder may still have to be made.
fs::path existing(fs::path path) {
  std::error_code error;
  path = fs::absolute(path, error);
  while (!fs::exists(path, error) && path.has_relative_path()) path = path.parent_path();
  return path;
}

Grade grade_of(double share_left, bool is_short, bool is_very_short) {
  if (share_left < problem_share || is_very_short) return Grade::problem;
  if (share_left < warning_share || is_short) return Grade::warning;
  return Grade::ok;
}

}  // namespace

Findings check_secret_files(const fs::path& data_dir) {
  Findings findings;
  for (const auto* name : {"secrets", "secrets.env"}) {
    const auto path = data_dir / name;
    struct stat status;
    if (::stat(path.c_str(), &status) != 0) continue;
    if ((status.st_mode & 077) != 0) {
      findings.push_back({"secrets", Grade::problem,
                          fmt::format("{} has mode {:04o}: others may read it", path.string(),
                                      status.st_mode & 07777),
                          fmt::format("Run: chmod 600 {}", path.string())});
    } else if (::access(path.c_str(), R_OK) != 0) {
      findings.push_back({"secrets", Grade::problem,
                          fmt::format("{} cannot be read by this user", path.string()),
                          "Give it to the user that the server runs as."});
    }
  }
  if (findings.empty()) {
    findings.push_back({"secrets", Grade::ok, "no file with secrets is open to others", ""});
  }
  return findings;
}

Findings check_disk(const fs::path& data_dir) {
  const auto folder = existing(data_dir);
  struct statvfs status;
  if (::statvfs(folder.c_str(), &status) != 0) {
    return {{"disk", Grade::problem,
             fmt::format("{} cannot be looked at: {}", folder.string(), std::strerror(errno)),
             "Mount the data folder's disk."}};
  }
  const auto free_bytes =
      static_cast<double>(status.f_bavail) * static_cast<double>(status.f_frsize);
  const auto all_bytes =
      static_cast<double>(status.f_blocks) * static_cast<double>(status.f_frsize);
  const auto grade = grade_of(all_bytes > 0 ? free_bytes / all_bytes : 1,
                              free_bytes < disk_warning_bytes, free_bytes < disk_problem_bytes);
  Findings findings{{"disk", grade,
                     fmt::format("{:.0f} MB of {:.0f} MB are free in {}", free_bytes / mb,
                                 all_bytes / mb, folder.string()),
                     grade == Grade::ok ? "" : "Free some, or move FRONTDESK_DATA_DIR."}};
  if (status.f_files > 0) {  // some file systems count none
    const auto share = static_cast<double>(status.f_favail) / static_cast<double>(status.f_files);
    const auto inodes = grade_of(share, false, status.f_favail < 1'000);
    findings.push_back({"inodes", inodes,
                        fmt::format("{} of {} are free", status.f_favail, status.f_files),
                        inodes == Grade::ok ? "" : "Remove what holds many small files."});
  }
  return findings;
}

Findings check_clock_source() {
  timex state{};
  if (::adjtimex(&state) == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
    return {{"time sync", Grade::warning, "the kernel says that the clock is not synchronised",
             "Install a time service: apt-get install systemd-timesyncd"}};
  }
  return {{"time sync", Grade::ok, "the clock is synchronised", ""}};
}

Findings check_zones() try {
  for (const auto* name : {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"}) {
    if (!Zone::find(name)) {
      return {{"zone data", Grade::problem, fmt::format("{} is missing", name),
               "Run: apt-get install --reinstall tzdata"}};
    }
  }
  return {{"zone data", Grade::ok, "tzdata is there", ""}};
} catch (const std::exception& error) {
  return {{"zone data", Grade::problem, error.what(), "Run: apt-get install tzdata"}};
}

Findings check_open_files(std::size_t needed) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max >= needed) {
    return {{"open files", Grade::ok, "the limit is high enough", ""}};
  }
  return {{"open files", Grade::warning,
           fmt::format("the limit is {}, of {} that may be needed", limit.rlim_max, needed),
           "Raise it: LimitNOFILE= in the service, or ulimit -Hn."}};
}

std::optional<pid_t> cluster_holder(const fs::path& data_dir) {
  const auto path = data_dir / "postgres" / "lock";
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  const bool is_held = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(file);
  if (!is_held) return std::nullopt;
  pid_t holder = 0;
  std::ifstream(path) >> holder;
  return holder;
}

}  // namespace frontdesk::doctor
