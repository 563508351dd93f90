#include "http/multipart.hpp"

#include "core/utf8.hpp"
#include "http/field_syntax.hpp"

#include <algorithm>
#include <optional>

namespace frontdesk::http {
namespace {

constexpr std::string_view media_type = "multipart/form-data";
constexpr std::string_view line_end = "\r\n";
constexpr std::size_t max_head_bytes = 2048;
constexpr std::size_t max_boundary_bytes = 70;

std::unexpected<Error> malformed(std::string message) {
  return refuse(
      {.kind = ErrorKind::malformed, .code = "malformed_body", .message = std::move(message)});
}

/// `name=value` or `name="value"` off the front of `text`, with the semicolon before it. Nothing
/// where there is none that can be read. A quoted value holds no escapes: browsers write %22.
std::optional<std::pair<std::string_view, std::string_view>> take_parameter(
    std::string_view& text) {
  text = trim_white_space(text);
  if (!text.starts_with(';')) return std::nullopt;
  text = trim_white_space(text.substr(1));
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || !is_token(text.substr(0, equals))) return std::nullopt;
  const auto name = text.substr(0, equals);
  text.remove_prefix(equals + 1);
  if (!text.starts_with('"')) {
    const auto end = std::min(text.find_first_of("; \t"), text.size());
    const auto value = text.substr(0, end);
    text.remove_prefix(end);
    if (!is_token(value)) return std::nullopt;
    return std::pair{name, value};
  }
  const auto end = text.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  const auto value = text.substr(1, end - 1);
  text.remove_prefix(end + 1);
  return std::pair{name, value};
}

bool is_boundary(std::string_view text) {
  constexpr std::string_view others = "'()+_,-./:=? ";
  return !text.empty() && text.size() <= max_boundary_bytes && text.back() != ' ' &&
         std::ranges::all_of(text, [&](char c) {
           return is_digit(c) || (to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z') ||
                  others.contains(c);
         });
}

std::optional<std::string_view> boundary_of(std::string_view content_type) {
  auto rest = content_type.substr(std::min(content_type.find(';'), content_type.size()));
  std::optional<std::string_view> boundary;
  while (!trim_white_space(rest).empty()) {
    const auto parameter = take_parameter(rest);
    if (!parameter) return std::nullopt;
    if (!equals_ignoring_case(parameter->first, "boundary")) continue;
    if (boundary || !is_boundary(parameter->second)) return std::nullopt;
    boundary = parameter->second;
  }
  return boundary;
}

/// `form-data; name="image"; filename="me.jpg"`
bool read_disposition(std::string_view value, FormPart& part) {
  const auto semicolon = std::min(value.find(';'), value.size());
  if (!equals_ignoring_case(trim_white_space(value.substr(0, semicolon)), "form-data"))
    return false;
  auto rest = value.substr(semicolon);
  bool has_name = false;
  while (!trim_white_space(rest).empty()) {
    const auto parameter = take_parameter(rest);
    if (!parameter) return false;
    if (equals_ignoring_case(parameter->first, "name")) {
      if (has_name) return false;
      has_name = true;
      part.name = parameter->second;
    } else if (equals_ignoring_case(parameter->first, "filename") ||
               equals_ignoring_case(parameter->first, "filename*")) {
      part.is_file = true;
    }
  }
  return has_name && !part.name.empty() && part.name.size() <= 100 && is_utf8(part.name);
}

/// A part's head, up to the empty line.
Result<FormPart> read_head(std::string_view head) {
  FormPart part;
  bool has_disposition = false;
  while (!head.empty()) {
    const auto end = std::min(head.find(line_end), head.size());
    const auto line = head.substr(0, end);
    head.remove_prefix(std::min(end + line_end.size(), head.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
        !std::ranges::all_of(line, is_value_byte)) {
      return malformed("The head of a part cannot be read.");
    }
    const auto name = line.substr(0, colon);
    const auto value = trim_white_space(line.substr(colon + 1));
    if (equals_ignoring_case(name, "content-disposition")) {
      if (has_disposition || !read_disposition(value, part)) {
        return malformed("A part must have one Content-Disposition: form-data with a name.");
      }
      has_disposition = true;
    } else if (equals_ignoring_case(name, "content-type")) {
      part.content_type = value;
    } else if (equals_ignoring_case(name, "content-transfer-encoding") &&
               !equals_ignoring_case(value, "binary") && !equals_ignoring_case(value, "8bit") &&
               !equals_ignoring_case(value, "7bit")) {
      return malformed("A part must not have a transfer encoding.");
    }
  }
  if (!has_disposition) return malformed("A part must say its name.");
  return part;
}

}  // namespace

bool is_form_data(std::string_view content_type) {
  return equals_ignoring_case(trim_white_space(content_type.substr(0, content_type.find(';'))),
                              media_type);
}

Result<std::vector<FormPart>> parse_form_data(std::string_view content_type,
                                              std::string_view body) {
  const auto boundary = boundary_of(content_type);
  if (!boundary) return malformed("The Content-Type must name one boundary.");
  const std::string opening = "--" + std::string(*boundary);
  const std::string delimiter = std::string(line_end) + opening;
  if (!body.starts_with(opening)) return malformed("The body must begin with its boundary.");
  body.remove_prefix(opening.size());
  std::vector<FormPart> parts;
  while (!body.starts_with("--")) {
    if (!body.starts_with(line_end)) return malformed("A boundary must end its line.");
    if (parts.size() == max_form_parts) return malformed("The form has too many parts.");
    body.remove_prefix(line_end.size());
    const auto head_end = body.substr(0, max_head_bytes).find("\r\n\r\n");
    if (head_end == std::string_view::npos) return malformed("A part has no head, or a long one.");
    auto part = read_head(body.substr(0, head_end));
    if (!part) return refuse(std::move(part.error()));
    body.remove_prefix(head_end + 4);
    const auto end = body.find(delimiter);
    if (end == std::string_view::npos) return malformed("The last boundary is missing.");
    part->content = body.substr(0, end);
    parts.push_back(std::move(*part));
    body.remove_prefix(end + delimiter.size());
  }
  body.remove_prefix(2);
  if (!body.empty() && body != line_end) return malformed("There is more after the last boundary.");
  return parts;
}

}  // namespace frontdesk::http
