#pragma once

#include <source_location>

namespace frontdesk {

/// Ends the process with the place and the text of a broken invariant: a bug is never carried on.
[[noreturn]] void invariant_broken(const char* condition, std::source_location where);

}  // namespace frontdesk

/// States what must hold if the program is right. For what a caller or the world can cause, return
/// an Error or throw a Fault.
#define ENSURE(condition)       \
  (static_cast<bool>(condition) \
       ? static_cast<void>(0)   \
       : ::frontdesk::invariant_broken(#condition, std::source_location::current()))
