#include "db/dump_tools.hpp"

#include "db/child_process.hpp"
#include "db/setup_error.hpp"
#include "db/stopped.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace frontdesk::db {
namespace {

constexpr int poll_pause_ms = 200;
constexpr std::size_t piece_bytes = 64UL * 1024;
constexpr std::size_t words_shown_bytes = 2'000;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {
    if (number < 0) {
      throw SetupError(fmt::format("No more files can be opened: {}.", std::strerror(errno)));
    }
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read_end, write_end;
  static Pipe open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) Descriptor{-1};
    return {Descriptor(ends[0]), Descriptor(ends[1])};
  }
};

/// Ends the child when the conversation with it is broken off.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }
  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status;
  }

 private:
  pid_t pid_;
};

/// Gives a source's bytes to a pipe without ever blocking on it.
class Feed {
 public:
  Feed(const DumpTools::Source* source, Descriptor pipe) : source_(source), pipe_(std::move(pipe)) {
    if (pipe_.is_open()) ::fcntl(pipe_.number(), F_SETFL, O_NONBLOCK);
  }
  [[nodiscard]] int number() const { return pipe_.number(); }  ///< -1 when all has been given

  void go_on() {
    if (left_.empty()) left_ = {buffer_.data(), (*source_)(buffer_)};
    if (left_.empty()) return pipe_.close();
    const auto count = ::write(pipe_.number(), left_.data(), left_.size());
    if (count > 0) return left_.remove_prefix(static_cast<std::size_t>(count));
    // A reader that has seen enough, or has failed: its exit status says which.
    if (errno != EAGAIN && errno != EINTR) pipe_.close();
  }

 private:
  const DumpTools::Source* source_;
  Descriptor pipe_;
  std::vector<char> buffer_ = std::vector<char>(piece_bytes);
  std::string_view left_;
};

std::string words_of(const Descriptor& errors) {
  std::string words(words_shown_bytes, '\0');
  const auto count = ::pread(errors.number(), words.data(), words.size(), 0);
  words.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  while (!words.empty() && words.back() == '\n') words.pop_back();
  return words;
}

// Reads what the child says until it closes its output; false when that was the end.
bool take_from(const Descriptor& output, const DumpTools::Sink* sink, std::vector<char>& buffer) {
  const auto count = ::read(output.number(), buffer.data(), buffer.size());
  if (count < 0) return errno == EINTR;
  if (count > 0 && sink != nullptr) {
    (*sink)({buffer.data(), static_cast<std::size_t>(count)});
  }
  return count > 0;
}

void converse(Feed& feed, const Descriptor& output, const DumpTools::Sink* sink,
              const DumpTools::ShouldStop& should_stop) {
  std::vector<char> buffer(piece_bytes);
  for (bool is_speaking = true; is_speaking;) {
    if (should_stop()) throw Stopped();
    std::array<pollfd, 2> waits{pollfd{output.number(), POLLIN, 0},
                                pollfd{feed.number(), POLLOUT, 0}};
    if (::poll(waits.data(), waits.size(), poll_pause_ms) < 0) continue;
    if (waits[1].revents != 0) feed.go_on();
    if (waits[0].revents != 0) is_speaking = take_from(output, sink, buffer);
  }
}

}  // namespace

DumpTools::DumpTools(ClusterBinaries binaries, ClusterAccount account, std::filesystem::path folder)
    : binaries_(std::move(binaries)), account_(std::move(account)), folder_(std::move(folder)) {}

DumpTools DumpTools::of(const std::filesystem::path& data_dir) {
  const auto root = std::filesystem::absolute(data_dir) / "postgres";
  std::optional<int> version;
  std::ifstream file(root / "data" / "PG_VERSION");
  if (int number = 0; file >> number) version = number;
  return {ClusterBinaries::find(version), choose_account(root), root};
}

void DumpTools::dump(const std::string& url, const std::string& snapshot, const Sink& sink,
                     const ShouldStop& should_stop) const {
  run("pg_dump",
      {"--format=custom", "--no-password", "--lock-wait-timeout=30s", "--snapshot=" + snapshot,
       "--dbname=" + url},
      nullptr, &sink, should_stop);
}

void DumpTools::check(const Source& source, const ShouldStop& should_stop) const {
  run("pg_restore", {"--list"}, &source, nullptr, should_stop);
}

void DumpTools::restore(const std::string& url, const Source& source,
                        const ShouldStop& should_stop) const {
  run("pg_restore",
      {"--exit-on-error", "--no-owner", "--no-privileges", "--no-password", "--dbname=" + url},
      &source, nullptr, should_stop);
}

void DumpTools::run(std::string_view program, std::vector<std::string> arguments,
                    const Source* source, const Sink* sink, const ShouldStop& should_stop) const {
  const auto path = (binaries_.folder / program).string();
  if (::access(path.c_str(), X_OK) != 0) {
    throw SetupError(
        fmt::format("{} is missing. Install it (apt-get install postgresql-client-{}).", path,
                    binaries_.major_version));
  }
  arguments.insert(arguments.begin(), path);
  const Descriptor errors(::memfd_create("errors", MFD_CLOEXEC));
  Pipe output = Pipe::open();
  Pipe input = source != nullptr ? Pipe::open() : Pipe{};
  Child child(start({.arguments = std::move(arguments),
                     .account = account_,
                     .folder = folder_,
                     .output = {},
                     .ends_with_parent = true},
                    {.input = input.read_end.number(),
                     .output = output.write_end.number(),
                     .errors = errors.number()}));
  output.write_end.close();
  input.read_end.close();
  Feed feed(source, std::move(input.write_end));
  converse(feed, output.read_end, sink, should_stop);
  const int status = child.wait();
  if (status != 0) {
    throw SetupError(
        fmt::format("PostgreSQL's {} {}: {}", program, describe_end(status), words_of(errors)));
  }
}

}  // namespace frontdesk::db
