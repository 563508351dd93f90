#pragma once

#include "app/config.hpp"
#include "core/p256.hpp"
#include "notifications/push_hosts.hpp"
#include "outbound/fcm_client.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How the settings of pushes are written. Each returns nullopt for anything that is not exactly
/// so.
namespace frontdesk::app {

/// 32 bytes that are a private key on P-256, in hexadecimal or in base64url.
std::optional<std::vector<std::uint8_t>> parse_vapid_key(std::string_view text);

/// `mailto:desk@example.org` or `https://example.org/contact` (RFC 8292 2.1).
std::optional<std::string> parse_vapid_subject(std::string_view text);

/// What notifications::PushHosts takes, between commas.
std::optional<std::vector<std::string>> parse_push_hosts(std::string_view text);

/// The account of a file, or half a sentence on what is wrong with it.
std::expected<outbound::ServiceAccount, std::string> load_service_account(const std::string& file);

/// An address to call: https, or http to a loopback address.
std::optional<std::string> parse_service_url(std::string_view text);
/// The same without a path.
std::optional<std::string> parse_service_origin(std::string_view text);

/// The sender of mails, or the public URL where that is https; empty where there is neither.
std::string default_vapid_subject(const Config& config);

/// The key of the configuration; nothing where Web Push is off.
std::optional<P256Key> vapid_key(const Config& config);
/// As browsers want it: base64url of the point.
std::optional<std::string> vapid_public_key(const Config& config);

/// How FCM is reached. `config` has an account (ENSURE).
outbound::FcmService fcm_service(const Config& config);

notifications::PushHosts push_hosts(const Config& config);

}  // namespace frontdesk::app
