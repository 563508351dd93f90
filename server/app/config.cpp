#include "app/config.hpp"

#include "accounts/jwt.hpp"
#include "app/sender_settings.hpp"
#include "app/setting_reader.hpp"
#include "app/setting_syntax.hpp"
#include "app/storage_settings.hpp"
#include "http/client_address.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace frontdesk::app {
namespace {

constexpr std::string_view prefix = "FRONTDESK_";

std::optional<std::vector<NamedKey>> parse_jwt_keys(std::string_view text) {
  std::vector<NamedKey> keys;
  for (const auto& part : split_list(text)) {
    const auto colon = part.find(':');
    if (colon == std::string::npos) return std::nullopt;
    auto bytes = parse_hex(std::string_view(part).substr(colon + 1));
    if (!bytes || bytes->size() < 32 || bytes->size() > 128) return std::nullopt;
    auto kid = part.substr(0, colon);
    if (!accounts::AccessTokens::is_key_id(kid)) return std::nullopt;
    if (std::ranges::find(keys, kid, &NamedKey::kid) != keys.end()) return std::nullopt;
    keys.push_back({std::move(kid), std::move(*bytes)});
  }
  if (keys.empty() || keys.size() > 2) return std::nullopt;
  return keys;
}

std::optional<std::vector<std::uint8_t>> parse_key(std::string_view text, std::size_t min_bytes,
                                                   std::size_t max_bytes) {
  auto bytes = parse_hex(text);
  if (!bytes || bytes->size() < min_bytes || bytes->size() > max_bytes) return std::nullopt;
  return bytes;
}

std::optional<std::vector<std::string>> parse_origins(std::string_view text) {
  auto origins = split_list(text);
  if (!std::ranges::all_of(origins, [](const auto& origin) { return is_origin(origin); })) {
    return std::nullopt;
  }
  return origins;
}

std::optional<std::vector<std::string>> parse_networks(std::string_view text) {
  auto networks = split_list(text);
  if (!std::ranges::all_of(
          networks, [](const auto& network) { return http::Cidr::parse(network).has_value(); })) {
    return std::nullopt;
  }
  return networks;
}

void read_network(SettingReader& reader, Config& config) {
  reader.read("FRONTDESK_LISTEN", config.listen, "an address and a port such as 127.0.0.1:8080",
              parse_endpoint);
  reader.read("FRONTDESK_METRICS_LISTEN", config.metrics_listen,
              "an address and a port such as 127.0.0.1:9090", parse_endpoint);
  reader.read("FRONTDESK_PUBLIC_URL", config.public_url,
              "an origin such as https://book.example.org, without a path", parse_origin);
  reader.read("FRONTDESK_TRUSTED_PROXIES", config.trusted_proxies,
              "a list of networks such as 10.0.0.0/8", parse_networks);
  reader.read("FRONTDESK_CORS_ORIGINS", config.cors_origins, "a list of exact origins",
              parse_origins);
  const auto allowance = "a number and a window such as 100/15m";
  reader.read("FRONTDESK_RATE_LIMIT", config.rate_limit, allowance, parse_allowance);
  reader.read("FRONTDESK_RATE_LIMIT_USER", config.rate_limit_user, allowance, parse_allowance);
  reader.read("FRONTDESK_LOGIN_LIMIT", config.login_limit, allowance, parse_allowance);
  reader.read("FRONTDESK_CODE_LIMIT", config.code_limit, allowance, parse_allowance);
  reader.read("FRONTDESK_IMAGE_LIMIT", config.image_limit, allowance, parse_allowance);
}

void read_process(SettingReader& reader, Config& config) {
  const auto text = [](std::string_view value) { return std::optional(std::string(value)); };
  reader.read("FRONTDESK_DATA_DIR", config.data_dir, "a folder",
              [](std::string_view value) -> std::optional<std::filesystem::path> {
                if (value.empty()) return std::nullopt;
                return std::filesystem::path(value);
              });
  reader.read("FRONTDESK_DATABASE_URL", config.database_url, "a PostgreSQL URL", text);
  reader.read("FRONTDESK_DATABASE_OWNER_URL", config.database_owner_url, "a PostgreSQL URL", text);
  reader.read("FRONTDESK_DATABASE_POOL", config.database_pool, "a number from 2 to 200",
              [](std::string_view value) { return parse_count(value, 2, 200); });
  reader.read("FRONTDESK_THREADS", config.threads, "a number from 1 to 64",
              [](std::string_view value) { return parse_count(value, 1, 64); });
  if (config.threads == 0)
    config.threads = std::clamp(std::thread::hardware_concurrency(), 1U, 64U);
  reader.read("FRONTDESK_WORKER", config.worker, "on or off", parse_switch);
  reader.read("FRONTDESK_LOG_LEVEL", config.log_level, "one of debug, info, warning, error",
              [](std::string_view value) -> std::optional<std::string> {
                for (const auto* level : {"debug", "info", "warning", "error"}) {
                  if (value == level) return std::string(value);
                }
                return std::nullopt;
              });
}

void read_accounts(SettingReader& reader, Config& config) {
  reader.read("FRONTDESK_LOCKOUT", config.lockout, "a number and a window such as 3/15m",
              parse_allowance);
  reader.read("FRONTDESK_BCRYPT_COST", config.bcrypt_cost, "a number from 10 to 16",
              [](std::string_view value) { return parse_count(value, 10, 16); });
  reader.read("FRONTDESK_ACCESS_TTL", config.access_ttl, "a duration such as 7d", parse_duration);
  reader.read("FRONTDESK_REFRESH_TTL", config.refresh_ttl, "a duration such as 30d",
              parse_duration);
  reader.read("FRONTDESK_JWT_KEYS", config.jwt_keys,
              "one or two name:key pairs, the key at least 64 hexadecimal digits (R14)",
              parse_jwt_keys);
  reader.read("FRONTDESK_PASSWORD_PEPPER", config.password_pepper, "64 to 256 hexadecimal digits",
              [](std::string_view value) { return parse_key(value, 32, 128); });
  reader.read("FRONTDESK_DATA_KEY", config.data_key, "exactly 64 hexadecimal digits",
              [](std::string_view value) { return parse_key(value, 32, 32); });
}

// What only makes sense together.
void check_as_a_whole(SettingReader& reader, Config& config) {
  if (config.development()) {
    const auto address = boost::asio::ip::make_address(config.listen.address);
    if (!address.is_loopback()) {
      reader.add_problem(
          "FRONTDESK_LISTEN must be a loopback address in development: the development "
          "inbox shows every code.");
    }
    if (config.public_url.empty()) {
      config.public_url = fmt::format("http://localhost:{}", config.listen.port);
    }
    return;
  }
  if (config.public_url.empty()) {
    reader.add_problem(
        "FRONTDESK_PUBLIC_URL is missing: the origin that customers see, such as "
        "https://book.example.org.");
  }
  const auto missing = [&](bool absent, std::string_view name, std::string_view how) {
    if (absent) reader.add_problem(fmt::format("{} is missing. Make one with: {}", name, how));
  };
  missing(config.jwt_keys.empty(), "FRONTDESK_JWT_KEYS", "echo \"k1:$(openssl rand -hex 32)\"");
  missing(config.password_pepper.empty(), "FRONTDESK_PASSWORD_PEPPER", "openssl rand -hex 32");
  missing(config.data_key.empty(), "FRONTDESK_DATA_KEY", "openssl rand -hex 32");
}

}  // namespace

Variables frontdesk_variables() {
  Variables variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (text.starts_with(prefix) && equals != std::string_view::npos) {
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return variables;
}

std::expected<Config, std::vector<std::string>> parse_config(const Variables& variables) {
  SettingReader reader(variables);
  Config config;
  reader.read("FRONTDESK_ENV", config.environment, "production or development",
              [](std::string_view text) -> std::optional<Config::Environment> {
                if (text == "production") return Config::Environment::production;
                if (text == "development") return Config::Environment::development;
                return std::nullopt;
              });
  read_network(reader, config);
  read_process(reader, config);
  read_storage(reader, config);
  read_accounts(reader, config);
  read_senders(reader, config);
  check_as_a_whole(reader, config);
  reader.refuse_the_rest();
  if (reader.has_problems()) return std::unexpected(std::move(reader).take_problems());
  return config;
}

}  // namespace frontdesk::app
