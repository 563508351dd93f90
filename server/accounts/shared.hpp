#pragma once

#include "accounts/account.hpp"
#include "accounts/jwt.hpp"
#include "accounts/one_time_code.hpp"
#include "accounts/options.hpp"
#include "accounts/password_hasher.hpp"
#include "accounts/session_cache.hpp"
#include "accounts/token_cache.hpp"
#include "core/email_address.hpp"
#include "core/error.hpp"
#include "media/links.hpp"

#include <span>

namespace frontdesk::accounts {

/// What the accounts features of all threads share. One per process; outlives them all. Safe to use
/// from several threads.
class Shared {
 public:
  /// Every key but the signing ones is derived from the pepper.
  explicit Shared(Options options);

  const Options options;
  PasswordHasher hasher;
  SessionCache sessions;
  TokenCache verified_tokens;
  const AccessTokens tokens;
  const CodeSealer codes;
  const media::Links avatar_links;

  /// Sessions have ended, and the transaction that ended them is committed: a question asked in
  /// between finds them ended, too (R12).
  void forget(std::span<const SessionId> ended);

  /// The account as its owner may see it: with a link to the avatar that works for some hours.
  [[nodiscard]] Result<Account> with_ticket(Result<Account> account) const;

  /// Stands for an address in tables that hold unknown ones too (R01, R08).
  [[nodiscard]] Sha256Digest address_hmac(const EmailAddress& address) const;
  /// The same for what is no address: a number, an account.
  [[nodiscard]] Sha256Digest text_hmac(std::string_view text) const;

 private:
  const HmacSha256Key addresses_;
};

}  // namespace frontdesk::accounts
