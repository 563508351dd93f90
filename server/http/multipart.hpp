#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// multipart/form-data (RFC 7578), as strictly as browsers and mobile clients write it.
namespace frontdesk::http {

struct FormPart {
  std::string name;
  bool is_file = false;                ///< it has a file name, which nobody needs
  std::string_view content_type = {};  ///< as sent; empty where it says nothing
  std::string_view content = {};       ///< a view into the body
};

inline constexpr std::size_t max_form_parts = 8;

/// Whether a Content-Type is multipart/form-data; is_form_data("multipart/form-data") is true
/// without a boundary as well.
bool is_form_data(std::string_view content_type);

/// The parts of a body in their order. Refuses with 400 `malformed_body`: no boundary or a bad one,
/// a preamble or an epilogue, a part without a name or with one twice, a Content-Transfer-Encoding,
/// more than eight parts, heads of more than 2 KB, an end that is missing.
Result<std::vector<FormPart>> parse_form_data(std::string_view content_type, std::string_view body);

}  // namespace frontdesk::http
