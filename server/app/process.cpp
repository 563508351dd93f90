#include "app/process.hpp"

#include "backup/backup.hpp"
#include "core/ensure.hpp"
#include "media/image_program.hpp"
#include "storage/folder_store.hpp"
#include "storage/s3_store.hpp"

#include <span>
#include <string_view>

#include <boost/url/parse.hpp>
#include <unistd.h>

namespace frontdesk::app {
namespace {

// Files are small, and those of a page are asked for together.
constexpr std::size_t max_media_files = 400;
constexpr std::size_t max_media_bytes = std::size_t{16} * 1024 * 1024;
constexpr unsigned storage_threads_count = 8;  // calls of S3 at once (R72: at most 16)
constexpr unsigned storage_queue = 256;

std::span<const std::uint8_t, DataKey::size_bytes> key_span(const Config& config) {
  return std::span(config.data_key).first<DataKey::size_bytes>();
}

http::RateAllowance allowance(const Allowance& setting) {
  return {setting.count, setting.window};
}

// In the order of http::RatePolicy.
http::RateAllowances allowances(const Config& config) {
  return {allowance(config.rate_limit),  allowance(config.rate_limit_user),
          allowance(config.login_limit), allowance(config.code_limit),
          allowance(config.image_limit), allowance(config.rate_limit)};
}

}  // namespace

outbound::SmtpServer smtp_server(const Config& config) {
  ENSURE(config.smtp.has_value());
  auto server = *config.smtp;
  if (const auto origin = boost::urls::parse_uri(config.public_url)) {
    server.own_name = origin->host_address();
  }
  server.ca_file = config.outbound_ca;
  return server;
}

std::string organizer(const Config& config) {
  if (config.mail_from) return config.mail_from->address;
  const auto origin = boost::urls::parse_uri(config.public_url);
  return "noreply@" + (origin ? std::string(origin->host_address()) : std::string("localhost"));
}

outbound::Reach webhook_reach(const Config& config) {
  auto reach = outbound::Reach::with(config.webhook_networks);
  ENSURE(reach.has_value());  // parse_config has refused the others
  return std::move(*reach);
}

void warn_without_sender(Process& process) {
  if (process.config.development() || process.config.smtp) return;
  process.log.error(
      "no mail server is configured: codes and all other mails wait in the outbox, and nobody can "
      "register; set FRONTDESK_SMTP_URL and FRONTDESK_MAIL_FROM");
}

accounts::Options account_options(const Config& config, observe::Metrics* metrics) {
  accounts::Options options;
  for (const auto& key : config.jwt_keys) options.signing_keys.push_back({key.kid, key.bytes});
  options.pepper = config.password_pepper;
  options.public_origin = config.public_url;
  options.access_ttl = config.access_ttl;
  options.refresh_ttl = config.refresh_ttl;
  options.sends_sms = config.has_sms();
  options.bcrypt_cost = static_cast<int>(config.bcrypt_cost);
  options.lockout.failures = static_cast<int>(config.lockout.count);
  options.lockout.window = config.lockout.window;
  if (metrics != nullptr) {
    options.on_wrong_code = [metrics] { metrics->count_wrong_code(); };
  }
  return options;
}

std::unique_ptr<storage::ObjectStore> make_store(const Config& config) {
  if (config.s3.endpoint.empty()) {
    return std::make_unique<storage::FolderStore>(config.data_dir / backup::media_folder);
  }
  return std::make_unique<storage::S3Store>(config.s3);
}

Process::Process(Config configuration)
    : config(std::move(configuration)),
      log(observe::parse_level(config.log_level).value_or(observe::Level::info),
          observe::log_format_for(STDOUT_FILENO), STDOUT_FILENO),
      metrics(FRONTDESK_VERSION),
      data_key(key_span(config)),
      limiter(allowances(config)),
      media_files(max_media_files, max_media_bytes),
      upload_gate({}),
      store(make_store(config)),
      storage_threads({.threads = storage_threads_count, .queue = storage_queue}),
      image_shop(
          {.program = media::image_program_beside_this(),
           .log = [this](std::string_view line) { log.warning("images", {{"detail", line}}); }}),
      accounts(account_options(config, &metrics)),
      reference(make_reference(config.development(), config.public_url.starts_with("https:"))) {}

}  // namespace frontdesk::app
