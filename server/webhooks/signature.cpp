#include "webhooks/signature.hpp"

#include "core/base64.hpp"
#include "core/digest.hpp"
#include "core/random.hpp"

#include <array>

#include <fmt/format.h>

namespace frontdesk::webhooks {

std::string make_secret() {
  std::array<std::uint8_t, secret_bytes> bytes{};
  fill_random(bytes);
  return {bytes.begin(), bytes.end()};
}

std::string shown_secret(std::string_view secret) {
  return "whsec_" + base64_encode(secret);
}

std::string sign(std::string_view secret, std::string_view id, std::int64_t timestamp,
                 std::string_view body) {
  const auto digest =
      HmacSha256Key(bytes_of(secret)).digest(fmt::format("{}.{}.{}", id, timestamp, body));
  return "v1," + base64_encode(digest);
}

}  // namespace frontdesk::webhooks
