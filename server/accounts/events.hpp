#pragma once

#include "accounts/one_time_code.hpp"
#include "accounts/options.hpp"
#include "core/email_address.hpp"
#include "core/instant.hpp"
#include "core/uuid.hpp"
#include "queue/message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// What the accounts feature has people told, as events of the outbox (ADR 0008). Those that go to
/// an address, which may be a stranger's, hold nothing that somebody typed but the name of who
/// invites.
namespace frontdesk::accounts {

/// In whose language a code is written: an account's, or that of a BCP 47 tag; neither: the
/// business's.
struct CodeReader {
  std::optional<UserId> user = {};
  std::string locale = {};
};

/// A code that proves an address: `auth.code`, or `auth.email_change` for an account that moves
/// there.
queue::Message code_event(CodePurpose purpose, const EmailAddress& to, std::string_view code,
                          const CodeRules& rules, const CodeReader& reader);

/// A code that proves the phone number of an account, by SMS.
queue::Message phone_code_event(const std::string& phone, UserId user, std::string_view code,
                                const CodeRules& rules);

/// To an address that has an account, when somebody wants it for another one (R05). `owner` is
/// whose it is.
queue::Message known_address_event(const EmailAddress& to, UserId owner,
                                   std::string_view public_origin);

/// To the owner of a session that ended because a spent refresh token came back (R13).
queue::Message token_reused_event(UserId user, std::string_view public_origin);

/// A code, and a link with a token, to choose a new password by. The link leads to the public
/// origin (R09); its token is a fragment, which no server log and no Referer ever sees.
queue::Message password_reset_event(UserId user, std::string_view code, std::string_view token,
                                    const Options& options);

/// To the address of an invited account: a link with a token, as in password_reset_event, to choose
/// its first password by.
struct InvitationMail {
  UserId user;
  std::string to;
  std::string role_name;
  std::string locale;                       ///< BCP 47
  std::chrono::seconds lifetime;            ///< of the link
  std::optional<std::string> inviter = {};  ///< nobody where the reader asked for it once more
};
queue::Message invitation_event(const InvitationMail& invitation, std::string_view token,
                                const Options& options);

/// To the owner of an account whose password was changed or reset (R09).
queue::Message password_changed_event(UserId user, std::string_view public_origin);

/// To the old address of an account that has moved to another one, which it does not name (R09).
queue::Message email_changed_event(const std::string& to, UserId user,
                                   std::string_view public_origin);

/// To somebody whose address has just been proved.
queue::Message welcome_event(UserId user, std::string_view name, std::string_view public_origin);

/// A login from where none was before.
struct NewLogin {
  UserId user;
  Instant at;
  std::optional<std::string> device;
  std::string address;  ///< of the client
};
queue::Message new_login_event(const NewLogin& login, std::string_view public_origin);

}  // namespace frontdesk::accounts
