#include "app/push_settings.hpp"

#include "app/setting_syntax.hpp"
#include "core/base64url.hpp"
#include "core/email_address.hpp"
#include "core/ensure.hpp"

#include <algorithm>
#include <fstream>

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>

namespace frontdesk::app {
namespace {

constexpr std::size_t hex_digits = 64;
constexpr std::size_t longest_credentials = std::size_t{64} * 1024;
constexpr std::string_view mailto = "mailto:";

}  // namespace

std::optional<std::vector<std::uint8_t>> parse_vapid_key(std::string_view text) {
  auto bytes = text.size() == hex_digits ? parse_hex(text) : base64url_decode(text);
  if (!bytes || !P256Key::from_private(*bytes)) return std::nullopt;
  return bytes;
}

std::optional<std::string> parse_vapid_subject(std::string_view text) {
  if (text.starts_with(mailto)) {
    if (!EmailAddress::parse(text.substr(mailto.size()))) return std::nullopt;
    return std::string(text);
  }
  const auto url = boost::urls::parse_uri(text);
  if (!url || url->scheme() != "https" || url->host().empty()) return std::nullopt;
  return std::string(text);
}

std::optional<std::vector<std::string>> parse_push_hosts(std::string_view text) {
  auto hosts = split_list(text);
  if (!std::ranges::all_of(hosts, notifications::PushHosts::is_entry)) return std::nullopt;
  return hosts;
}

std::expected<outbound::ServiceAccount, std::string> load_service_account(const std::string& file) {
  std::ifstream stream(file);
  if (!stream) return std::unexpected("it cannot be read");
  std::string text(longest_credentials, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return outbound::ServiceAccount::parse(text);
}

std::optional<std::string> parse_service_url(std::string_view text) {
  const auto url = boost::urls::parse_uri(text);
  if (!url || url->host().empty() || url->has_userinfo() || url->has_fragment()) {
    return std::nullopt;
  }
  const std::string host = url->host_address();
  boost::system::error_code failure;
  const auto address = boost::asio::ip::make_address(host, failure);
  const bool is_here = host == "localhost" || (!failure && address.is_loopback());
  if (url->scheme() != "https" && !(url->scheme() == "http" && is_here)) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> parse_service_origin(std::string_view text) {
  return is_origin(text) ? parse_service_url(text) : std::nullopt;
}

outbound::FcmService fcm_service(const Config& config) {
  ENSURE(config.fcm_account.has_value());
  return {.account = *config.fcm_account,
          .url = config.fcm_url,
          .token_url = config.fcm_token_url,
          .ca_file = config.outbound_ca};
}

std::string default_vapid_subject(const Config& config) {
  if (config.mail_from) return std::string(mailto) + config.mail_from->address;
  return config.public_url.starts_with("https:") ? config.public_url : std::string();
}

std::optional<P256Key> vapid_key(const Config& config) {
  if (config.vapid_private_key.empty()) return std::nullopt;
  auto key = P256Key::from_private(config.vapid_private_key);
  ENSURE(key);  // parse_config has refused the others
  return key;
}

std::optional<std::string> vapid_public_key(const Config& config) {
  const auto key = vapid_key(config);
  return key ? std::optional(base64url_encode(key->point())) : std::nullopt;
}

notifications::PushHosts push_hosts(const Config& config) {
  return notifications::PushHosts(config.web_push_hosts);
}

}  // namespace frontdesk::app
