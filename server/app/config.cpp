#include "app/config.hpp"

#include "accounts/jwt.hpp"
#include "app/push_settings.hpp"
#include "app/setting_syntax.hpp"
#include "core/phone_number.hpp"
#include "core/utf8.hpp"
#include "http/client_address.hpp"
#include "outbound/mail.hpp"
#include "outbound/reach.hpp"

#include <algorithm>
#include <array>
#include <thread>

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace frontdesk::app {
namespace {

using std::chrono_literals::operator""s;

constexpr std::string_view prefix = "FRONTDESK_";

// Names that the design reserves for what this version cannot do yet. Taking them silently would
// let an operator believe that mail leaves.
constexpr std::array reserved_prefixes{std::string_view{"FRONTDESK_DATABASE_READ_URL"},
                                       std::string_view{"FRONTDESK_REDIS_URL"}};

/// Takes variables one by one and remembers what is wrong with them.
class Reader {
 public:
  explicit Reader(const Variables& variables) : left_(variables) {}

  /// Reads NAME with `parse` into `target`, which keeps its default where the variable is absent.
  template <class T, class Parse>
  void read(std::string_view name, T& target, std::string_view expected, Parse&& parse) {
    const auto text = take(name);
    if (!text) return;
    if (auto value = parse(std::string_view(*text))) {
      target = std::move(*value);
    } else {
      problem(fmt::format("{} is not {}.", name, expected));
    }
  }

  std::optional<std::string> take(std::string_view name) {
    const auto found = left_.find(name);
    if (found == left_.end()) return std::nullopt;
    std::string text = std::move(found->second);
    left_.erase(found);
    return text;
  }

  void problem(std::string sentence) { problems_.push_back(std::move(sentence)); }

  void refuse_the_rest() {
    for (const auto& [name, text] : left_) {
      const bool reserved = std::ranges::any_of(
          reserved_prefixes, [&](std::string_view start) { return name.starts_with(start); });
      problem(reserved
                  ? fmt::format("{} is not supported by this version: unset it.", name)
                  : fmt::format("{} is not a setting of Frontdesk: check the spelling.", name));
    }
  }

  std::vector<std::string> problems_;

 private:
  Variables left_;
};

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

std::optional<std::vector<std::string>> parse_reach(std::string_view text) {
  auto networks = split_list(text);
  if (!outbound::Reach::with(networks)) return std::nullopt;
  return networks;
}

std::optional<bool> parse_switch(std::string_view text) {
  if (text == "on") return true;
  if (text == "off") return false;
  return std::nullopt;
}

void read_network(Reader& reader, Config& config) {
  reader.read("FRONTDESK_LISTEN", config.listen, "an address and a port such as 127.0.0.1:8080",
              parse_endpoint);
  reader.read("FRONTDESK_METRICS_LISTEN", config.metrics_listen,
              "an address and a port such as 127.0.0.1:9090", parse_endpoint);
  reader.read("FRONTDESK_PUBLIC_URL", config.public_url,
              "an origin such as https://book.example.org, without a path",
              [](std::string_view text) {
                return is_origin(text) ? std::optional(std::string(text)) : std::nullopt;
              });
  reader.read("FRONTDESK_TRUSTED_PROXIES", config.trusted_proxies,
              "a list of networks such as 10.0.0.0/8", parse_networks);
  reader.read("FRONTDESK_CORS_ORIGINS", config.cors_origins, "a list of exact origins",
              parse_origins);
  const auto allowance = "a number and a window such as 100/15m";
  reader.read("FRONTDESK_RATE_LIMIT", config.rate_limit, allowance, parse_allowance);
  reader.read("FRONTDESK_RATE_LIMIT_USER", config.rate_limit_user, allowance, parse_allowance);
  reader.read("FRONTDESK_LOGIN_LIMIT", config.login_limit, allowance, parse_allowance);
  reader.read("FRONTDESK_CODE_LIMIT", config.code_limit, allowance, parse_allowance);
}

void read_process(Reader& reader, Config& config) {
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

// RFC 1123 names in lower case, as S3 wants its buckets.
bool is_bucket(std::string_view name) {
  return name.size() >= 3 && name.size() <= 63 && name.front() != '.' && name.back() != '.' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
         });
}

// What goes into a header or an object's name.
std::optional<std::string> parse_plain(std::string_view text, std::size_t max_bytes) {
  const bool plain =
      !text.empty() && text.size() <= max_bytes && is_utf8(text) &&
      std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  return plain ? std::optional(std::string(text)) : std::nullopt;
}

void read_storage(Reader& reader, Config& config) {
  auto& s3 = config.s3;
  s3.credentials.region = "us-east-1";
  const auto plain = [](std::string_view text) { return parse_plain(text, 200); };
  reader.read("FRONTDESK_S3_ENDPOINT", s3.endpoint,
              "an origin such as https://s3.eu-central-1.amazonaws.com", [](std::string_view text) {
                return is_origin(text) ? std::optional(std::string(text)) : std::nullopt;
              });
  reader.read("FRONTDESK_S3_BUCKET", s3.bucket, "the name of a bucket", [](std::string_view text) {
    return is_bucket(text) ? std::optional(std::string(text)) : std::nullopt;
  });
  reader.read("FRONTDESK_S3_REGION", s3.credentials.region, "a region such as eu-central-1", plain);
  reader.read("FRONTDESK_S3_PREFIX", s3.prefix, "at most 200 bytes of text", plain);
  reader.read("FRONTDESK_S3_ACCESS_KEY", s3.credentials.access_key, "an access key", plain);
  reader.read("FRONTDESK_S3_SECRET_KEY", s3.credentials.secret_key, "a secret key", plain);
  reader.read("FRONTDESK_S3_SESSION_TOKEN", s3.credentials.session_token, "a session token",
              [](std::string_view text) { return parse_plain(text, 4096); });
  reader.read("FRONTDESK_S3_PATH_STYLE", s3.path_style, "on or off", parse_switch);
  const auto given = std::ranges::count_if(
      std::array{&s3.endpoint, &s3.bucket, &s3.credentials.access_key, &s3.credentials.secret_key},
      [](const std::string* value) { return !value->empty(); });
  if (given != 0 && given != 4) {
    reader.problem(
        "FRONTDESK_S3_ENDPOINT, FRONTDESK_S3_BUCKET, FRONTDESK_S3_ACCESS_KEY and "
        "FRONTDESK_S3_SECRET_KEY belong together: set all of them or none.");
  }
  if (!config.development() && s3.endpoint.starts_with("http:")) {
    reader.problem("FRONTDESK_S3_ENDPOINT must be https in production.");
  }
}

void read_twilio(Reader& reader, Config& config) {
  outbound::TwilioSettings twilio;
  const auto is_sender = [](std::string_view text) {
    return is_phone_number(text) || outbound::is_twilio_sid(text, "MG");
  };
  reader.read("FRONTDESK_TWILIO_ACCOUNT_SID", twilio.account_sid,
              "an account SID: AC and 32 hexadecimal digits", [](std::string_view text) {
                return outbound::is_twilio_sid(text, "AC") ? std::optional(std::string(text))
                                                           : std::nullopt;
              });
  reader.read("FRONTDESK_TWILIO_AUTH_TOKEN", twilio.auth_token, "an auth token",
              [](std::string_view text) { return parse_plain(text, 200); });
  reader.read("FRONTDESK_TWILIO_FROM", twilio.from,
              "a number such as +15005550006 or the SID of a messaging service",
              [&](std::string_view text) {
                return is_sender(text) ? std::optional(std::string(text)) : std::nullopt;
              });
  reader.read("FRONTDESK_TWILIO_URL", twilio.url, "an origin such as https://api.twilio.com",
              [](std::string_view text) {
                return is_origin(text) ? std::optional(std::string(text)) : std::nullopt;
              });
  const auto given =
      std::ranges::count_if(std::array{&twilio.account_sid, &twilio.auth_token, &twilio.from},
                            [](const std::string* value) { return !value->empty(); });
  if (given != 0 && given != 3) {
    reader.problem(
        "FRONTDESK_TWILIO_ACCOUNT_SID, FRONTDESK_TWILIO_AUTH_TOKEN and FRONTDESK_TWILIO_FROM "
        "belong together: set all of them or none.");
  }
  if (!config.development() && twilio.url.starts_with("http:")) {
    reader.problem("FRONTDESK_TWILIO_URL must be https in production.");
  }
  if (given == 3) config.twilio = std::move(twilio);
}

void read_accounts(Reader& reader, Config& config) {
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

void read_senders(Reader& reader, Config& config) {
  if (auto url = reader.take("FRONTDESK_SMTP_URL")) {
    if (auto server = outbound::parse_smtp_url(*url)) {
      config.smtp = std::move(*server);
      config.smtp_url = std::move(*url);
    } else {
      reader.problem(fmt::format("FRONTDESK_SMTP_URL cannot be used: {}.", server.error()));
    }
  }
  bool has_from = false;
  reader.read("FRONTDESK_MAIL_FROM", config.mail_from,
              "a sender such as Salon Example <desk@example.org>", [&](std::string_view text) {
                has_from = true;
                auto mailbox = outbound::parse_mailbox(text);
                if (mailbox && outbound::ascii_address(mailbox->address).empty()) mailbox.reset();
                return mailbox ? std::optional(std::optional(std::move(*mailbox))) : std::nullopt;
              });
  reader.read("FRONTDESK_OUTBOUND_CA", config.outbound_ca,
              "a file of certificates that can be read",
              [](std::string_view text) -> std::optional<std::string> {
                std::string file(text);
                if (::access(file.c_str(), R_OK) != 0) return std::nullopt;
                return file;
              });
  reader.read("FRONTDESK_WEBHOOK_NETWORKS", config.webhook_networks,
              "a list of networks such as 10.0.0.0/8", parse_reach);
  if (config.smtp && !has_from) {
    reader.problem(
        "FRONTDESK_MAIL_FROM is missing: the sender of all mails, such as Salon Example "
        "<desk@example.org>.");
  }
  if (has_from && config.smtp_url.empty() && reader.problems_.empty()) {
    reader.problem(
        "FRONTDESK_SMTP_URL is missing: FRONTDESK_MAIL_FROM says who sends, not by which server.");
  }
}

void read_fcm(Reader& reader, Config& config) {
  if (auto file = reader.take("FRONTDESK_FCM_CREDENTIALS")) {
    if (auto account = load_service_account(*file)) {
      config.fcm_token_url = account->token_url();
      config.fcm_account = std::move(*account);
      config.fcm_credentials = std::move(*file);
    } else {
      reader.problem(fmt::format("FRONTDESK_FCM_CREDENTIALS cannot be used: {}.", account.error()));
    }
  }
  const auto expected = "an https address, or one of this machine";
  reader.read("FRONTDESK_FCM_URL", config.fcm_url, expected, parse_service_origin);
  reader.read("FRONTDESK_FCM_TOKEN_URL", config.fcm_token_url, expected, parse_service_url);
  if (config.fcm_account && !parse_service_url(config.fcm_token_url)) {
    reader.problem(
        "FRONTDESK_FCM_TOKEN_URL is missing: the file of FRONTDESK_FCM_CREDENTIALS does not say "
        "where tokens come from.");
  }
}

void read_web_push(Reader& reader, Config& config) {
  reader.read("FRONTDESK_VAPID_PRIVATE_KEY", config.vapid_private_key,
              "64 hexadecimal digits, or 43 characters of base64url, of a key on P-256",
              parse_vapid_key);
  reader.read("FRONTDESK_VAPID_SUBJECT", config.vapid_subject,
              "an address for the push services such as mailto:desk@example.org",
              parse_vapid_subject);
  reader.read("FRONTDESK_WEB_PUSH_HOSTS", config.web_push_hosts,
              "a list of hosts such as push.example.org or *.push.example.org", parse_push_hosts);
  if (config.vapid_private_key.empty() || !config.vapid_subject.empty()) return;
  config.vapid_subject = default_vapid_subject(config);
  if (config.vapid_subject.empty()) {
    reader.problem(
        "FRONTDESK_VAPID_SUBJECT is missing: whom a push service asks about our messages, such as "
        "mailto:desk@example.org.");
  }
}

// What only makes sense together.
void check_as_a_whole(Reader& reader, Config& config) {
  if (config.development()) {
    const auto address = boost::asio::ip::make_address(config.listen.address);
    if (!address.is_loopback()) {
      reader.problem(
          "FRONTDESK_LISTEN must be a loopback address in development: the development "
          "inbox shows every code.");
    }
    if (config.public_url.empty()) {
      config.public_url = fmt::format("http://localhost:{}", config.listen.port);
    }
    return;
  }
  if (config.public_url.empty()) {
    reader.problem(
        "FRONTDESK_PUBLIC_URL is missing: the origin that customers see, such as "
        "https://book.example.org.");
  }
  const auto missing = [&](bool absent, std::string_view name, std::string_view how) {
    if (absent) reader.problem(fmt::format("{} is missing. Make one with: {}", name, how));
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
  Reader reader(variables);
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
  read_twilio(reader, config);
  read_fcm(reader, config);
  read_web_push(reader, config);
  check_as_a_whole(reader, config);
  reader.refuse_the_rest();
  if (!reader.problems_.empty()) return std::unexpected(std::move(reader.problems_));
  return config;
}

}  // namespace frontdesk::app
