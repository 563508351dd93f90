#include "accounts/client_network.hpp"

#include <algorithm>

#include <boost/asio/ip/address.hpp>

namespace frontdesk::accounts {

namespace ip = boost::asio::ip;

std::string client_network(std::string_view address) {
  boost::system::error_code error;
  const auto parsed = ip::make_address(address, error);
  if (error) return std::string(address.substr(0, 64));
  if (parsed.is_v4()) return parsed.to_string();
  const auto v6 = parsed.to_v6();
  if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6).to_string();
  auto bytes = v6.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace frontdesk::accounts
