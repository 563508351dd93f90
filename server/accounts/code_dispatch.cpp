#include "accounts/code_dispatch.hpp"

#include "accounts/registration_store.hpp"

namespace frontdesk::accounts {

Error code_limited(std::chrono::seconds wait) {
  return {.kind = ErrorKind::too_many,
          .code = "code_limited",
          .message = "Too many codes were sent. Try again later.",
          .retry_after = wait};
}

Error code_invalid() {
  return {.kind = ErrorKind::invalid,
          .code = "code_invalid",
          .message = "This code is wrong or has expired. Ask for a new one."};
}

Task<Result<store::SendTimes>> count_send(db::Connection& connection, const Sha256Digest& target,
                                          CodePurpose purpose, const CodeRules& rules) {
  co_await store::lock_address(connection, target);
  const auto wait = co_await store::until_next_code(connection, target, purpose, rules);
  if (wait > std::chrono::seconds::zero()) co_return refuse(code_limited(wait));
  co_return co_await store::record_send(connection, target, purpose, rules);
}

Task<Result<CodeSent>> CodeDispatch::begin(db::Connection& connection,
                                           const EmailAddress& address) {
  const auto times = co_await count_send(connection, shared_.address_hmac(address), purpose_,
                                         shared_.options.codes);
  if (!times) co_return refuse(times.error());
  co_return CodeSent{address, times->expires_at, times->resend_after};
}

Sha256Digest CodeDispatch::seal(const Uuid& flow, const EmailAddress& address,
                                std::string_view code) const {
  return shared_.codes.seal(purpose_, flow, address, code);
}

Task<void> CodeDispatch::send_code(db::Connection& connection, const EmailAddress& address,
                                   std::string_view code, CodeReader reader) {
  const auto event = code_event(purpose_, address, code, shared_.options.codes, reader);
  co_await outbox_.enqueue(connection, event);
}

Task<void> CodeDispatch::send_known_address(db::Connection& connection, const EmailAddress& address,
                                            UserId owner) {
  const auto event = known_address_event(address, owner, shared_.options.public_origin);
  co_await outbox_.enqueue(connection, event);
}

}  // namespace frontdesk::accounts
