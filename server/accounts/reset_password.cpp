#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/code_dispatch.hpp"
#include "accounts/events.hpp"
#include "accounts/login_store.hpp"
#include "accounts/password_policy.hpp"
#include "accounts/reset_store.hpp"
#include "accounts/session_store.hpp"
#include "audit/audit.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

/// A code or a link that was right.
struct Match {
  Uuid reset;
  EmailAddress email;
  Sha256Digest proof;
};

struct Call {
  const Actor& actor;
  const Match& match;
  const std::string& new_hash;
  const Shared& shared;
  const queue::Outbox& outbox;
};

// A guess at a code is taken before it is compared, and never given back (R01). A link is not
// guessed at: it has 128 bits.
Task<std::optional<Match>> find_match(db::Connection& connection, const Shared& shared,
                                      const PasswordReset& reset) {
  if (reset.token) {
    const auto digest = sha256(reset.token->reveal());
    auto link = co_await store::find_reset(connection, digest);
    if (!link || (reset.email && *reset.email != link->email)) co_return std::nullopt;
    co_return Match{.reset = link->reset, .email = std::move(link->email), .proof = digest};
  }
  const auto expected = co_await store::guess_reset(connection, *reset.email, shared.options.codes);
  if (!expected) co_return std::nullopt;
  const auto given =
      shared.codes.seal(CodePurpose::password_reset, expected->reset, *reset.email, *reset.code);
  if (!equal_in_constant_time(given, expected->code)) co_return std::nullopt;
  co_return Match{.reset = expected->reset, .email = *reset.email, .proof = expected->code};
}

Task<Result<std::vector<SessionId>>> reset_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto address = call.shared.address_hmac(call.match.email);
  co_await store::lock_address(connection, address);
  const auto user = co_await store::take_reset(connection, call.match.reset, call.match.proof);
  if (!user) co_return refuse(code_invalid());
  const auto account = co_await store::lock_openable(connection, *user);
  if (!account) co_return refuse(code_invalid());

  co_await store::replace_hash(connection, *user, account->password_hash, call.new_hash);
  if (account->invited) co_await store::activate(connection, *user);
  co_await store::delete_resets(connection, *user);
  co_await store::clear_lockouts(connection, address);
  auto ended = co_await store::end_all_sessions(connection, *user);
  const auto& origin = call.shared.options.public_origin;
  const auto event = account->invited ? welcome_event(*user, account->name, origin)
                                      : password_changed_event(*user, origin);
  co_await call.outbox.enqueue(connection, event);
  co_await audit::record(
      connection, call.actor,
      {.action = account->invited ? "auth.accept_invitation" : "auth.reset_password",
       .subject_type = "user",
       .subject_id = *user,
       .actor = *user});
  co_return std::move(ended);
}

}  // namespace

Task<Result<void>> Accounts::reset_password(const Actor& actor, const PasswordReset& reset,
                                            Deadline deadline) {
  // Before a guess is taken: a full hasher must cost nobody one.
  auto slot = shared_.hasher.admit();
  if (!slot) co_return refuse(std::move(slot.error()));

  std::optional<Match> match;
  {
    const auto lease = co_await pool_.acquire(deadline);
    match = co_await find_match(*lease, shared_, reset);
    if (!match) {
      co_await audit::record(*lease, actor,
                             {.action = "auth.reset_password",
                              .subject_type = "user",
                              .subject_id = {},
                              .outcome = "refused"});
    }
  }
  if (!match) {
    shared_.options.on_wrong_code();
    co_return refuse(code_invalid());
  }
  if (auto problem = check_password("password", reset.password.reveal(), match->email)) {
    co_return refuse(invalid_field(std::move(problem->field), std::move(problem->code),
                                   std::move(problem->message)));
  }
  const auto new_hash = co_await shared_.hasher.hash(*slot, reset.password.reveal());
  Call call{actor, *match, new_hash, shared_, outbox_};
  const auto ended = co_await db::in_transaction(pool_, deadline, &reset_in, call);
  if (!ended) co_return refuse(ended.error());
  shared_.forget(*ended);
  co_return Result<void>();
}

}  // namespace frontdesk::accounts
