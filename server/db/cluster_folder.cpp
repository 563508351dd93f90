#include "db/cluster_folder.hpp"

#include "db/child_process.hpp"
#include "db/setup_error.hpp"

#include <cerrno>
#include <cstring>
#include <deque>
#include <fstream>
#include <functional>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace frontdesk::db {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view marker_name = "frontdesk-cluster";
constexpr std::string_view marker_text =
    "The private PostgreSQL of a Frontdesk server. Its presence marks this folder as the server's "
    "own.\n";
constexpr std::uintmax_t log_limit_bytes = 8 * 1024 * 1024;
// PostgreSQL puts `.s.PGSQL.5432` there.
constexpr std::size_t socket_name_bytes = std::string_view("/.s.PGSQL.5432").size();
constexpr std::size_t socket_folder_limit_bytes =
    sizeof(sockaddr_un::sun_path) - 1 - socket_name_bytes;

[[noreturn]] void fail(const fs::path& path, std::string_view what, int error) {
  throw SetupError(fmt::format("{} {}: {}.", path.string(), what, std::strerror(error)));
}

void make_folder(const fs::path& path, const ClusterAccount& account) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail(path, "cannot be made", errno);
  hand_over(path, account);
}

bool is_private_folder_of(const fs::path& path, const ClusterAccount& account) {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == account.uid && (status.st_mode & 077) == 0;
}

}  // namespace

ClusterFolder ClusterFolder::open(const fs::path& data_dir, std::chrono::milliseconds patience,
                                  const Progress& progress) {
  std::error_code error;
  fs::create_directories(data_dir, error);
  if (error) fail(data_dir, "cannot be made", error.value());
  const fs::path base = fs::canonical(data_dir);  // as /proc shows working directories
  const fs::path root = base / "postgres";
  ClusterFolder folder(root, choose_account(root));
  if (const auto barrier = first_barrier(folder.account_, base)) {
    throw SetupError(
        fmt::format("PostgreSQL runs as the user {}, who may not enter {}. Set FRONTDESK_DATA_DIR "
                    "to a folder that it can reach, such as /var/lib/frontdesk.",
                    folder.account_.name, barrier->string()));
  }
  folder.claim();
  folder.lock(patience);
  if (!await_no_postgres_in(folder.data(), patience, progress)) {
    throw SetupError(fmt::format("A PostgreSQL (process {}) still runs in {}. Stop it first.",
                                 postgres_processes_in(folder.data()).front(),
                                 folder.data().string()));
  }
  remove_stale_pid_file(folder.data());
  if (fs::file_size(folder.log(), error) > log_limit_bytes && !error) {
    fs::rename(folder.log(), folder.root_ / "postgres.log.1", error);
  }
  return folder;
}

ClusterFolder::ClusterFolder(fs::path root, ClusterAccount account)
    : root_(std::move(root)), account_(std::move(account)) {}
ClusterFolder::ClusterFolder(ClusterFolder&& other) noexcept
    : root_(std::move(other.root_)),
      account_(std::move(other.account_)),
      lock_(std::exchange(other.lock_, -1)) {}
ClusterFolder::~ClusterFolder() {
  if (lock_ >= 0) ::close(lock_);
}

// Refuses a folder with anything in it that does not say it is ours.
void ClusterFolder::claim() const {
  make_folder(root_, account_);
  const fs::path marker = root_ / marker_name;
  if (fs::exists(marker)) return;
  if (!fs::is_empty(root_)) {
    throw SetupError(
        fmt::format("{} holds something that is not Frontdesk's. Move it away, or set "
                    "FRONTDESK_DATA_DIR to another folder.",
                    root_.string()));
  }
  std::ofstream(marker) << marker_text;
  hand_over(marker, account_);
}

void ClusterFolder::lock(std::chrono::milliseconds patience) {
  const fs::path path = root_ / "lock";
  lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) fail(path, "cannot be opened", errno);
  hand_over(path, account_);
  const auto until = std::chrono::steady_clock::now() + patience;
  while (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) fail(path, "cannot be locked", errno);
    if (std::chrono::steady_clock::now() >= until) {
      std::string holder;
      std::ifstream(path) >> holder;
      throw SetupError(fmt::format(
          "Another Frontdesk (process {}) uses {}. Stop it first, or set FRONTDESK_DATA_DIR to "
          "another folder.",
          holder, root_.parent_path().string()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const std::string pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, pid.data(), pid.size(), 0) < 0) {
    fail(path, "cannot be written", errno);
  }
}

std::optional<int> ClusterFolder::data_version() const {
  std::ifstream file(data() / "PG_VERSION");
  int version = 0;
  if (file >> version) return version;
  return std::nullopt;
}

void ClusterFolder::initialise(const ClusterBinaries& binaries, bool durable,
                               const Progress& progress) const {
  if (data_version()) return;
  const fs::path draft = root_ / "data.new";
  if (fs::exists(draft)) progress("an earlier start was cut short: making the database again");
  std::error_code error;
  fs::remove_all(draft, error);
  if (error) fail(draft, "cannot be removed", error.value());
  progress(
      fmt::format("making a PostgreSQL {} database in {}", binaries.major_version, root_.string()));
  const std::string initdb = (binaries.folder / "initdb").string();
  const auto step = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {initdb, "--pgdata", draft.string()});
    if (run({std::move(arguments), account_, root_, log()}) != 0) {
      fs::remove_all(draft, error);
      throw SetupError(fmt::format("PostgreSQL's initdb failed:\n{}", log_tail()));
    }
  };
  // The flush comes once at the end: twice as fast as after every file.
  step({"--username=postgres", "--no-locale", "--encoding=UTF8", "--data-checksums", "--no-sync",
        "--auth-local=trust", "--auth-host=reject"});
  if (durable) step({"--sync-only"});
  fs::rename(draft, data(), error);
  if (error) fail(data(), "cannot be made", error.value());
  const int folder = ::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (durable && folder >= 0) ::fsync(folder);
  if (folder >= 0) ::close(folder);
}

fs::path ClusterFolder::make_socket_folder() const {
  const fs::path near = root_ / "socket";
  if (near.string().size() <= socket_folder_limit_bytes) {
    make_folder(near, account_);
    return near;
  }
  // The same each time, so that a server that was killed leaves no heap of folders.
  const fs::path known = fmt::format("/tmp/frontdesk-{}-{:016x}", account_.uid,
                                     std::hash<std::string>()(root_.string()));
  if (::mkdir(known.c_str(), 0700) == 0) hand_over(known, account_);
  if (is_private_folder_of(known, account_)) return known;
  // Somebody else's by that name: it is not to be trusted.
  std::string fresh = "/tmp/frontdesk-XXXXXX";
  if (::mkdtemp(fresh.data()) == nullptr) fail(fresh, "cannot be made", errno);
  hand_over(fresh, account_);
  return fresh;
}

std::string ClusterFolder::log_tail() const {
  constexpr std::size_t lines_shown = 8;
  std::deque<std::string> lines;
  std::ifstream file(log());
  for (std::string line; std::getline(file, line);) {
    lines.push_back(std::move(line));
    if (lines.size() > lines_shown) lines.pop_front();
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace frontdesk::db
