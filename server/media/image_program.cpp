#include "media/image_program.hpp"

#include "media/image_format.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

namespace frontdesk::media {
namespace {

using Kind = ProgramFailure::Kind;

class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  void close() {
    if (number >= 0) ::close(number);
    number = -1;
  }
  int number = -1;
};

struct Pipe {
  Descriptor read;
  Descriptor write;
  bool open() {
    int both[2];
    if (::pipe2(both, O_CLOEXEC) != 0) return false;
    read.number = both[0];
    write.number = both[1];
    return true;
  }
};

/// posix_spawn's two arguments, prepared: our signal settings are not the child's, and neither are
/// our descriptors.
class SpawnSettings {
 public:
  SpawnSettings(int input, int output) {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setpgroup(&attributes, 0);  // Ctrl-C reaches the server alone
    ::posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

int milliseconds_until(Deadline deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

/// What is left of `image` goes out as far as the pipe takes it.
void feed(Descriptor& input, std::string_view& image) {
  const ssize_t put = ::write(input.number, image.data(), image.size());
  if (put > 0) image.remove_prefix(static_cast<std::size_t>(put));
  const bool passing = put < 0 && (errno == EAGAIN || errno == EINTR);
  if (image.empty() || (put < 0 && !passing)) input.close();
}

/// False when there is no more to come.
bool drain(Descriptor& output, std::string& reply) {
  std::array<char, 65'536> bytes;
  const ssize_t got = ::read(output.number, bytes.data(), bytes.size());
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  reply.append(bytes.data(), static_cast<std::size_t>(got));
  return got > 0;
}

ProgramFailure broken(std::string reason) {
  return {Kind::broken, std::move(reason)};
}

ProgramFailure no_fault_of_the_image(std::string reason) {
  return {Kind::unavailable, std::move(reason)};
}

/// The reply; what is wrong otherwise.
std::expected<std::string, ProgramFailure> converse(Descriptor& input, Descriptor& output,
                                                    std::string_view image, Deadline deadline) {
  ::fcntl(input.number, F_SETFL, O_NONBLOCK);
  ::fcntl(output.number, F_SETFL, O_NONBLOCK);
  std::string reply;
  for (;;) {
    const int patience = milliseconds_until(deadline);
    if (patience == 0) return std::unexpected(no_fault_of_the_image("was not ready in time"));
    // poll leaves out what is negative: a closed input.
    std::array<pollfd, 2> watched{{{output.number, POLLIN, 0}, {input.number, POLLOUT, 0}}};
    if (::poll(watched.data(), watched.size(), patience) < 0 && errno != EINTR) {
      return std::unexpected(broken(std::strerror(errno)));
    }
    if (watched[1].revents != 0) feed(input, image);
    if (watched[0].revents != 0 && !drain(output, reply)) return reply;
    if (reply.size() > max_reply_bytes) return std::unexpected(broken("wrote too much"));
  }
}

int end(pid_t child, bool kill) {
  if (kill) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

std::expected<ImageReply, ProgramFailure> judge(std::string_view reply, int status) {
  if (WIFSIGNALED(status)) {
    return std::unexpected(broken(fmt::format("was ended by signal {}", WTERMSIG(status))));
  }
  switch (WEXITSTATUS(status)) {
    case 0:
      break;
    case exit_unreadable:
      return std::unexpected(ProgramFailure{Kind::unreadable, {}});
    case exit_too_many_pixels:
      return std::unexpected(ProgramFailure{Kind::too_many_pixels, {}});
    case EX_SOFTWARE:
      return std::unexpected(no_fault_of_the_image("has no libvips or no sandbox"));
    default:
      return std::unexpected(broken(fmt::format("exited with status {}", WEXITSTATUS(status))));
  }
  auto decoded = decode(reply);
  if (!decoded) return std::unexpected(broken("wrote no reply that can be read"));
  return std::move(*decoded);
}

}  // namespace

std::filesystem::path image_program_beside_this() {
  std::error_code failure;
  const auto own = std::filesystem::read_symlink("/proc/self/exe", failure);
  return own.parent_path() / "frontdesk-image";
}

std::expected<ImageReply, ProgramFailure> run_image_program(const std::filesystem::path& program,
                                                            std::string_view image,
                                                            Deadline deadline) {
  Pipe input;
  Pipe output;
  if (!input.open() || !output.open()) return std::unexpected(no_fault_of_the_image("has no pipe"));
  pid_t child = 0;
  {
    const SpawnSettings settings(input.read.number, output.write.number);
    std::string name = program.string();
    char* const arguments[] = {name.data(), nullptr};
    char* const environment[] = {nullptr};
    const int failure = ::posix_spawn(&child, name.c_str(), &settings.actions, &settings.attributes,
                                      arguments, environment);
    if (failure != 0) {
      return std::unexpected(
          no_fault_of_the_image(fmt::format("cannot be started: {}", std::strerror(failure))));
    }
  }
  input.read.close();
  output.write.close();
  const auto reply = converse(input.write, output.read, image, deadline);
  const int status = end(child, !reply.has_value());
  if (!reply) return std::unexpected(reply.error());
  return judge(*reply, status);
}

}  // namespace frontdesk::media
