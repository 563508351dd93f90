#include "core/language_tag.hpp"

#include <algorithm>

namespace frontdesk {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_letter_or_digit(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

}  // namespace

bool is_language_tag(std::string_view text) {
  for (bool first = true;; first = false) {
    const auto part = text.substr(0, text.find('-'));
    const bool fits =
        first ? part.size() >= 2 && part.size() <= 3 && std::ranges::all_of(part, is_letter)
              : !part.empty() && part.size() <= 8 && std::ranges::all_of(part, is_letter_or_digit);
    if (!fits) return false;
    if (part.size() == text.size()) return true;
    text.remove_prefix(part.size() + 1);
  }
}

}  // namespace frontdesk
