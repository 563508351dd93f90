#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace frontdesk::accounts {

/// R08: when failed logins lock an account out.
struct LockoutRules {
  int failures = 3;                  ///< of one account from one network, within `window`
  std::chrono::seconds window{900};  ///< also how long the first lock lasts
  std::chrono::seconds longest = std::chrono::hours{24};  ///< locks double up to this
  int account_failures = 100;  ///< in a row, over all networks: then only a reset opens
};

/// R01: how codes are sent and guessed.
struct CodeRules {
  std::chrono::seconds lifetime{600};
  int guesses = 5;
  std::chrono::seconds pause{60};  ///< between two sends to an address
  int per_hour = 5;
  int per_day = 10;
};

/// A key that signs or verifies access tokens (R14).
struct SigningKey {
  std::string kid;                  ///< 1 to 32 of A-Z a-z 0-9 - _ .
  std::vector<std::uint8_t> bytes;  ///< at least 32 (R11)
};

/// What the accounts feature can be told; the composition root fills it from the configuration.
struct Options {
  std::vector<SigningKey> signing_keys;  ///< one or two: the first signs, each verifies
  std::vector<std::uint8_t> pepper;      ///< FRONTDESK_PASSWORD_PEPPER; at least 32 bytes
  std::string public_origin;             ///< iss and aud of tokens; where links in mails lead
  std::chrono::seconds access_ttl = std::chrono::days{7};
  std::chrono::seconds refresh_ttl = std::chrono::days{30};  ///< of a family, never sliding (R13)
  int bcrypt_cost = 10;                                      ///< 4 to 31
  unsigned hash_threads = 0;       ///< 0: two, or one on a single core (R19)
  unsigned hash_queue = 32;        ///< hashes that may wait for a thread (R19)
  int sessions_per_account = 100;  ///< the oldest end first
  std::chrono::seconds reset_link_lifetime = std::chrono::hours{24};  ///< R08
  std::chrono::seconds invitation_lifetime = std::chrono::days{7};    ///< of its link
  bool sends_sms = true;  ///< there is somebody who sends SMS
  LockoutRules lockout;
  CodeRules codes;
  /// R02: a code was wrong. Called from any thread.
  std::function<void()> on_wrong_code = [] {};
};

}  // namespace frontdesk::accounts
