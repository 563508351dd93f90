#pragma once

#include "accounts/account.hpp"
#include "accounts/shared.hpp"
#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "media/media.hpp"
#include "queue/outbox.hpp"

#include <cstdint>
#include <optional>

/// The façade of the feature: registration, login and what an account is.
namespace frontdesk::accounts {

/// One per thread. Every method throws what db::Pool and db::Connection throw, and Fault while the
/// process stops; a refusal is a value. Those that hash refuse with 503 where the hasher's queue is
/// full (R19). Each leaves an audit entry (R73).
class Accounts {
 public:
  /// All three must outlive it.
  Accounts(db::Pool& pool, const queue::Outbox& outbox, Shared& shared)
      : pool_(pool), outbox_(outbox), shared_(shared) {}

  /// Starts a registration of its own and sends its code (R04). A known address gets the same
  /// answer, and a mail that says that it has an account (R05). Refuses with 429 `code_limited`
  /// (R01).
  Task<Result<PendingRegistration>> register_account(const Actor& actor,
                                                     const Registration& registration,
                                                     Deadline deadline);

  /// Replaces the code of the newest registration of an address and sends it. The same answer for
  /// every address. Refuses with 429 `code_limited`.
  Task<Result<CodeSent>> resend_code(const Actor& actor, const EmailAddress& address,
                                     Deadline deadline);

  /// Turns a registration into an account with the role customer. Refuses with 422 `code_invalid`
  /// for a code that is wrong, spent, replaced, expired or guessed at too often, and for the right
  /// one of an address that has got an account meanwhile.
  Task<Result<Account>> verify_email(const Actor& actor, const EmailVerification& verification,
                                     Deadline deadline);

  /// Opens a session. Refuses with 401 `invalid_credentials`, whatever the reason, and with 429
  /// `account_locked` (R08).
  Task<Result<LoggedIn>> log_in(const Actor& actor, const Credentials& credentials,
                                Deadline deadline);

  /// A new pair for a refresh token, which is then spent (R13). Refuses with 401 `token_invalid`,
  /// and 401 `token_reused` for a spent one, whose session ends and whose owner gets a mail.
  Task<Result<TokenPair>> refresh(const Actor& actor, const Secret& refresh_token,
                                  Deadline deadline);

  /// Ends the actor's session, and the one of `refresh_token` where that is theirs too. Refuses
  /// nothing. In this process it works at once, elsewhere within 5 s (R12).
  Task<Result<void>> log_out(const Actor& actor, const std::optional<Secret>& refresh_token,
                             Deadline deadline);

  /// Ends every session of the actor's account.
  Task<Result<void>> log_out_everywhere(const Actor& actor, Deadline deadline);

  /// Where the actor's account is logged in.
  Task<Page<Session>> sessions(const Actor& actor, PageRequest<SessionKey> page, Deadline deadline);

  /// Ends one session of the actor's account, the current one too. Refuses with 404 one that is
  /// somebody else's or has ended. It works as log_out does.
  Task<Result<void>> end_session(const Actor& actor, SessionId session, Deadline deadline);

  /// The actor's own account.
  Task<Result<Account>> me(const Actor& actor, Deadline deadline);

  /// Changes the actor's own account; one that nothing changes keeps its version. Refuses with 412
  /// `stale` where `version` is not the present one (If-Match).
  Task<Result<Account>> update_me(const Actor& actor, const AccountChange& change,
                                  std::optional<std::int64_t> version, Deadline deadline);

  /// Shows the actor's account with `taken`, which nothing shows yet, or without an avatar where it
  /// is nullptr. Refuses with 412 `stale`, as update_me does.
  Task<Result<Account>> set_avatar(const Actor& actor, const media::TakenImage* taken,
                                   std::optional<std::int64_t> version, Deadline deadline);

  /// Replaces the actor's password, ends all other sessions of the account and tells its owner by
  /// mail (R09). Refuses with 422 a `new_password` that check_password refuses, with 422 a
  /// `current_password` that is wrong, which counts as a failed login does, and with 429
  /// `account_locked` (R08).
  Task<Result<void>> change_password(const Actor& actor, const PasswordChange& change,
                                     Deadline deadline);

  /// Sends a code to the address that the actor's account is to move to. One that has an account
  /// gets the same answer, and a mail that says so (R05). Refuses with 422 the present address and
  /// a `current_password` that is wrong, which counts as a failed login does, with 429
  /// `account_locked` (R08), and with 429 `code_limited` (R01).
  Task<Result<CodeSent>> change_email(const Actor& actor, const EmailChange& change,
                                      Deadline deadline);

  /// Moves the actor's account by that code, ends its other sessions and tells the old address
  /// (R09). Refuses with 422 `code_invalid`.
  Task<Result<Account>> verify_email_change(const Actor& actor, const std::string& code,
                                            Deadline deadline);

  /// Sends a code by SMS to the phone number of the actor's account. Refuses with 409 `no_phone`,
  /// `phone_verified` and `sms_unavailable`, and with 429 `code_limited` (R01, R22): of the number,
  /// whatever SMS it has had, and of the account.
  Task<Result<PhoneCodeSent>> send_phone_code(const Actor& actor, Deadline deadline);

  /// Proves the number that the code was sent to. Refuses with 422 `code_invalid`, also where the
  /// account has another number by now.
  Task<Result<Account>> verify_phone(const Actor& actor, const std::string& code,
                                     Deadline deadline);

  /// Sends the owner of an address a code and a link (R08), or their invitation again. The same
  /// answer for every address, also for one without an account (R05). Refuses with 429
  /// `code_limited` (R01).
  Task<Result<CodeSent>> forgot_password(const Actor& actor, const EmailAddress& address,
                                         Deadline deadline);

  /// Sets a new password by that code or link, unlocks the account, ends all its sessions and tells
  /// its owner (R08, R09); the link of an invitation makes the account an active one. Every code
  /// and link sent before is void then. Refuses with 422 `code_invalid`, and with 422 a password
  /// that check_password refuses.
  Task<Result<void>> reset_password(const Actor& actor, const PasswordReset& reset,
                                    Deadline deadline);

  /// Gives somebody a login with a role, which opens nothing until they have chosen its password by
  /// the link of a mail, good for a week: reset_password() then makes it an active one. Whoever
  /// asks for a new password within that week gets another such mail. Who is invited already is so
  /// anew, with another name, role and week, and the links of before are void. Refuses with 403
  /// `forbidden` a role that may do what the actor may not (R17), also one to be replaced; with 422
  /// one that there is none of, and with 409 `email_taken`.
  Task<Result<Account>> invite(const Actor& actor, const Invitation& invitation, Deadline deadline);

  /// Makes a verified account, for an operator who needs no code. Refuses with 409 `email_taken`,
  /// and with 422 a password that check_password refuses.
  Task<Result<Account>> create(const Actor& actor, const NewAccount& account, Deadline deadline);

  /// Deletes what no rule needs any more, at most `limit` rows of each kind; how many. For the
  /// worker, every few minutes.
  Task<std::int64_t> clean(std::int64_t limit, Deadline deadline);

 private:
  db::Pool& pool_;
  const queue::Outbox& outbox_;
  Shared& shared_;
};

}  // namespace frontdesk::accounts
