#pragma once

#include "core/digest.hpp"
#include "core/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

namespace frontdesk::appointments {

/// `Idempotency-Key` (R51): names one request of one user on one route.
struct IdempotencyKey {
  std::string route;         ///< operationId of the contract
  std::string key;           ///< 1 to 255 printable characters
  Sha256Digest fingerprint;  ///< of path and body: the same key with another one is a mistake
};

/// What a keyed request was or is answered: a status and the JSON of `data`. Only successes are
/// kept; a refusal is judged afresh.
struct Answer {
  std::int16_t status;
  std::string data;
};

/// Reads the header's value; an empty one is no key. Refuses with 400 `invalid_idempotency_key`
/// more than 255 characters and anything but printable ASCII.
Result<std::optional<IdempotencyKey>> read_key(std::string_view header, std::string_view route,
                                               std::string_view path,
                                               const boost::json::value& body);

/// SHA-256 over the path and the body with its members sorted, so that neither their order nor
/// white space makes another request of it.
Sha256Digest fingerprint_of(std::string_view path, const boost::json::value& body);

/// Judges a kept answer: refuses with 422 `idempotency_key_reused` when its request was another.
Result<Answer> repeat(const Sha256Digest& fingerprint, const Sha256Digest& kept, Answer answer);

/// 409 `request_in_progress`: somebody else has the key's lock.
Error request_in_progress();

}  // namespace frontdesk::appointments
