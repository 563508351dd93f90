#include "accounts/opaque_token.hpp"

#include "core/base64url.hpp"
#include "core/random.hpp"

#include <cstdint>
#include <vector>

namespace frontdesk::accounts {

OpaqueToken OpaqueToken::generate(std::size_t bytes) {
  std::vector<std::uint8_t> random(bytes);
  fill_random(random);
  OpaqueToken token{base64url_encode(random), {}};
  token.digest = sha256(token.text);
  return token;
}

}  // namespace frontdesk::accounts
