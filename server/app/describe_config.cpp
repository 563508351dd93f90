#include "app/config.hpp"
#include "app/setting_syntax.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace frontdesk::app {
namespace {

std::string without_password(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed) return url.empty() ? url : "(set)";
  boost::urls::url shown(*parsed);
  if (shown.has_password()) shown.set_password("***");
  return shown.has_query() && shown.query().find("password") != std::string::npos
             ? "(set)"
             : std::string(shown.buffer());
}

std::string shown(const Endpoint& endpoint) {
  const bool v6 = endpoint.address.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", endpoint.address, endpoint.port)
            : fmt::format("{}:{}", endpoint.address, endpoint.port);
}

std::string shown(const Allowance& allowance) {
  return fmt::format("{}/{}", allowance.count, format_duration(allowance.window));
}

std::string shown(const std::optional<outbound::Mailbox>& mailbox) {
  if (!mailbox) return {};
  return mailbox->name.empty() ? mailbox->address
                               : fmt::format("{} <{}>", mailbox->name, mailbox->address);
}

}  // namespace

std::string describe(const Config& config) {
  const auto secret = [](bool set) { return set ? "(set)" : "(made at the first start)"; };
  std::string text;
  const auto line = [&](std::string_view name, const std::string& value) {
    text += fmt::format("FRONTDESK_{}={}\n", name, value);
  };
  line("ENV", config.development() ? "development" : "production");
  line("LISTEN", shown(config.listen));
  line("METRICS_LISTEN", shown(config.metrics_listen));
  line("PUBLIC_URL", config.public_url);
  line("DATA_DIR", config.data_dir.string());
  line("DATABASE_URL",
       config.private_cluster() ? "(private cluster)" : without_password(config.database_url));
  line("DATABASE_OWNER_URL", without_password(config.database_owner_url));
  line("DATABASE_POOL", std::to_string(config.database_pool));
  line("THREADS", std::to_string(config.threads));
  line("TRUSTED_PROXIES", fmt::format("{}", fmt::join(config.trusted_proxies, ",")));
  line("CORS_ORIGINS", fmt::format("{}", fmt::join(config.cors_origins, ",")));
  line("RATE_LIMIT", shown(config.rate_limit));
  line("RATE_LIMIT_USER", shown(config.rate_limit_user));
  line("LOGIN_LIMIT", shown(config.login_limit));
  line("CODE_LIMIT", shown(config.code_limit));
  line("IMAGE_LIMIT", shown(config.image_limit));
  line("LOCKOUT", shown(config.lockout));
  line("BCRYPT_COST", std::to_string(config.bcrypt_cost));
  line("ACCESS_TTL", format_duration(config.access_ttl));
  line("REFRESH_TTL", format_duration(config.refresh_ttl));
  line("WORKER", config.worker ? "on" : "off");
  line("SMTP_URL", without_password(config.smtp_url));
  line("MAIL_FROM", shown(config.mail_from));
  const auto twilio = config.twilio.value_or(outbound::TwilioSettings{});
  line("TWILIO_ACCOUNT_SID", twilio.account_sid);
  line("TWILIO_AUTH_TOKEN", twilio.auth_token.empty() ? "" : "(set)");
  line("TWILIO_FROM", twilio.from);
  line("TWILIO_URL", twilio.url);
  line("OUTBOUND_CA", config.outbound_ca);
  line("WEBHOOK_NETWORKS", fmt::format("{}", fmt::join(config.webhook_networks, ",")));
  line("FCM_CREDENTIALS", config.fcm_credentials);
  line("FCM_URL", config.fcm_url);
  line("FCM_TOKEN_URL", config.fcm_token_url);
  line("VAPID_PRIVATE_KEY", config.vapid_private_key.empty() ? "" : "(set)");
  line("VAPID_SUBJECT", config.vapid_subject);
  line("WEB_PUSH_HOSTS", fmt::format("{}", fmt::join(config.web_push_hosts, ",")));
  line("LOG_LEVEL", config.log_level);
  const auto& s3 = config.s3;
  const auto given = [](const std::string& value) { return value.empty() ? "" : "(set)"; };
  line("S3_ENDPOINT", s3.endpoint);
  line("S3_BUCKET", s3.bucket);
  line("S3_REGION", s3.credentials.region);
  line("S3_PREFIX", s3.prefix);
  line("S3_ACCESS_KEY", s3.credentials.access_key);
  line("S3_SECRET_KEY", given(s3.credentials.secret_key));
  line("S3_SESSION_TOKEN", given(s3.credentials.session_token));
  line("S3_PATH_STYLE", s3.path_style ? "on" : "off");
  line("JWT_KEYS", secret(!config.jwt_keys.empty()));
  line("PASSWORD_PEPPER", secret(!config.password_pepper.empty()));
  line("DATA_KEY", secret(!config.data_key.empty()));
  return text;
}

}  // namespace frontdesk::app
