#pragma once

#include <cstddef>

namespace frontdesk::image {

struct SandboxLimits {
  std::size_t memory_bytes = std::size_t{1024} * 1024 * 1024;  ///< address space
  unsigned cpu_seconds = 5;
};

/// Gives up, for good, everything that turning one image on standard input into pictures on
/// standard output does not need: descriptors from 3 on, memory and processor time beyond `limits`,
/// files, core dumps, new privileges, and every system call that is not on a short list. Opening a
/// file fails with EACCES, because libraries look for optional ones; a socket, a program, another
/// process or executable memory ends the process with SIGSYS.
///
/// False where any of it could not be had: then nothing may be read.
[[nodiscard]] bool enter_sandbox(const SandboxLimits& limits);

}  // namespace frontdesk::image
