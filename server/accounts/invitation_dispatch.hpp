#pragma once

#include "accounts/events.hpp"
#include "accounts/options.hpp"
#include "db/connection.hpp"
#include "queue/outbox.hpp"

namespace frontdesk::accounts {

/// Adds to the caller's transaction an invitation with a link of its own, which is good for as long
/// as `mail` says and is stored as a password reset without a code.
void send_invitation(db::Batch& batch, const queue::Outbox& outbox, const InvitationMail& mail,
                     const Options& options);

}  // namespace frontdesk::accounts
