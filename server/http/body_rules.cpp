#include "http/body_rules.hpp"

#include "http/chunked_body.hpp"
#include "http/field_syntax.hpp"
#include "http/multipart.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace frontdesk::http {
namespace {

bool is_utf8_charset(std::string_view parameter) {
  const auto equals = parameter.find('=');
  if (equals == std::string_view::npos) return false;
  std::string_view value = parameter.substr(equals + 1);
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  return equals_ignoring_case(parameter.substr(0, equals), "charset") &&
         equals_ignoring_case(value, "utf-8");
}

// No parameter but `charset=utf-8`.
bool is_utf8_text_of(std::string_view content_type, std::string_view wanted) {
  const auto semicolon = content_type.find(';');
  if (!equals_ignoring_case(trim_white_space(content_type.substr(0, semicolon)), wanted)) {
    return false;
  }
  if (semicolon == std::string_view::npos) return true;
  const std::string_view parameter = trim_white_space(content_type.substr(semicolon + 1));
  return parameter.empty() || is_utf8_charset(parameter);
}

bool has_field(const RequestHead& head, std::string_view name) {
  return std::ranges::any_of(head.fields, [&](const auto& field) { return field.first == name; });
}

/// Digits only, as the head check has made sure (R40); more than fit are more than any limit.
std::uint64_t content_length(std::string_view text) {
  std::uint64_t length = 0;
  const auto result = std::from_chars(text.begin(), text.end(), length);
  return result.ec == std::errc::result_out_of_range ? UINT64_MAX : length;
}

Error unsupported_media(std::string message) {
  return {.kind = ErrorKind::unsupported_media,
          .code = "unsupported_media_type",
          .message = std::move(message)};
}

}  // namespace

bool is_json_media_type(std::string_view content_type) {
  return is_utf8_text_of(content_type, "application/json");
}

bool is_form_media_type(std::string_view content_type) {
  return is_utf8_text_of(content_type, "application/x-www-form-urlencoded");
}

bool is_image_upload_type(std::string_view content_type) {
  // Whether the boundary is any good shows when the body is read.
  if (is_form_data(content_type)) return true;
  return std::ranges::any_of(std::array{"image/jpeg", "image/png", "image/webp"},
                             [&](std::string_view type) {
                               return equals_ignoring_case(trim_white_space(content_type), type);
                             });
}

std::optional<Error> find_body_problem(const RequestHead& head, BodyMedia media,
                                       std::size_t body_limit_bytes) {
  const std::uint64_t length = content_length(head.field("content-length"));
  if (length == 0 && !has_field(head, "transfer-encoding")) return std::nullopt;
  if (has_field(head, "content-encoding")) {
    return unsupported_media("The body must be sent without a Content-Encoding.");
  }
  const auto types = std::ranges::count_if(
      head.fields, [](const auto& field) { return field.first == "content-type"; });
  const std::string_view type = head.field("content-type");
  if (media == BodyMedia::json && (types != 1 || !is_json_media_type(type))) {
    return unsupported_media("The body must be application/json in UTF-8.");
  }
  if (media == BodyMedia::image && (types != 1 || !is_image_upload_type(type))) {
    return unsupported_media("The body must be a JPEG, PNG or WebP image, or a form with one.");
  }
  if (media == BodyMedia::form && (types != 1 || !is_form_media_type(type))) {
    return unsupported_media("The body must be application/x-www-form-urlencoded.");
  }
  if (length > body_limit_bytes) return body_too_large();
  return std::nullopt;
}

}  // namespace frontdesk::http
