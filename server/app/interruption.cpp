#include "app/interruption.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>

#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace frontdesk::app {
namespace {

sigset_t endings() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, number);
  return set;
}

}  // namespace

Interruption::Interruption() {
  const sigset_t set = endings();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signals_ = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (signals_ < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
}

Interruption::~Interruption() {
  ::close(signals_);
  const sigset_t set = endings();
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

bool Interruption::requested() {
  signalfd_siginfo info;
  while (::read(signals_, &info, sizeof(info)) == sizeof(info)) was_requested_ = true;
  return was_requested_;
}

}  // namespace frontdesk::app
