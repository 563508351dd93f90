#include "db/child_process.hpp"

#include "db/setup_error.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace frontdesk::db {
namespace {

/// Everything the child needs between fork and exec, made before: this process has threads, so that
/// only async-signal-safe calls are allowed in between.
struct Prepared {
  std::vector<char*> arguments;
  std::vector<std::string> environment_text;
  std::vector<char*> environment;
  pid_t parent;
};

Prepared prepare(const ChildProcess& child) {
  Prepared prepared;
  for (const auto& argument : child.arguments) {
    prepared.arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  prepared.arguments.push_back(nullptr);
  const char* path = std::getenv("PATH");
  prepared.environment_text = {fmt::format("PATH={}", path != nullptr ? path : "/usr/bin:/bin"),
                               "LC_ALL=C", "TZ=UTC"};
  for (auto& text : prepared.environment_text) prepared.environment.push_back(text.data());
  prepared.environment.push_back(nullptr);
  prepared.parent = ::getpid();
  return prepared;
}

bool become(const ClusterAccount& account) {
  if (!account.must_switch) return true;
  // Plain system calls: the library's would talk to threads that fork has not copied.
  return ::syscall(SYS_setgroups, account.groups.size(), account.groups.data()) == 0 &&
         ::syscall(SYS_setresgid, account.gid, account.gid, account.gid) == 0 &&
         ::syscall(SYS_setresuid, account.uid, account.uid, account.uid) == 0;
}

void close_descriptors_from(int first) {
  if (::syscall(SYS_close_range, first, ~0U, 0) == 0) return;
  rlimit limit;
  const int end = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65'536
                      ? static_cast<int>(limit.rlim_cur)
                      : 65'536;
  for (int descriptor = first; descriptor < end; ++descriptor) ::close(descriptor);
}

[[noreturn]] void execute(const ChildProcess& child, const Prepared& prepared,
                          const ChildStreams& streams) {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  ::setsid();
  const int nothing = ::open("/dev/null", O_RDWR);
  const auto or_nothing = [nothing](int descriptor) {
    return descriptor < 0 ? nothing : descriptor;
  };
  ::dup2(or_nothing(streams.input), STDIN_FILENO);
  ::dup2(or_nothing(streams.output), STDOUT_FILENO);
  ::dup2(or_nothing(streams.errors), STDERR_FILENO);
  close_descriptors_from(STDERR_FILENO + 1);
  if (!become(child.account) || ::chdir(child.folder.c_str()) != 0) ::_exit(126);
  if (child.ends_with_parent) {
    // After the change of user, which clears it; the parent may have gone just before.
    ::prctl(PR_SET_PDEATHSIG, SIGINT);
    if (::getppid() != prepared.parent) ::_exit(126);
  }
  ::execve(prepared.arguments[0], prepared.arguments.data(), prepared.environment.data());
  ::_exit(127);
}

}  // namespace

pid_t start(const ChildProcess& child, const ChildStreams& streams) {
  const Prepared prepared = prepare(child);
  const pid_t pid = ::fork();
  if (pid == 0) execute(child, prepared, streams);
  if (pid < 0) {
    throw SetupError(
        fmt::format("{} cannot be started: {}.", child.arguments.front(), std::strerror(errno)));
  }
  return pid;
}

pid_t start(const ChildProcess& child) {
  const int output = ::open(child.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (output < 0) {
    throw SetupError(
        fmt::format("{} cannot be written: {}.", child.output.string(), std::strerror(errno)));
  }
  const std::unique_ptr<const int, void (*)(const int*)> closed(
      &output, [](const int* fd) { ::close(*fd); });
  hand_over(child.output, child.account);
  return start(child, {.output = output, .errors = output});
}

int run(const ChildProcess& child) {
  const pid_t pid = start(child);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string describe_end(int wait_status) {
  if (WIFEXITED(wait_status)) return fmt::format("exited with status {}", WEXITSTATUS(wait_status));
  return fmt::format("was ended by signal {}", WTERMSIG(wait_status));
}

}  // namespace frontdesk::db
