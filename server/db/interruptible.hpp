#pragma once

#include "db/blocking_connection.hpp"

#include <atomic>
#include <functional>
#include <thread>

namespace frontdesk::db {

/// While it lives, a blocking statement on the connection is cancelled (SQLSTATE 57014) as soon as
/// `should_stop` says so: asked by a thread of its own, several times a second.
class Interruptible {
 public:
  /// `connection` must outlive it.
  Interruptible(BlockingConnection& connection, std::function<bool()> should_stop);
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
  ~Interruptible();

 private:
  std::atomic<bool> is_over_ = false;
  std::thread thread_;
};

}  // namespace frontdesk::db
