#include "accounts/session_store.hpp"

#include "access/access.hpp"
#include "accounts/statements.hpp"

namespace frontdesk::accounts::store {
namespace {

std::vector<SessionId> ids_of(const db::Rows& rows) {
  std::vector<SessionId> ids;
  for (const db::Row row : rows) ids.push_back(row.get<SessionId>(0));
  return ids;
}

}  // namespace

Task<void> insert_session(db::Connection& connection, const NewSession& session) {
  co_await connection.execute(sql::insert_session, session.id, session.user, session.device_name,
                              session.address, static_cast<double>(session.lifetime.count()));
}

Task<std::vector<EarlierLogin>> earlier_logins(db::Connection& connection, UserId user) {
  const auto rows = co_await connection.execute(sql::find_earlier_logins, user);
  std::vector<EarlierLogin> logins;
  for (const db::Row row : rows) {
    logins.push_back({row.get<std::optional<std::string>>(0), row.get<std::string>(1)});
  }
  co_return logins;
}

Task<std::vector<SessionId>> end_oldest_sessions(db::Connection& connection, UserId user,
                                                 std::int64_t keep) {
  co_return ids_of(co_await connection.execute(sql::end_oldest_sessions, user, keep));
}

Task<void> insert_refresh_token(db::Connection& connection, const Sha256Digest& token,
                                SessionId session) {
  co_await connection.execute(sql::insert_refresh_token, token, session);
}

Task<std::optional<UsedToken>> use_refresh_token(db::Connection& connection,
                                                 const Sha256Digest& token) {
  const auto rows = co_await connection.execute(sql::use_refresh_token, token);
  if (rows.empty()) co_return std::nullopt;
  co_return UsedToken{.session = rows[0].get<SessionId>(0),
                      .user = rows[0].get<UserId>(1),
                      .left = std::chrono::seconds(rows[0].get<std::int64_t>(2))};
}

Task<void> touch_session(db::Connection& connection, SessionId session,
                         const std::string& address) {
  co_await connection.execute(sql::touch_session, session, address);
}

Task<std::optional<KnownToken>> find_refresh_token(db::Connection& connection,
                                                   const Sha256Digest& token) {
  const auto rows = co_await connection.execute(sql::find_refresh_token, token);
  if (rows.empty()) co_return std::nullopt;
  co_return KnownToken{.session = rows[0].get<SessionId>(0),
                       .used = rows[0].get<bool>(1),
                       .user = rows[0].get<UserId>(2)};
}

Task<Page<Session>> sessions(db::Connection& connection, UserId user,
                             PageRequest<SessionKey> page) {
  std::optional<Instant> created_at;
  std::optional<SessionId> id;
  if (page.after) {
    created_at = page.after->created_at;
    id = page.after->id;
  }
  const auto rows = co_await connection.execute(sql::list_sessions, user, created_at, id,
                                                std::int64_t{page.limit} + 1);
  std::vector<Session> items;
  for (const db::Row row : rows) {
    items.push_back({.id = row.get<SessionId>(0),
                     .device_name = row.get<std::optional<std::string>>(1),
                     .address = row.get<std::string>(2),
                     .created_at = row.get<Instant>(3),
                     .last_used_at = row.get<Instant>(4),
                     .expires_at = row.get<Instant>(5)});
  }
  std::optional<std::int64_t> total;
  if (page.with_total) {
    const auto counted = co_await connection.execute(sql::count_sessions, user);
    total = counted[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(items), page.limit, total);
}

Task<bool> end_session(db::Connection& connection, SessionId session, UserId user) {
  const auto rows = co_await connection.execute(sql::end_session, session, user);
  co_return !rows.empty();
}

Task<std::optional<SessionId>> end_session_of(db::Connection& connection, const Sha256Digest& token,
                                              UserId user) {
  const auto rows = co_await connection.execute(sql::end_session_of_token, token, user);
  if (rows.empty()) co_return std::nullopt;
  co_return rows[0].get<SessionId>(0);
}

Task<std::vector<SessionId>> end_all_sessions(db::Connection& connection, UserId user) {
  // The sessions first: one that is being deleted meanwhile has then let go of its device.
  auto ended = ids_of(co_await connection.execute(sql::end_all_sessions, user));
  co_await connection.execute(sql::delete_devices_without_login, user);
  co_return ended;
}

Task<std::vector<SessionId>> end_other_sessions(db::Connection& connection, UserId user,
                                                SessionId but) {
  auto ended = ids_of(co_await connection.execute(sql::end_other_sessions, user, but));
  co_await connection.execute(sql::delete_devices_without_login, user);
  co_return ended;
}

Task<std::optional<LiveSession>> live_session(db::Connection& connection, SessionId session) {
  const auto rows = co_await connection.execute(sql::find_live_session, session);
  if (rows.empty()) co_return std::nullopt;
  const auto row = rows[0];
  co_return LiveSession{
      .user = row.get<UserId>(0),
      .staff = row.get<std::optional<StaffId>>(2),
      .permissions = access::permissions_from_ids(row.get<std::vector<std::int16_t>>(1))};
}

Task<std::int64_t> clean(db::Connection& connection, std::int64_t limit, int account_failures) {
  std::int64_t deleted = 0;
  for (const auto* statement : {&sql::delete_old_registrations, &sql::delete_old_code_sends,
                                &sql::delete_ended_sessions, &sql::delete_old_login_attempts,
                                &sql::delete_idle_login_locks, &sql::delete_old_password_resets,
                                &sql::delete_old_email_changes, &sql::delete_old_phone_codes}) {
    const auto rows = co_await connection.execute(*statement, limit);
    deleted += rows.affected();
  }
  const auto rows =
      co_await connection.execute(sql::delete_idle_login_failures, limit, account_failures);
  co_return deleted + rows.affected();
}

}  // namespace frontdesk::accounts::store
