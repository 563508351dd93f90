#include "sandbox.hpp"

#include <cerrno>
#include <csignal>
#include <memory>

#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace frontdesk::image {
namespace {

// What computing, threads and standard streams need.
constexpr int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(lseek),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getrusage),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
};

// What libraries try and can do without.
constexpr int refused[] = {
    SCMP_SYS(open),          SCMP_SYS(openat),        SCMP_SYS(access),
    SCMP_SYS(faccessat),     SCMP_SYS(faccessat2),    SCMP_SYS(stat),
    SCMP_SYS(lstat),         SCMP_SYS(newfstatat),    SCMP_SYS(statx),
    SCMP_SYS(readlink),      SCMP_SYS(readlinkat),    SCMP_SYS(getcwd),
    SCMP_SYS(ioctl),         SCMP_SYS(prlimit64),     SCMP_SYS(getrlimit),
    SCMP_SYS(sched_getattr), SCMP_SYS(sched_setattr), SCMP_SYS(sched_setscheduler),
    SCMP_SYS(uname),
};

// The header's own macros are C.
scmp_arg_cmp argument_has(unsigned position, scmp_datum_t mask, scmp_datum_t bits) {
  return {.arg = position, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = bits};
}
scmp_arg_cmp first_argument_is(scmp_datum_t value) {
  return {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = value, .datum_b = 0};
}

struct Release {
  void operator()(void* filter) const { seccomp_release(filter); }
};

bool add_rules(scmp_filter_ctx filter) {
  bool good = true;
  const auto rule = [&](int outcome) { good = good && (outcome == 0 || outcome == -EDOM); };
  for (const int call : allowed) rule(seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0));
  for (const int call : refused) rule(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0));
  // Memory that can be written is never executed: an overflow cannot bring its own code.
  const auto not_executable = argument_has(2, PROT_EXEC, 0);
  rule(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_executable));
  rule(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, not_executable));
  // Threads, and no processes. clone3 keeps its flags in memory, where a filter cannot look: libc
  // goes back to clone where it is absent.
  rule(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                        argument_has(0, CLONE_THREAD, CLONE_THREAD)));
  rule(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0));
  rule(
      seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, first_argument_is(PR_SET_NAME)));
  // abort() signals itself.
  rule(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                        first_argument_is(static_cast<scmp_datum_t>(::getpid()))));
  return good;
}

bool filter_system_calls() {
  const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  // A library may have threads already: all of them or none.
  return filter && seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
         add_rules(filter.get()) && seccomp_load(filter.get()) == 0;
}

bool limit(__rlimit_resource_t resource, rlim_t value) {
  const rlimit both{value, value};
  return ::setrlimit(resource, &both) == 0;
}

}  // namespace

bool enter_sandbox(const SandboxLimits& limits) {
  return ::syscall(SYS_close_range, 3, ~0U, 0) == 0 && limit(RLIMIT_AS, limits.memory_bytes) &&
         limit(RLIMIT_CPU, limits.cpu_seconds) && limit(RLIMIT_NOFILE, 3) &&
         limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && ::prctl(PR_SET_DUMPABLE, 0) == 0 &&
         ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && filter_system_calls();
}

}  // namespace frontdesk::image
