#include "accounts/invitation_dispatch.hpp"

#include "accounts/opaque_token.hpp"
#include "accounts/reset_store.hpp"

namespace frontdesk::accounts {

void send_invitation(db::Batch& batch, const queue::Outbox& outbox, const InvitationMail& mail,
                     const Options& options) {
  const auto token = OpaqueToken::generate(reset_token_bytes);
  store::add_reset(batch, {.id = Uuid::generate(),
                           .user = mail.user,
                           .code = {},
                           .code_expires_at = {},
                           .token = token.digest,
                           .token_lifetime = mail.lifetime});
  outbox.enqueue(batch, invitation_event(mail, token.text, options));
}

}  // namespace frontdesk::accounts
