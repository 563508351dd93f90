#include "db/interruptible.hpp"

#include <chrono>

namespace frontdesk::db {
namespace {

constexpr std::chrono::milliseconds pause{100};

}  // namespace

Interruptible::Interruptible(BlockingConnection& connection, std::function<bool()> should_stop)
    : thread_([this, cancel = connection.canceller(), should_stop = std::move(should_stop)] {
        // Again and again: the first one may come between two statements.
        while (!is_over_) {
          if (should_stop()) cancel();
          std::this_thread::sleep_for(pause);
        }
      }) {}

Interruptible::~Interruptible() {
  is_over_ = true;
  thread_.join();
}

}  // namespace frontdesk::db
