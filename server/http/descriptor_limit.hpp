#pragma once

#include <cstddef>

namespace frontdesk::http {

/// Lets the process open as many descriptors as it may (RLIMIT_NOFILE, soft up to hard): the usual
/// soft limit of 1,024 is less than the connections of R43. Called once, at the start. Returns the
/// limit that holds from then on.
std::size_t raise_descriptor_limit();

}  // namespace frontdesk::http
