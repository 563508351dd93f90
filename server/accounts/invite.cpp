#include "access/access.hpp"
#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/invitation_dispatch.hpp"
#include "accounts/opaque_token.hpp"
#include "accounts/reset_store.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

#include <algorithm>
#include <vector>

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  const Invitation& invitation;
  const std::vector<access::Role>& roles;
  const std::string& password_hash;
  const Options& options;
  const queue::Outbox& outbox;
};

Error forbidden_role() {
  return {.kind = ErrorKind::forbidden,
          .code = "forbidden",
          .message = "This role may do what you may not: you cannot give it to anybody."};
}

// R17: nobody grants what they do not hold.
Result<void> check_role(const std::vector<access::Role>& roles, const Actor& actor, RoleId wanted) {
  const auto role = std::ranges::find(roles, wanted, &access::Role::id);
  if (role == roles.end()) {
    return refuse(invalid_field("role_id", "not_found", "There is no such role."));
  }
  if (!actor.permissions.includes(role->permissions)) return refuse(forbidden_role());
  return {};
}

audit::Entry entry_of(const Invitation& invitation, std::optional<UserId> user,
                      const char* outcome) {
  audit::Entry entry{
      .action = "user.invite", .subject_type = "user", .subject_id = {}, .outcome = outcome};
  if (user) entry.subject_id = *user;
  entry.details["role_id"] = invitation.role.to_string();
  return entry;
}

// Who is invited already is so anew, and the links of before are void: that is how a wrong role is
// put right.
Task<Result<UserId>> invite_again(db::Connection& connection, const Call& call,
                                  const store::Invited& invited) {
  const auto allowed = check_role(call.roles, call.actor, invited.role);
  if (!allowed) co_return refuse(allowed.error());
  co_await store::update_invited(connection, invited.id, call.invitation);
  co_await store::delete_resets(connection, invited.id);
  co_return invited.id;
}

Task<Result<UserId>> insert_invited(db::Connection& connection, const Call& call) {
  // First, as who proves the address does: or each would wait for the other.
  co_await store::delete_registrations(connection, call.invitation.email);
  const auto user = UserId::generate();
  const auto inserted =
      co_await store::insert_invited(connection, user, call.invitation, call.password_hash);
  if (!inserted) co_return refuse(inserted.error());
  co_return user;
}

Task<Result<Account>> invite_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto invited = co_await store::lock_invited(connection, call.invitation.email);
  const auto user = invited ? co_await invite_again(connection, call, *invited)
                            : co_await insert_invited(connection, call);
  if (!user) co_return refuse(user.error());
  auto account = co_await store::account(connection, *user);
  const auto inviter = co_await store::account(connection, *call.actor.user);
  ENSURE(account && inviter);

  const InvitationMail mail{.user = *user,
                            .to = account->email,
                            .role_name = account->role_name,
                            .locale = account->locale,
                            .lifetime = call.options.invitation_lifetime,
                            .inviter = inviter->name};
  db::Batch batch;
  send_invitation(batch, call.outbox, mail, call.options);
  audit::record(batch, call.actor, entry_of(call.invitation, *user, "success"));
  co_await connection.execute_batch(std::move(batch));
  co_return std::move(*account);
}

// Not in the transaction, which has come to nothing.
Task<void> audit_denial(db::Pool& pool, Deadline deadline, const Actor& actor,
                        const Invitation& invitation, const Error& error) {
  if (error.kind != ErrorKind::forbidden) co_return;
  const auto lease = co_await pool.acquire(deadline);
  co_await audit::record(*lease, actor, entry_of(invitation, std::nullopt, "refused"));
}

}  // namespace

Task<Result<Account>> Accounts::invite(const Actor& actor, const Invitation& invitation,
                                       Deadline deadline) {
  ENSURE(actor.user.has_value());
  auto slot = shared_.hasher.admit();
  if (!slot) co_return refuse(std::move(slot.error()));
  std::vector<access::Role> roles;
  {
    const auto lease = co_await pool_.acquire(deadline);
    roles = co_await access::roles(*lease);
  }
  if (const auto allowed = check_role(roles, actor, invitation.role); !allowed) {
    co_await audit_denial(pool_, deadline, actor, invitation, allowed.error());
    co_return refuse(allowed.error());
  }
  // That of a password that nobody knows: comparing with it takes as long as with any (R05).
  const auto hash =
      co_await shared_.hasher.hash(*slot, OpaqueToken::generate(refresh_token_bytes).text);
  Call call{actor, invitation, roles, hash, shared_.options, outbox_};
  auto invited = co_await db::in_transaction(pool_, deadline, &invite_in, call);
  if (!invited) co_await audit_denial(pool_, deadline, actor, invitation, invited.error());
  co_return invited;
}

}  // namespace frontdesk::accounts
