#include "media/image_shop.hpp"

#include "media/image_format.hpp"
#include "media/image_program.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

namespace frontdesk::media {
namespace {

constexpr int niceness = 5;  // those who book come first

unsigned default_at_once() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
}

Error too_many_pixels() {
  return {.kind = ErrorKind::invalid,
          .code = "image_too_many_pixels",
          .message = "The image has more than 40 megapixels."};
}

}  // namespace

Error image_unreadable() {
  return {.kind = ErrorKind::invalid,
          .code = "image_unreadable",
          .message = "The image cannot be read: send a whole JPEG, PNG or WebP."};
}

ImageShop::ImageShop(Settings settings)
    : settings_(std::move(settings)),
      threads_({.threads = settings_.at_once == 0 ? default_at_once() : settings_.at_once,
                .queue = settings_.queue,
                .niceness = niceness}) {}

Task<Result<ImageReply>> ImageShop::make(std::string image, Deadline deadline) {
  // What is plainly none costs no process.
  if (!format_of(image)) co_return refuse(image_unreadable());
  if (image.size() > max_image_bytes) co_return refuse(image_unreadable());
  auto reply = co_await threads_.run([this, image = std::move(image), deadline] {
    if (deadline <= std::chrono::steady_clock::now()) {
      throw Fault("an image waited for its turn too long", unavailable());
    }
    return run_image_program(settings_.program, image,
                             std::min(deadline, deadline_in(settings_.limit)));
  });
  if (reply) co_return std::move(*reply);
  switch (reply.error().kind) {
    case ProgramFailure::Kind::too_many_pixels:
      co_return refuse(too_many_pixels());
    case ProgramFailure::Kind::unavailable:
      throw Fault("frontdesk-image " + reply.error().reason, unavailable());
    case ProgramFailure::Kind::broken:
      if (settings_.log) settings_.log(fmt::format("frontdesk-image {}", reply.error().reason));
      break;
    case ProgramFailure::Kind::unreadable:
      break;
  }
  co_return refuse(image_unreadable());
}

}  // namespace frontdesk::media
