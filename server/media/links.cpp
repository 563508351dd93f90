#include "media/links.hpp"

#include "core/base64url.hpp"

#include <fmt/format.h>

namespace frontdesk::media {
namespace {

std::int64_t seconds_of(Instant now) {
  return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
}

}  // namespace

std::string Links::signature(const Uuid& image, std::int64_t expires) const {
  return base64url_encode(key_.digest(fmt::format("{}\n{}", image.to_string(), expires)));
}

std::string Links::ticket(const Uuid& image, Instant now) const {
  constexpr std::int64_t grid = std::chrono::seconds(step).count();
  const std::int64_t expires = (seconds_of(now) / grid + 2) * grid;
  return fmt::format("?expires={}&signature={}", expires, signature(image, expires));
}

bool Links::admits(const Uuid& image, std::int64_t expires, std::string_view given,
                   Instant now) const {
  const auto expected = signature(image, expires);
  return equal_in_constant_time(bytes_of(expected), bytes_of(given)) && seconds_of(now) < expires;
}

}  // namespace frontdesk::media
