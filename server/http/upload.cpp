#include "http/upload.hpp"

#include "core/utf8.hpp"
#include "http/chunked_body.hpp"
#include "http/fields.hpp"
#include "http/multipart.hpp"

#include <set>

namespace frontdesk::http {
namespace {

constexpr TextLimits alt_text{.max = 250, .one_line = true};

/// The parts of a form as the parameters of a query: the same rules hold for both.
Result<ImageUpload> read_form(const Request& request) {
  const auto parts = parse_form_data(request.header("content-type"), request.body());
  if (!parts) return refuse(parts.error());
  ImageUpload upload;
  bool has_image = false;
  QueryFields::Parameters texts;
  for (const FormPart& part : *parts) {
    if (part.name != "image" || has_image) {
      texts.emplace_back(part.name, part.name == "alt" ? part.content : std::string_view());
      continue;
    }
    has_image = true;
    upload.content = part.content;
  }
  QueryFields fields(texts);
  if (auto alt = fields.optional_text("alt", alt_text)) {
    if (!is_utf8(*alt) || alt->contains('\0')) {
      fields.reject("alt", "invalid", "alt must be a text in UTF-8.");
    }
    upload.alt = std::move(*alt);
  }
  if (!has_image) fields.reject("image", "required", "A part named image must hold the image.");
  if (auto error = fields.error()) return refuse(std::move(*error));
  return upload;
}

}  // namespace

Result<ImageUpload> read_image_upload(const Request& request) {
  QueryFields query(request.query());
  Result<ImageUpload> upload;
  if (is_form_data(request.header("content-type"))) {
    upload = read_form(request);
  } else {
    upload->content = request.body();
    upload->alt = query.optional_text("alt", alt_text).value_or("");
  }
  if (auto error = query.error()) return refuse(std::move(*error));
  if (upload && upload->content.empty()) {
    return refuse(invalid_field("image", "required", "The body must hold an image."));
  }
  if (upload && upload->content.size() > max_image_bytes) return refuse(body_too_large());
  return upload;
}

}  // namespace frontdesk::http
