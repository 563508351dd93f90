#pragma once

#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "media/image_reply.hpp"
#include "storage/work_threads.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace frontdesk::media {

/// Has frontdesk-image work on images, at most as many at once as there are cores, with a short
/// queue (R19). One for all threads of the process.
class ImageShop {
 public:
  struct Settings {
    std::filesystem::path program;
    unsigned at_once = 0;  ///< 0: the number of cores, at most 4
    unsigned queue = 32;
    /// Shorter than a handler's 10 s (R43), so that there is time to store what came of it; longer
    /// than the processor time that frontdesk-image allows itself.
    std::chrono::milliseconds limit = std::chrono::seconds{8};
    /// A line for the operator where the program broke. Called from any thread.
    std::function<void(std::string_view line)> log = {};
  };

  explicit ImageShop(Settings settings);

  /// The image in all its widths (R70). Refuses what is none, and what breaks the program, with 422
  /// `image_unreadable`, and more than 40 megapixels with 422 `image_too_many_pixels`. Throws Fault
  /// (503 with Retry-After) where the queue is full, the machine too busy to be ready in time, or
  /// the program not there.
  Task<Result<ImageReply>> make(std::string image, Deadline deadline);

  /// As WorkThreads::stop().
  void stop() { threads_.stop(); }

 private:
  Settings settings_;
  storage::WorkThreads threads_;
};

/// 422: the bytes are no image that we take.
Error image_unreadable();

}  // namespace frontdesk::media
