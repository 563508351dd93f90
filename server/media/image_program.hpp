#pragma once

#include "core/deadline.hpp"
#include "media/image_reply.hpp"

#include <chrono>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace frontdesk::media {

/// Why frontdesk-image made nothing of an image.
struct ProgramFailure {
  enum class Kind {
    unreadable,       ///< it says so itself
    too_many_pixels,  ///< likewise
    broken,           ///< it crashed, met a limit of its own, or wrote nonsense
    unavailable,      ///< no fault of the image: it cannot be started, or was not ready in time
                      ///< (its own limit of processor time is shorter: the machine is busy)
  };
  Kind kind;
  std::string reason;  ///< of the last two, for the log
};

/// frontdesk-image beside the program that runs now.
std::filesystem::path image_program_beside_this();

/// Runs `program` for one image: the bytes to its standard input, the reply from its standard
/// output. It has an empty environment, no other descriptor, and no more time than until
/// `deadline`; then it is killed. Blocks; SIGPIPE must be ignored.
std::expected<ImageReply, ProgramFailure> run_image_program(const std::filesystem::path& program,
                                                            std::string_view image,
                                                            Deadline deadline);

}  // namespace frontdesk::media
