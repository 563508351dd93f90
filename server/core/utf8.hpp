#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace frontdesk {

/// The number of code points in `text`; nullopt unless all of it is well-formed UTF-8 (Unicode
/// 15.0 table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF, nothing cut short.
std::optional<std::size_t> count_code_points(std::string_view text);

/// Whether `text` is well-formed UTF-8.
inline bool is_utf8(std::string_view text) {
  return count_code_points(text).has_value();
}

}  // namespace frontdesk
