#pragma once

#include "core/email_address.hpp"
#include "core/instant.hpp"
#include "core/permission.hpp"
#include "core/secret.hpp"
#include "core/uuid.hpp"
#include "media/image.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::accounts {

/// A person's account with its role, as its owner sees it.
struct Account {
  UserId id;
  std::string name;
  std::string email;  ///< normalised (R04)
  bool email_verified = false;
  std::optional<std::string> phone;  ///< E.164
  bool phone_verified = false;
  std::string locale;                   ///< BCP 47
  std::optional<std::string> timezone;  ///< IANA
  Instant created_at;
  Instant updated_at;
  std::int64_t version = 1;
  RoleId role;
  std::string role_name;
  PermissionSet permissions;
  std::optional<media::Image> avatar = {};  ///< with a ticket (media::Links)
  std::string status = {};                  ///< invited, active or disabled
};

/// What a person changes of their own account. What is absent stays as it is.
struct AccountChange {
  std::optional<std::string> name = {};
  std::optional<std::optional<std::string>> phone = {};  ///< an empty one takes it away
  std::optional<std::string> locale = {};
  std::optional<std::optional<std::string>> timezone = {};  ///< as phone
};

/// Carries a change out and says which fields now differ, by their names in the API. Another phone
/// number is one that nobody has verified.
std::vector<std::string_view> apply(const AccountChange& change, Account& account);

/// Someone who wants an account. The password has passed check_password.
struct Registration {
  std::string name;
  EmailAddress email;
  Secret password;
  std::optional<std::string> phone = {};
  std::string locale = "en";
  std::optional<std::string> timezone = {};
};

/// An account that needs no registration: made by an operator.
struct NewAccount {
  std::string name;
  EmailAddress email;
  Secret password;
  RoleId role;  ///< one that exists
};

/// Somebody who is to have a login. They choose its password themselves.
struct Invitation {
  std::string name;
  EmailAddress email;
  RoleId role;
  std::optional<std::string> locale = {};  ///< BCP 47; nothing: the business's
};

/// A code is on its way, or the address gets a mail that says why not: nobody else can tell (R05).
struct CodeSent {
  EmailAddress email;
  Instant expires_at;
  Instant resend_after;  ///< the next code may be asked for
};

/// A code is on its way to a phone.
struct PhoneCodeSent {
  std::string phone;  ///< E.164
  Instant expires_at;
  Instant resend_after;  ///< the next code may be asked for
};

struct PendingRegistration {
  Uuid id;
  CodeSent sent;
};

struct EmailVerification {
  EmailAddress email;
  std::string code;
  std::optional<Uuid> registration;  ///< without it only a sole registration matches (R04)
};

struct Credentials {
  EmailAddress email;
  Secret password;
  std::optional<std::string> device_name = {};
};

/// A person's own password, to be replaced.
struct PasswordChange {
  Secret current;
  Secret wanted;  ///< has passed check_password, but for its owner's address
};

/// Where a person's account is to move to.
struct EmailChange {
  EmailAddress email;
  Secret current_password;
};

/// A password that nobody remembers, to be replaced. Either by email and code, or by the token of
/// the mail's link; then email may be there as well.
struct PasswordReset {
  std::optional<EmailAddress> email;
  std::optional<std::string> code;
  std::optional<Secret> token;
  Secret password;  ///< has passed check_password, but for an owner whom email does not name
};

/// What a session is used with.
struct TokenPair {
  std::string access_token;  ///< JWT
  std::chrono::seconds access_lifetime;
  std::string refresh_token;              ///< opaque, good once
  std::chrono::seconds refresh_lifetime;  ///< what is left of the family's (R13)
};

/// A place where an account is logged in.
struct Session {
  SessionId id;
  std::optional<std::string> device_name;
  std::string address;  ///< of the client, when the session was last renewed
  Instant created_at;
  Instant last_used_at;  ///< when its tokens were last renewed
  Instant expires_at;    ///< thirty days from the login, never sliding (R13)
  bool current = false;  ///< the one that asks
};

/// Where a page of sessions goes on: the newest login comes first.
struct SessionKey {
  Instant created_at;
  SessionId id;
};

struct LoggedIn {
  TokenPair tokens;
  Account account;
};

}  // namespace frontdesk::accounts
