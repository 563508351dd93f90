#pragma once

#include "http/exchange.hpp"

#include <optional>
#include <string_view>

namespace frontdesk::http {

/// What a head says about who is asking.
struct Credentials {
  bool present = false;  ///< there is an Authorization field
  std::optional<std::string_view>
      bearer_token;  ///< nullopt: another scheme, nothing behind it, two fields
};

/// Reads Authorization (RFC 6750 section 2.1; the scheme in any case). What the token looks like is
/// for the authenticator to judge. The view points into `head`.
Credentials read_credentials(const RequestHead& head);

}  // namespace frontdesk::http
