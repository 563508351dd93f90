#pragma once

#include <stdexcept>

namespace frontdesk::db {

/// The operator asked to stop (Ctrl-C, SIGTERM): what was under way is undone.
class Stopped : public std::runtime_error {
 public:
  Stopped() : std::runtime_error("Stopped: nothing has changed.") {}
};

}  // namespace frontdesk::db
