#pragma once

#include "core/email_address.hpp"
#include "core/error.hpp"

#include <optional>
#include <string_view>

namespace frontdesk::accounts {

/// What is wrong with a new password, as the error of `field`; nullopt where it will do (R06).
///
/// 8 to 128 characters of any kind, without rules of composition. Refused when it is, in any
/// spelling of case and width, a common password, the product's name, or the owner's e-mail address
/// or the part of it before the `@` (where the owner is known).
std::optional<FieldError> check_password(std::string_view field, std::string_view password,
                                         const std::optional<EmailAddress>& owner);

/// Whether the list of common passwords has it, which knows folded ones of 8 characters and more.
bool is_common_password(std::string_view folded);

}  // namespace frontdesk::accounts
