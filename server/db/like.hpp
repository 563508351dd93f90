#pragma once

#include <string>
#include <string_view>

namespace frontdesk::db {

/// The LIKE pattern that finds `text` anywhere, its own %, _ and \ taken literally (R32).
inline std::string like_containing(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
    pattern.push_back(c);
  }
  pattern.push_back('%');
  return pattern;
}

}  // namespace frontdesk::db
