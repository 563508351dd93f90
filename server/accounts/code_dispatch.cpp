#include "accounts/code_dispatch.hpp"

#include "accounts/registration_store.hpp"

namespace frontdesk::accounts {
namespace {

Error code_limited(std::chrono::seconds wait) {
  return {.kind = ErrorKind::too_many,
          .code = "code_limited",
          .message = "Too many codes were sent to this address. Try again later.",
          .retry_after = wait};
}

}  // namespace

Error code_invalid() {
  return {.kind = ErrorKind::invalid,
          .code = "code_invalid",
          .message = "This code is wrong or has expired. Ask for a new one."};
}

Task<Result<CodeSent>> CodeDispatch::begin(db::Connection& connection,
                                           const EmailAddress& address) {
  const auto hmac = shared_.address_hmac(address);
  const auto& rules = shared_.options.codes;
  co_await store::lock_address(connection, hmac);
  const auto wait = co_await store::until_next_code(connection, hmac, purpose_, rules);
  if (wait > std::chrono::seconds::zero()) co_return refuse(code_limited(wait));
  const auto times = co_await store::record_send(connection, hmac, purpose_, rules);
  co_return CodeSent{address, times.expires_at, times.resend_after};
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
