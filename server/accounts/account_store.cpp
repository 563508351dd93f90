#include "accounts/account_store.hpp"

#include "access/access.hpp"
#include "accounts/statements.hpp"

namespace frontdesk::accounts::store {
EmailAddress stored_address(std::string_view text) {
  auto address = EmailAddress::parse(text);
  if (!address) throw Fault("users.email holds what is no e-mail address", unavailable());
  return std::move(*address);
}

Task<std::optional<Account>> account(db::Connection& connection, UserId id) {
  const auto rows = co_await connection.execute(sql::find_account, id);
  if (rows.empty()) co_return std::nullopt;
  const auto row = rows[0];
  co_return Account{
      .id = row.get<UserId>(0),
      .name = row.get<std::string>(1),
      .email = row.get<std::string>(2),
      .email_verified = row.get<bool>(3),
      .phone = row.get<std::optional<std::string>>(4),
      .phone_verified = row.get<bool>(13),
      .locale = row.get<std::string>(5),
      .timezone = row.get<std::optional<std::string>>(6),
      .created_at = row.get<Instant>(7),
      .updated_at = row.get<Instant>(8),
      .version = row.get<std::int64_t>(9),
      .role = row.get<RoleId>(10),
      .role_name = row.get<std::string>(11),
      .permissions = access::permissions_from_ids(row.get<std::vector<std::int16_t>>(12)),
      .avatar = media::read_image(row, 14),
      .status = row.get<std::string>(22)};
}

Task<std::optional<Account>> lock_account(db::Connection& connection, UserId id) {
  const auto locked = co_await connection.execute(sql::lock_account, id);
  if (locked.empty()) co_return std::nullopt;
  co_return co_await account(connection, id);
}

Task<void> update_account(db::Connection& connection, Account& account) {
  const auto rows =
      co_await connection.execute(sql::update_account, account.id, account.name, account.phone,
                                  account.phone_verified, account.locale, account.timezone);
  account.updated_at = rows[0].get<Instant>(0);
  account.version = rows[0].get<std::int64_t>(1);
}

Task<void> set_avatar(db::Connection& connection, Account& account,
                      const media::TakenImage* taken) {
  std::optional<media::ImageId> id;
  if (taken != nullptr) id = taken->id;
  const auto rows = co_await connection.execute(sql::set_avatar, account.id, id);
  account.updated_at = rows[0].get<Instant>(0);
  account.version = rows[0].get<std::int64_t>(1);
  account.avatar.reset();
  if (taken != nullptr) account.avatar = taken->image;
}

Error email_taken() {
  return {.kind = ErrorKind::conflict,
          .code = "email_taken",
          .message = "This e-mail address has an account already."};
}

Task<Result<void>> insert_account(db::Connection& connection, UserId id, RoleId role,
                                  const EmailAddress& email, const TakenRegistration& person) {
  try {
    co_await connection.execute(sql::insert_user, id, role, person.name, email.text(),
                                person.password_hash, person.phone, person.locale, person.timezone);
  } catch (const db::SqlError& error) {
    if (error.constraint() != "users_email_unique") throw;
    co_return refuse(email_taken());
  }
  co_return Result<void>();
}

Task<Result<void>> insert_invited(db::Connection& connection, UserId id,
                                  const Invitation& invitation, const std::string& password_hash) {
  try {
    co_await connection.execute(sql::insert_invited_user, id, invitation.role, invitation.name,
                                invitation.email.text(), password_hash, invitation.locale);
  } catch (const db::SqlError& error) {
    if (error.constraint() != "users_email_unique") throw;
    co_return refuse(email_taken());
  }
  co_return Result<void>();
}

Task<std::optional<Invited>> lock_invited(db::Connection& connection, const EmailAddress& address) {
  const auto rows = co_await connection.execute(sql::lock_invited_user, address.text());
  if (rows.empty()) co_return std::nullopt;
  co_return Invited{.id = rows[0].get<UserId>(0), .role = rows[0].get<RoleId>(1)};
}

Task<void> update_invited(db::Connection& connection, UserId id, const Invitation& invitation) {
  co_await connection.execute(sql::update_invited_user, id, invitation.role, invitation.name,
                              invitation.locale);
}

Task<std::optional<LoginRow>> login(db::Connection& connection, const EmailAddress& address) {
  const auto rows = co_await connection.execute(sql::find_login, address.text());
  if (rows.empty()) co_return std::nullopt;
  co_return LoginRow{.id = rows[0].get<UserId>(0),
                     .password_hash = rows[0].get<std::string>(1),
                     .usable = rows[0].get<bool>(2)};
}

Task<std::optional<OwnLogin>> own_login(db::Connection& connection, UserId id) {
  const auto rows = co_await connection.execute(sql::find_own_login, id);
  if (rows.empty()) co_return std::nullopt;
  co_return OwnLogin{.login = {.id = rows[0].get<UserId>(0),
                               .password_hash = rows[0].get<std::string>(1),
                               .usable = rows[0].get<bool>(2)},
                     .email = stored_address(rows[0].get<std::string_view>(3))};
}

Task<std::optional<std::string>> lock_usable(db::Connection& connection, UserId id) {
  const auto rows = co_await connection.execute(sql::lock_usable_account, id);
  if (rows.empty()) co_return std::nullopt;
  co_return rows[0].get<std::string>(0);
}

Task<std::optional<Openable>> lock_openable(db::Connection& connection, UserId id) {
  const auto rows = co_await connection.execute(sql::lock_openable_account, id);
  if (rows.empty()) co_return std::nullopt;
  co_return Openable{.name = rows[0].get<std::string>(0),
                     .password_hash = rows[0].get<std::string>(1),
                     .invited = rows[0].get<bool>(2)};
}

Task<void> activate(db::Connection& connection, UserId id) {
  co_await connection.execute(sql::activate_invited_user, id);
}

Task<void> replace_hash(db::Connection& connection, UserId id, const std::string& old_hash,
                        const std::string& new_hash) {
  co_await connection.execute(sql::update_password_hash, id, old_hash, new_hash);
}

}  // namespace frontdesk::accounts::store
