#pragma once

#include "accounts/account.hpp"
#include "accounts/registration_store.hpp"
#include "core/error.hpp"
#include "db/connection.hpp"
#include "media/media.hpp"

#include <optional>

/// Accounts, logins and their locks: with the other stores the only place that names SQL.
namespace frontdesk::accounts::store {

/// An address as the table holds it: normalising it again changes nothing (R04). Throws Fault where
/// it is none.
EmailAddress stored_address(std::string_view text);

Task<std::optional<Account>> account(db::Connection& connection, UserId id);

/// The same; nobody else changes it until the transaction ends.
Task<std::optional<Account>> lock_account(db::Connection& connection, UserId id);

/// Writes what apply() may have changed of a locked account, and reads its new version.
Task<void> update_account(db::Connection& connection, Account& account);

/// Names the avatar of a locked account, or none, and reads its new version.
Task<void> set_avatar(db::Connection& connection, Account& account, const media::TakenImage* taken);

/// 409 `email_taken`: the address has an account.
Error email_taken();

/// Refuses with email_taken().
Task<Result<void>> insert_account(db::Connection& connection, UserId id, RoleId role,
                                  const EmailAddress& email, const TakenRegistration& person);

/// An account with the status `invited` and an address that nobody has proved. Refuses with
/// email_taken().
Task<Result<void>> insert_invited(db::Connection& connection, UserId id,
                                  const Invitation& invitation, const std::string& password_hash);

/// The account of an address whose owner is invited; nobody else changes it until the transaction
/// ends.
struct Invited {
  UserId id;
  RoleId role;
};
Task<std::optional<Invited>> lock_invited(db::Connection& connection, const EmailAddress& address);

/// Replaces name, role and language of an invited account.
Task<void> update_invited(db::Connection& connection, UserId id, const Invitation& invitation);

/// What a login is judged by.
struct LoginRow {
  UserId id;
  std::string password_hash;
  bool usable = false;  ///< verified, and not disabled
};
Task<std::optional<LoginRow>> login(db::Connection& connection, const EmailAddress& address);

/// The same of an account whose owner is logged in, with the address that it has now.
struct OwnLogin {
  LoginRow login;
  EmailAddress email;
};
Task<std::optional<OwnLogin>> own_login(db::Connection& connection, UserId id);

/// The hash of an account that may log in now; its row stays as it is until the transaction ends.
Task<std::optional<std::string>> lock_usable(db::Connection& connection, UserId id);

/// An account that a new password opens: one that may log in, or one whose owner is invited. Its
/// row stays as it is until the transaction ends.
struct Openable {
  std::string name;
  std::string password_hash;
  bool invited = false;
};
Task<std::optional<Openable>> lock_openable(db::Connection& connection, UserId id);

/// Makes an invited account an active one, whose address is proved.
Task<void> activate(db::Connection& connection, UserId id);

/// Unless the password was changed since `old_hash`.
Task<void> replace_hash(db::Connection& connection, UserId id, const std::string& old_hash,
                        const std::string& new_hash);

}  // namespace frontdesk::accounts::store
