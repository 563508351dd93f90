#include "accounts/password_policy.hpp"

#include "accounts/common_passwords.hpp"
#include "core/utf8.hpp"

#include <string>

namespace frontdesk::accounts {
namespace {

constexpr std::size_t min_characters = 8;
constexpr std::size_t max_characters = 128;
constexpr std::string_view product_name = "frontdesk";

FieldError bad(std::string_view field, const char* code, const char* message) {
  return {std::string(field), code, message};
}

}  // namespace

bool is_common_password(std::string_view folded) {
  // The list is one sorted text with a line for each password: halving it needs no index, so it
  // costs no memory of its own.
  std::string_view left = common_passwords;
  while (!left.empty()) {
    const auto middle = left.size() / 2;
    const auto before = left.rfind('\n', middle == 0 ? 0 : middle - 1);
    const auto start = before == std::string_view::npos || middle == 0 ? 0 : before + 1;
    const auto end = left.find('\n', start);
    const auto line = left.substr(start, end - start);
    if (line == folded) return true;
    left = folded < line ? left.substr(0, start) : left.substr(end + 1);
  }
  return false;
}

std::optional<FieldError> check_password(std::string_view field, std::string_view password,
                                         const std::optional<EmailAddress>& owner) {
  const auto characters = count_code_points(password);
  if (!characters) return bad(field, "invalid", "This is not text.");
  if (*characters < min_characters) {
    return bad(field, "too_short", "A password has at least 8 characters.");
  }
  if (*characters > max_characters) {
    return bad(field, "too_long", "A password has at most 128 characters.");
  }
  const auto folded = fold_case(password);
  if (!folded) return bad(field, "invalid", "This is not text.");
  if (*folded == product_name || is_common_password(*folded)) {
    return bad(field, "too_common", "Many people use this password. Choose another one.");
  }
  if (owner && (*folded == owner->text() || *folded == owner->local_part())) {
    return bad(field, "same_as_email", "Choose a password that is not your e-mail address.");
  }
  return std::nullopt;
}

}  // namespace frontdesk::accounts
