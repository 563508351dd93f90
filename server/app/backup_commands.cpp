#include "app/backup_commands.hpp"

#include "app/audit_command.hpp"
#include "app/commands.hpp"
#include "app/database.hpp"
#include "app/interruption.hpp"
#include "app/kept_secrets.hpp"
#include "app/read_config.hpp"
#include "app/setting_syntax.hpp"
#include "backup/backup.hpp"
#include "db/stopped.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <stdexcept>

#include <boost/algorithm/string/case_conv.hpp>
#include <fmt/format.h>

namespace frontdesk::app {
namespace {

void say(std::string_view line) {
  fmt::print(stderr, "frontdesk: {}\n", line);
}

constexpr double bytes_per_mb = 1e6;

void refuse_external(const Variables& variables, std::string_view tool) {
  if (!variables.contains("FRONTDESK_DATABASE_URL")) return;
  throw std::runtime_error(
      fmt::format("The database is not the private one but that of FRONTDESK_DATABASE_URL: use its "
                  "own backups, or PostgreSQL's {}, and keep the secrets with them.",
                  tool));
}

backup::Secrets secrets_of(const Config& config) {
  std::string keys;
  for (const auto& key : config.jwt_keys) {
    keys += fmt::format("{}{}:{}", keys.empty() ? "" : ",", key.kid, format_hex(key.bytes));
  }
  return {{"FRONTDESK_DATA_KEY", format_hex(config.data_key)},
          {"FRONTDESK_JWT_KEYS", keys},
          {"FRONTDESK_PASSWORD_PEPPER", format_hex(config.password_pepper)}};
}

// Otherwise the restored passwords would all be wrong, and nobody would know why.
void adopt_secrets(Variables& variables, const backup::Secrets& secrets) {
  for (const auto& [name, value] : secrets) {
    const auto [found, is_new] = variables.emplace(name, value);
    if (is_new || boost::to_lower_copy(found->second) == boost::to_lower_copy(value)) continue;
    throw std::runtime_error(
        fmt::format("{} is not the one of the backup, which its data need. Unset it: restore keeps "
                    "the backup's in FRONTDESK_DATA_DIR/secrets.env. Nothing has changed.",
                    name));
  }
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::int64_t sum_of(const std::map<std::string, std::int64_t>& rows) {
  std::int64_t sum = 0;
  for (const auto& [table, count] : rows) sum += count;
  return sum;
}

std::int64_t rows_of(const backup::Manifest& manifest, const char* table) {
  const auto found = manifest.rows.find(table);
  return found == manifest.rows.end() ? 0 : found->second;
}

// R73. That it cannot be written, as on a full disk, is no reason to have no backup.
void audit_backup(const Database& database, const char* outcome) try {
  audit_command(database.url(), "backup", outcome);
} catch (const std::exception& error) {
  say(fmt::format("the audit log has no entry for this backup: {}", error.what()));
}

backup::BackupReport back_up(const Database& database, const backup::BackupOrder& order) try {
  auto report = backup::back_up(order);
  audit_backup(database, "success");
  return report;
} catch (const std::exception&) {
  audit_backup(database, "failure");
  throw;
}

}  // namespace

int back_up(const Variables& variables, const std::filesystem::path& file, bool replaces) {
  refuse_external(variables, "pg_dump");
  std::signal(SIGPIPE, SIG_IGN);
  Interruption interruption;
  const auto started_at = std::chrono::steady_clock::now();
  const auto data_dir = data_dir_of(variables);
  if (!std::filesystem::exists(data_dir / "postgres" / "data" / "PG_VERSION")) {
    throw std::runtime_error(
        fmt::format("There is no database in {} to back up.", data_dir.string()));
  }
  const auto config = read_config(variables);
  if (!config) return exit_misused;
  const auto database = Database::own_or_running(*config, say);
  const auto report =
      back_up(database, {.file = file,
                         .replaces = replaces,
                         .data_dir = config->data_dir,
                         .owner_url = database.owner_url(),
                         .secrets = secrets_of(*config),
                         .frontdesk_version = FRONTDESK_VERSION,
                         .progress = say,
                         .should_stop = [&interruption] { return interruption.requested(); }});
  fmt::print("{}: {:.1f} MB, {} tables, {} rows ({} appointments), in {:.1f} s.\n", file.string(),
             static_cast<double>(report.size_bytes) / bytes_per_mb, report.manifest.rows.size(),
             sum_of(report.manifest.rows), rows_of(report.manifest, "appointments"),
             seconds_since(started_at));
  fmt::print("It holds all data and the secrets: keep it where nobody else can read it.\n");
  return 0;
}

int restore(Variables variables, const std::filesystem::path& file, bool replaces) {
  refuse_external(variables, "pg_restore");
  std::signal(SIGPIPE, SIG_IGN);
  Interruption interruption;
  const auto started_at = std::chrono::steady_clock::now();
  say("checking the backup");
  const auto backup_file = backup::BackupFile::open(file, [&interruption] {
    if (interruption.requested()) throw db::Stopped();
  });
  adopt_secrets(variables, backup_file.secrets());
  const auto config = read_config(variables);
  if (!config) return exit_misused;
  const auto report = backup::restore(
      backup_file, {.data_dir = config->data_dir,
                    .replaces = replaces,
                    .frontdesk_version = FRONTDESK_VERSION,
                    .progress = say,
                    .should_stop = [&interruption] { return interruption.requested(); },
                    .before_swap =
                        [&backup_file](const std::string& url) {
                          audit_command(url, "restore", "success",
                                        {{"backup_of", backup_file.manifest().created_at}});
                        }});
  const auto& manifest = backup_file.manifest();
  fmt::print(
      "Restored the backup of {}: {} tables, {} rows ({} appointments, {} users), in {:.1f} s.\n",
      manifest.created_at, manifest.rows.size(), report.rows, rows_of(manifest, "appointments"),
      rows_of(manifest, "users"), seconds_since(started_at));
  if (report.images > 0) fmt::print("Restored {} files of images.\n", report.images);
  if (!report.migrations.empty()) {
    fmt::print("Applied {} migrations that the backup lacked.\n", report.migrations.size());
  }
  fmt::print("The secrets are in {}. Everybody logs in again.\n",
             backup::kept_secrets_path(config->data_dir).string());
  return 0;
}

}  // namespace frontdesk::app
