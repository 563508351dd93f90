#include "core/email_address.hpp"

#include "core/utf8.hpp"

#include <cstdlib>
#include <memory>

#include <utf8proc.h>

namespace frontdesk {
namespace {

constexpr std::size_t max_local_bytes = 64;  // RFC 5321 section 4.5.3.1.1
constexpr std::size_t max_label_bytes = 63;  // RFC 1035 section 2.3.4
// Before folding: longer than any spelling of an address that would fit.
constexpr std::size_t max_input_bytes = 4 * EmailAddress::max_bytes;

// Characters that cannot be seen, or that mean nothing yet.
bool is_hidden(utf8proc_int32_t code_point) {
  const auto* properties = utf8proc_get_property(code_point);
  if (properties->ignorable) return true;
  switch (properties->category) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return false;
  }
}

bool has_hidden_character(std::string_view text) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point = 0;
    const auto length = utf8proc_iterate(at, left, &code_point);
    if (length <= 0 || is_hidden(code_point)) return true;
    at += length;
    left -= length;
  }
  return false;
}

std::string_view trim_spaces(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// atext of RFC 5322, and of RFC 6532 beyond ASCII; upper case has been folded away.
bool is_local_character(char c) {
  return is_letter_or_digit(c) ||
         (c != '\0' && std::string_view("!#$%&'*+-/=?^_`{|}~").contains(c));
}

bool is_local_atom(std::string_view atom) {
  if (atom.empty()) return false;
  for (const char c : atom) {
    if (!is_local_character(c)) return false;
  }
  return true;
}

bool is_domain_label(std::string_view label) {
  if (label.empty() || label.size() > max_label_bytes) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  for (const char c : label) {
    if (!is_letter_or_digit(c) && c != '-') return false;
  }
  return true;
}

// Whether `text` is at least `least` parts joined by dots, each of which passes.
bool is_dotted(std::string_view text, std::size_t least, bool (*is_part)(std::string_view)) {
  std::size_t parts = 0;
  for (;;) {
    const auto dot = text.find('.');
    if (!is_part(text.substr(0, dot))) return false;
    ++parts;
    if (dot == std::string_view::npos) return parts >= least;
    text.remove_prefix(dot + 1);
  }
}

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at > max_local_bytes) return false;
  return is_dotted(text.substr(0, at), 1, is_local_atom) &&
         is_dotted(text.substr(at + 1), 2, is_domain_label);
}

}  // namespace

std::optional<std::string> fold_case(std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  utf8proc_uint8_t* folded = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                      UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &folded, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(folded, &std::free);
  if (size < 0) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
}

std::optional<EmailAddress> EmailAddress::parse(std::string_view text) {
  if (text.size() > max_input_bytes || !is_utf8(text) || has_hidden_character(text)) {
    return std::nullopt;
  }
  auto folded = fold_case(text);
  // Folding may leave a spelling that folds once more; an address needs one form only.
  for (int round = 0; folded && round < 2; ++round) {
    auto again = fold_case(*folded);
    if (again == folded) break;
    folded = std::move(again);
  }
  if (!folded || has_hidden_character(*folded)) return std::nullopt;
  std::string address(trim_spaces(*folded));
  if (address.size() > max_bytes || !is_address(address)) return std::nullopt;
  return EmailAddress(std::move(address));
}

}  // namespace frontdesk
