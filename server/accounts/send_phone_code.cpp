#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/code_dispatch.hpp"
#include "accounts/events.hpp"
#include "accounts/phone_store.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

constexpr auto purpose = CodePurpose::phone_verification;

struct Call {
  const Actor& actor;
  const Shared& shared;
  const queue::Outbox& outbox;
};

Error conflict(std::string code, std::string message) {
  return {.kind = ErrorKind::conflict, .code = std::move(code), .message = std::move(message)};
}

// R22: SMS cost money. The limits hold for the number, whichever accounts have it, and for the
// account, whichever numbers it has had: or it could send to one number after the other. The
// account comes first everywhere, so that nobody waits in a circle.
Task<Result<store::SendTimes>> count_sends(db::Connection& connection, const Shared& shared,
                                           UserId user, const std::string& phone) {
  const auto& rules = shared.options.codes;
  const auto of_account =
      co_await count_send(connection, shared.text_hmac("user " + user.to_string()), purpose, rules);
  if (!of_account) co_return of_account;
  co_return co_await count_send(connection, shared.text_hmac(phone), purpose, rules);
}

Task<Result<PhoneCodeSent>> send_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto user = *call.actor.user;
  const auto account = co_await store::lock_account(connection, user);
  if (!account) co_return refuse(not_found());
  if (!account->phone) {
    co_return refuse(conflict("no_phone", "Your account has no phone number yet."));
  }
  if (account->phone_verified) {
    co_return refuse(conflict("phone_verified", "Your phone number has been verified already."));
  }
  const auto times = co_await count_sends(connection, call.shared, user, *account->phone);
  if (!times) co_return refuse(times.error());
  // The business's limit for all SMS to the number: what is beyond it would not leave.
  const auto wait =
      co_await store::until_next_sms(connection, call.outbox.sms_number_key(*account->phone));
  if (wait > std::chrono::seconds::zero()) co_return refuse(code_limited(wait));

  const auto id = Uuid::generate();
  const auto code = generate_code();
  const store::PendingPhone pending{
      .id = id,
      .phone = *account->phone,
      .code = call.shared.codes.seal(purpose, id, *account->phone, code)};
  co_await store::save_phone_code(connection, user, pending, times->expires_at);
  const auto message = phone_code_event(*account->phone, user, code, call.shared.options.codes);
  co_await call.outbox.enqueue(connection, message);
  co_await audit::record(
      connection, call.actor,
      {.action = "auth.send_phone_code", .subject_type = "user", .subject_id = user});
  co_return PhoneCodeSent{*account->phone, times->expires_at, times->resend_after};
}

}  // namespace

Task<Result<PhoneCodeSent>> Accounts::send_phone_code(const Actor& actor, Deadline deadline) {
  ENSURE(actor.user.has_value());
  if (!shared_.options.sends_sms) {
    co_return refuse(conflict("sms_unavailable", "No SMS can be sent from here."));
  }
  Call call{actor, shared_, outbox_};
  co_return co_await db::in_transaction(pool_, deadline, &send_in, call);
}

}  // namespace frontdesk::accounts
