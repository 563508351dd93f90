#pragma once

#include "core/error.hpp"
#include "http/body_gate.hpp"
#include "http/request.hpp"
#include "http/route.hpp"

#include <string>
#include <string_view>

namespace frontdesk::http {

/// An image that somebody sends, and what it shows.
struct ImageUpload {
  std::string_view content;  ///< a view into the request's body; not looked at yet
  std::string alt;           ///< at most 250 characters, one line
};

/// A body with an image's own media type, and `?alt=`; or multipart/form-data with one part `image`
/// and at most one part `alt`. Which media type is said does not matter: the content decides.
/// Refuses with 400 `malformed_body`, with 422 an absent image, an alt that is too long, and
/// anything else in form or query, and with 413 an image of more than max_image_bytes.
Result<ImageUpload> read_image_upload(const Request& request);

/// R30. The form around an image may take a little more.
inline constexpr std::size_t max_image_bytes = std::size_t{5} * 1024 * 1024;
inline constexpr std::size_t max_image_form_bytes = max_image_bytes + std::size_t{16} * 1024;

/// The same route with an image for its body. `gate` must outlive it.
inline Route taking_image(Route route, BodyGate& gate) {
  route.body = BodyMedia::image;
  route.body_limit_bytes = max_image_form_bytes;
  route.body_gate = &gate;
  route.budget = RateBudget::image;
  return route;
}

}  // namespace frontdesk::http
