#include "sandbox.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace frontdesk::image {
namespace {

constexpr int no_sandbox = 99;

/// The wait status of a process that tries something in the sandbox; it returns its exit status.
int tried(const std::function<int()>& attempt, SandboxLimits limits = {}) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(enter_sandbox(limits) ? attempt() : no_sandbox);
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

testing::AssertionResult exits_with(int code, int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == code) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "wait status " << status;
}

testing::AssertionResult is_killed_by(int signal, int status) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == signal) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "wait status " << status;
}

TEST(Sandbox, computing_memory_and_threads_go_on) {
  EXPECT_TRUE(exits_with(0, tried([] {
                           int sum = 0;
                           std::thread([&] { sum = 42; }).join();
                           void* memory = std::malloc(std::size_t{64} << 20);
                           const bool good = memory != nullptr && sum == 42;
                           std::free(memory);
                           return good ? 0 : 1;
                         })));
}

TEST(Sandbox, there_is_no_network) {
  EXPECT_TRUE(is_killed_by(SIGSYS, tried([] { return ::socket(AF_INET, SOCK_STREAM, 0); })));
  EXPECT_TRUE(is_killed_by(SIGSYS, tried([] { return ::socket(AF_UNIX, SOCK_STREAM, 0); })));
}

TEST(Sandbox, there_is_no_other_program) {
  EXPECT_TRUE(is_killed_by(SIGSYS, tried([] { return ::execl("/bin/true", "true", nullptr); })));
  EXPECT_TRUE(is_killed_by(SIGSYS, tried([] { return ::fork() < 0 ? 1 : 0; })));
  EXPECT_TRUE(is_killed_by(SIGSYS, tried([] { return ::kill(::getppid(), 0); })));
}

TEST(Sandbox, no_file_opens_be_it_for_reading) {
  for (const int flags : {O_RDONLY, O_WRONLY | O_CREAT, O_RDWR}) {
    EXPECT_TRUE(exits_with(EACCES, tried([flags] {
                             return ::open("/tmp/frontdesk-sandbox-test", flags, 0600) < 0 ? errno
                                                                                           : 0;
                           })));
  }
  EXPECT_TRUE(exits_with(EACCES, tried([] { return ::access("/etc/passwd", R_OK) ? errno : 0; })));
  EXPECT_TRUE(is_killed_by(SIGSYS, tried([] { return ::unlink("/tmp/nothing-here"); })));
}

TEST(Sandbox, open_descriptors_are_closed) {
  const int file = ::open("/dev/null", O_WRONLY);
  ASSERT_GT(file, 2);
  EXPECT_TRUE(exits_with(EBADF, tried([file] { return ::write(file, "x", 1) < 0 ? errno : 0; })));
  ::close(file);
}

TEST(Sandbox, what_is_written_is_never_executed) {
  EXPECT_TRUE(is_killed_by(SIGSYS, tried([] {
                             return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
                                        ? 1
                                        : 0;
                           })));
}

TEST(Sandbox, memory_has_a_limit) {
  EXPECT_TRUE(exits_with(ENOMEM, tried([] {
                           return ::mmap(nullptr, std::size_t{2} << 30, PROT_READ,
                                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
                                      ? errno
                                      : 0;
                         })));
}

TEST(Sandbox, time_has_a_limit) {
  const int status = tried(
      [] {
        for (volatile unsigned turns = 0;;) turns = turns + 1;
        return 0;
      },
      {.cpu_seconds = 1});
  EXPECT_TRUE(is_killed_by(SIGKILL, status)) << "the hard limit is the soft one";
}

}  // namespace
}  // namespace frontdesk::image
