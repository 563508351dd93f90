#pragma once

#include <stdexcept>

namespace frontdesk::db {

/// The database cannot be set up or reached at start. `what` is a sentence or two for the operator,
/// saying what to do about it.
class SetupError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace frontdesk::db
