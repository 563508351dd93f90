#include "app/doctor_command.hpp"

#include "app/database.hpp"
#include "app/doctor_mail.hpp"
#include "app/doctor_push.hpp"
#include "app/doctor_sms.hpp"
#include "app/kept_secrets.hpp"
#include "app/process.hpp"
#include "app/restore_leftovers.hpp"
#include "db/private_cluster.hpp"
#include "doctor/doctor.hpp"
#include "http/connection_limits.hpp"

#include <csignal>
#include <cstdio>
#include <iterator>
#include <memory>

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

using doctor::Findings;
using doctor::Grade;

constexpr std::chrono::seconds look_limit{3};
constexpr std::chrono::seconds database_limit{8};
constexpr std::chrono::seconds mail_limit{12};
constexpr std::chrono::seconds start_limit{20};
constexpr std::size_t spare_descriptors = 256;

void add(Findings& findings, Findings more) {
  std::ranges::move(more, std::back_inserter(findings));
}

constexpr std::chrono::seconds files_limit{12};

Findings check_images(const Config& config) {
  if (config.s3.endpoint.empty() && !std::filesystem::exists(config.data_dir / "media")) {
    return {{"images", Grade::ok, "there are none yet", ""}};
  }
  const std::shared_ptr<storage::ObjectStore> store = make_store(config);
  return doctor::within("images", files_limit, [store] { return doctor::check_files(*store); });
}

Findings check_worker(const Config& config) {
  if (config.worker) return {{"worker", Grade::ok, "messages are delivered by the server", ""}};
  return {{"worker", Grade::warning, "FRONTDESK_WORKER is off: this server delivers no message",
           "Leave it off only where another server of the database has it on."}};
}

// Without a server the private cluster is started for the look; the returned one must outlive it.
Findings check_own_cluster(const Config& config, std::unique_ptr<db::PrivateCluster>& cluster) {
  const auto data = config.data_dir / "postgres" / "data";
  if (!std::filesystem::exists(data / "PG_VERSION")) {
    return {{"database", Grade::warning,
             fmt::format("there is none in {} yet", config.data_dir.string()),
             "The first `frontdesk serve` makes it; or restore a backup."}};
  }
  if (const auto holder = doctor::cluster_holder(config.data_dir)) {
    auto found = doctor::within("database", database_limit, [config] {
      const auto url = Database::url_of_running(config);
      return url ? doctor::check_database(*url) : Findings{};
    });
    if (!found.empty()) return found;
    return {{"database", Grade::problem,
             fmt::format("process {} uses it, but PostgreSQL does not answer", *holder),
             fmt::format("See {}.", (data.parent_path() / "postgres.log").string())}};
  }
  try {
    cluster = std::make_unique<db::PrivateCluster>(
        db::PrivateClusterOptions{.data_dir = config.data_dir,
                                  .patience = std::chrono::seconds{2},
                                  .start_timeout = start_limit});
  } catch (const std::exception& error) {
    return {{"database", Grade::problem, error.what(),
             "Mend what its log names; docs/runbooks/backup-and-restore.md tells how to go back."}};
  }
  return doctor::within("database", database_limit,
                        [url = cluster->app_url()] { return doctor::check_database(url); });
}

Findings check_any_database(const Config& config, std::unique_ptr<db::PrivateCluster>& cluster) {
  if (config.private_cluster()) return check_own_cluster(config, cluster);
  return doctor::within("database", database_limit,
                        [url = config.database_url] { return doctor::check_database(url); });
}

Findings check_all(const Config& config, std::unique_ptr<db::PrivateCluster>& cluster) {
  const auto quick = [](const char* check, std::function<Findings()> look) {
    return doctor::within(check, look_limit, std::move(look));
  };
  const auto folder = config.data_dir;
  Findings findings{{"configuration", Grade::ok,
                     config.development() ? "valid, for development" : "valid, for production",
                     ""}};
  add(findings, quick("secrets", [folder] { return doctor::check_secret_files(folder); }));
  add(findings, quick("disk", [folder] { return doctor::check_disk(folder); }));
  add(findings, check_any_database(config, cluster));
  add(findings, doctor::check_clock_source());
  add(findings, quick("zone data", doctor::check_zones));
  add(findings, doctor::within("mail", mail_limit, [config] { return check_mail(config); }));
  add(findings, doctor::within("push", mail_limit, [config] { return check_push(config); }));
  add(findings, doctor::within("sms", mail_limit, [config] { return check_sms(config); }));
  add(findings, check_images(config));
  add(findings, check_worker(config));
  add(findings, doctor::check_open_files(http::ConnectionCount().limit() + spare_descriptors));
  add(findings, quick("port", [listen = config.listen] {
        return doctor::check_port(listen.address, listen.port);
      }));
  findings.push_back({"redis", Grade::ok, "not used by this version", ""});
  return findings;
}

Findings check_configuration(Variables variables, std::optional<Config>& config) try {
  auto problems = doctor::check_secret_files(data_dir_of(variables));
  add_kept_secrets(variables);
  auto parsed = parse_config(variables);
  if (parsed) {
    config = std::move(*parsed);
    return {};
  }
  for (auto& problem : parsed.error()) {
    problems.push_back({"configuration", Grade::problem, std::move(problem),
                        "Set it in the environment: docs/runbooks/configuration.md."});
  }
  return problems;
} catch (const std::exception& error) {
  return {{"configuration", Grade::problem, error.what(), "Mend the file that it names."}};
}

// First of all: what it finishes, the configuration needs.
Findings check_restores(const Variables& variables) try {
  const auto settled = settle_restore(variables);
  if (!settled) return {};
  return {{"restores", Grade::ok,
           *settled == backup::Settled::finished
               ? "one that was cut short has been finished: its secrets are in their place"
               : "the secrets of one that was cut short, and changed nothing, have been removed",
           ""}};
} catch (const backup::Unsettled& unsettled) {
  return {{"restores", Grade::problem, unsettled.what(), "Mend what it names, then look again."}};
} catch (const std::exception& error) {
  const auto waiting = backup::find_waiting_secrets(data_dir_of(variables));
  return {{"restores", Grade::warning,
           fmt::format("{} tells of one that is under way or was cut short: {}",
                       waiting.empty() ? "a file" : waiting.front().string(), error.what()),
           "The next start of the server finishes it or removes the file."}};
}

}  // namespace

int examine(Variables variables, bool as_json) {
  std::signal(SIGPIPE, SIG_IGN);
  std::optional<Config> config;
  std::unique_ptr<db::PrivateCluster> cluster;
  auto findings = check_restores(variables);
  add(findings, check_configuration(std::move(variables), config));
  if (config) add(findings, check_all(*config, cluster));
  fmt::print("{}", as_json ? doctor::format_json(findings) : doctor::format_text(findings));
  std::fflush(stdout);
  return doctor::has_problem(findings) ? 1 : 0;
}

}  // namespace frontdesk::app
