#pragma once

#include <string>
#include <string_view>

namespace frontdesk::accounts {

/// The network that failed logins from `address` count for (R08): an IPv4 address itself, also
/// where it is mapped into IPv6; the /64 of an IPv6 address, of which one customer has 2^64. A text
/// that is no address stands for itself, cut to 64 bytes.
std::string client_network(std::string_view address);

}  // namespace frontdesk::accounts
