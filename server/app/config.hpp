#pragma once

#include "outbound/service_account.hpp"
#include "outbound/smtp_server.hpp"
#include "outbound/twilio.hpp"
#include "storage/s3_store.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::app {

/// `100/15m`: so many events in a window of time.
struct Allowance {
  unsigned count;
  std::chrono::seconds window;
};

/// `127.0.0.1:8080`, `[::1]:0`: an address literal and a port.
struct Endpoint {
  std::string address;
  std::uint16_t port = 0;
};

/// A signing key with the name that tokens carry for it (R14).
struct NamedKey {
  std::string kid;
  std::vector<std::uint8_t> bytes;
};

/// Everything that can be set, read once from FRONTDESK_* variables. See `frontdesk check-config`.
struct Config {
  enum class Environment { production, development };

  Environment environment = Environment::production;
  Endpoint listen{"127.0.0.1", 8080};
  Endpoint metrics_listen{"127.0.0.1", 9090};
  std::string public_url;  ///< origin without a trailing slash: https://book.example.org
  std::filesystem::path data_dir = "var";
  std::string database_url;        ///< empty: a private cluster in data_dir
  std::string database_owner_url;  ///< for migrations; empty: as database_url
  unsigned database_pool = 20;     ///< connections of the whole process
  unsigned threads = 0;            ///< I/O threads; 0 became the number of cores while reading
  std::vector<std::string> trusted_proxies;                   ///< CIDRs (R21)
  std::vector<std::string> cors_origins;                      ///< exact origins (R36)
  Allowance rate_limit{100, std::chrono::minutes{15}};        ///< per address (R20)
  Allowance rate_limit_user{1000, std::chrono::minutes{15}};  ///< per user (R20)
  Allowance login_limit{20, std::chrono::minutes{15}};        ///< per address, login
  Allowance code_limit{20, std::chrono::minutes{15}};    ///< per address, codes and registration
  Allowance image_limit{120, std::chrono::minutes{60}};  ///< per user, images that are sent
  Allowance lockout{3, std::chrono::minutes{15}};        ///< R08
  unsigned bcrypt_cost = 10;
  std::chrono::seconds access_ttl = std::chrono::days{7};
  std::chrono::seconds refresh_ttl = std::chrono::days{30};
  bool worker = true;                              ///< deliver messages inside `serve`
  std::string smtp_url;                            ///< as it was given, for describe()
  std::optional<outbound::SmtpServer> smtp;        ///< what sends e-mail; nothing: nobody does
  std::optional<outbound::Mailbox> mail_from;      ///< set together with smtp
  std::optional<outbound::TwilioSettings> twilio;  ///< what sends SMS; nothing: nobody does
  std::string outbound_ca;  ///< PEM file of authorities that count beside the system's
  std::vector<std::string> webhook_networks;  ///< CIDRs that webhooks reach though not public (R34)
  std::optional<outbound::ServiceAccount> fcm_account;  ///< nothing: no pushes by FCM
  std::string fcm_credentials;                          ///< the file of fcm_account
  std::string fcm_url = "https://fcm.googleapis.com";
  std::string fcm_token_url;                    ///< set together with fcm_account
  std::vector<std::uint8_t> vapid_private_key;  ///< 32 bytes; empty: no Web Push
  std::string vapid_subject;                    ///< mailto: or https:, with vapid_private_key
  std::vector<std::string> web_push_hosts;      ///< beside those of the browsers' makers
  std::string log_level = "info";
  storage::S3Settings s3;                     ///< without an endpoint: files lie in data_dir/media
  std::vector<NamedKey> jwt_keys;             ///< the first one signs
  std::vector<std::uint8_t> password_pepper;  ///< >= 32 bytes
  std::vector<std::uint8_t> data_key;         ///< 32 bytes

  [[nodiscard]] bool development() const { return environment == Environment::development; }
  [[nodiscard]] bool private_cluster() const { return database_url.empty(); }
  /// Whether messages really leave, by whichever channel.
  [[nodiscard]] bool has_sender() const {
    return smtp || twilio || fcm_account || !vapid_private_key.empty();
  }

  /// Whether an SMS gets anywhere: to a phone, or in development to the inbox.
  [[nodiscard]] bool has_sms() const {
    return twilio.has_value() || (development() && !has_sender());
  }
};

/// The process's FRONTDESK_* variables, by name.
using Variables = std::map<std::string, std::string, std::less<>>;
Variables frontdesk_variables();

/// Reads a configuration, or says everything that is wrong with it, a sentence each: bad values,
/// unknown FRONTDESK_* names, secrets missing in production. Missing secrets in development stay
/// empty here; load_development_secrets makes them.
std::expected<Config, std::vector<std::string>> parse_config(const Variables& variables);

/// In development: makes the secrets that are still missing once and keeps them in
/// data_dir/secrets, readable by its owner alone. Throws std::runtime_error with a sentence
/// where the file cannot be written or read.
void load_development_secrets(Config& config);

/// Every setting as `NAME=value` lines, secrets and passwords of URLs masked.
std::string describe(const Config& config);

}  // namespace frontdesk::app
