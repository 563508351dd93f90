#pragma once

#include "core/error.hpp"
#include "http/exchange.hpp"
#include "http/route.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace frontdesk::http {

/// Whether a Content-Type is `application/json`, with no parameter but `charset=utf-8` (R30).
bool is_json_media_type(std::string_view content_type);

/// Whether it is `image/jpeg`, `image/png` or `image/webp` without parameters, or
/// multipart/form-data.
bool is_image_upload_type(std::string_view content_type);

/// Whether it is `application/x-www-form-urlencoded`, with no parameter but `charset=utf-8`.
bool is_form_media_type(std::string_view content_type);

/// What is wrong with the body that a head announces, before a byte of it is read (R30): a
/// Content-Encoding (415), another media type than `media` takes (415), a Content-Length beyond the
/// limit (413). A request without a body has nothing wrong.
std::optional<Error> find_body_problem(const RequestHead& head, BodyMedia media,
                                       std::size_t body_limit_bytes);

}  // namespace frontdesk::http
