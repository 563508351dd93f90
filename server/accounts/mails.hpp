#pragma once

#include "accounts/options.hpp"
#include "core/email_address.hpp"
#include "core/uuid.hpp"
#include "queue/message.hpp"

#include <string>
#include <string_view>

/// What the accounts feature writes to people. Texts hold nothing that a stranger typed.
namespace frontdesk::accounts {

/// `Your code is 123456`
queue::Message code_mail(const EmailAddress& to, std::string_view code, const CodeRules& rules);

/// To an address that has an account, when somebody wants it for another one (R05).
queue::Message known_address_mail(const EmailAddress& to, std::string_view public_origin);

/// To the owner of a session that ended because a spent refresh token came back (R13).
queue::Message token_reused_mail(const std::string& to, UserId user,
                                 std::string_view public_origin);

/// A code, and a link with a token, to choose a new password by. The link leads to the public
/// origin (R09); its token is a fragment, which no server log and no Referer ever sees.
queue::Message password_reset_mail(const EmailAddress& to, UserId user, std::string_view code,
                                   std::string_view token, const Options& options);

/// To the owner of an account whose password was changed or reset (R09).
queue::Message password_changed_mail(const EmailAddress& to, UserId user,
                                     std::string_view public_origin);

/// To the old address of an account that has moved to another one, which it does not name (R09).
queue::Message email_changed_mail(const std::string& to, UserId user,
                                  std::string_view public_origin);

}  // namespace frontdesk::accounts
