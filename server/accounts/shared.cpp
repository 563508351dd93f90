#include "accounts/shared.hpp"

#include "core/ensure.hpp"

namespace frontdesk::accounts {
namespace {

// One key for one thing: HMAC as the expand step of HKDF (RFC 5869) with the use as its info. The
// pepper itself keys HMAC-SHA-384 alone.
Sha256Digest derive_key(const std::vector<std::uint8_t>& pepper, std::string_view use) {
  ENSURE(pepper.size() >= 32);
  return HmacSha256Key(pepper).digest(use);
}

}  // namespace

Shared::Shared(Options given)
    : options(std::move(given)),
      hasher(options.pepper, {.cost = options.bcrypt_cost,
                              .threads = options.hash_threads,
                              .queue = options.hash_queue}),
      tokens(options.signing_keys, options.public_origin),
      codes(derive_key(options.pepper, "frontdesk one-time codes")),
      avatar_links(derive_key(options.pepper, "frontdesk avatar links")),
      addresses_(derive_key(options.pepper, "frontdesk addresses")) {}

Sha256Digest Shared::address_hmac(const EmailAddress& address) const {
  return addresses_.digest(address.text());
}

Sha256Digest Shared::text_hmac(std::string_view text) const {
  return addresses_.digest(text);
}

Result<Account> Shared::with_ticket(Result<Account> account) const {
  if (account && account->avatar) {
    const auto now = std::chrono::floor<Instant::duration>(std::chrono::system_clock::now());
    account->avatar->ticket = avatar_links.ticket(account->avatar->key, now);
  }
  return account;
}

void Shared::forget(std::span<const SessionId> ended) {
  for (const auto& session : ended) sessions.end(session, SessionCache::Clock::now());
}

}  // namespace frontdesk::accounts
