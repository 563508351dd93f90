#include "app/command_line.hpp"

#include "app/backup_commands.hpp"
#include "app/commands.hpp"
#include "app/config.hpp"
#include "app/doctor_command.hpp"
#include "app/kept_secrets.hpp"
#include "app/outbox_command.hpp"
#include "app/preview_command.hpp"
#include "app/read_config.hpp"
#include "app/restore_leftovers.hpp"
#include "availability/scenario.hpp"
#include "db/setup_error.hpp"
#include "db/stopped.hpp"

#include <cstdio>
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace frontdesk::app {
namespace {

constexpr const char* version = "frontdesk " FRONTDESK_VERSION;

constexpr const char* environment_help =
    "Settings are FRONTDESK_* variables: `frontdesk check-config` prints them all.\n"
    "With none set in development (FRONTDESK_ENV=development) a private PostgreSQL runs in var/.";

struct Arguments {
  std::optional<unsigned> port;
  std::string email;
  std::string name;
  std::string size = "business";
  std::optional<std::string> tokens;
  std::optional<std::string> explain;
  std::string file;
  bool force = false;
  bool json = false;
  Preview preview;
  OutboxOrder outbox = {};
};

// --port stands for FRONTDESK_LISTEN with the same address.
Variables variables_with(const Arguments& arguments) {
  auto variables = frontdesk_variables();
  if (!arguments.port) return variables;
  const auto& listen = variables["FRONTDESK_LISTEN"];
  const auto address = listen.substr(0, listen.rfind(':'));
  variables["FRONTDESK_LISTEN"] =
      fmt::format("{}:{}", address.empty() ? "127.0.0.1" : address, *arguments.port);
  return variables;
}

constexpr const char* backup_help =
    "Back up the private database into one file: a tar archive of everything that a fresh machine\n"
    "needs, the secrets among it. The server may run. The file appears when it is whole, verified\n"
    "and on disk, with mode 0600; after Ctrl-C, a full disk or a crash there is none.\n"
    "Exit status: 0 written, 1 not written, 2 misused, 130 interrupted.\n"
    "A database of FRONTDESK_DATABASE_URL is backed up with its own tools: see pg_dump(1).";

constexpr const char* restore_help =
    "Restore a file that `backup` wrote into FRONTDESK_DATA_DIR, while no server uses it. All or\n"
    "nothing: the database is restored beside the present one, migrated and checked, and then "
    "takes\n"
    "its place. The backup's secrets are kept in FRONTDESK_DATA_DIR/secrets.env. Sessions end:\n"
    "everybody logs in again. Restore only files of your own.\n"
    "Exit status: 0 restored, 1 nothing has changed, 2 misused, 3 restored, but the secrets are "
    "not\n"
    "in their place yet (the next start or `doctor` puts them there), 130 interrupted.";

constexpr const char* doctor_help =
    "Look at everything that Frontdesk needs and say what is wrong and what to do about it:\n"
    "configuration, files, database, clock, disk, mail, limits, port. Works while the server "
    "runs,\n"
    "while it does not, and while the database is broken; changes no data and prints no secret. "
    "Where no server runs, it\n"
    "starts the private PostgreSQL for the look, which recovers from a crash if there was one, "
    "and\n"
    "finishes or clears a restore that was cut short.\n"
    "Exit status: 0 without a problem (warnings allowed), 1 with one.";

void define_maintenance(CLI::App& app, Arguments& arguments) {
  auto* backup = app.add_subcommand("backup", "Back up the private database into one file");
  backup->footer(backup_help);
  backup->add_option("FILE", arguments.file, "The file to write")->required();
  backup->add_flag("--force", arguments.force, "Replace FILE where it exists");
  auto* restore = app.add_subcommand("restore", "Restore what backup wrote");
  restore->footer(restore_help);
  restore->add_option("FILE", arguments.file, "The file to restore")->required();
  restore->add_flag("--force", arguments.force, "Replace the database that is there");
  auto* doctor = app.add_subcommand("doctor", "Say what is wrong with this installation");
  doctor->footer(doctor_help);
  doctor->add_flag("--json", arguments.json, "Print JSON");
}

constexpr const char* preview_help =
    "Write a message with invented facts, in the templates that this installation has: the HTML of "
    "a\n"
    "mail, its subject as the title. Without EVENT, list the events and the channels of each.\n"
    "Templates of your own are FRONTDESK_DATA_DIR/templates/LANGUAGE/EVENT.txt.";

void define_preview(CLI::App& app, Preview& preview) {
  auto* command = app.add_subcommand("preview-mail", "Show what a message looks like");
  command->footer(preview_help);
  command->add_option("EVENT", preview.event, "Such as appointment.booked");
  command->add_option("--language", preview.language, "A BCP 47 tag: en, de-AT, ar");
  command->add_option("--channel", preview.channel, "email, sms, push or inbox");
  command->add_flag("--text", preview.text, "The plain text of a mail");
  command->add_option("--out", preview.out, "Write to this file");
}

constexpr const char* worker_help =
    "`serve` delivers messages itself unless FRONTDESK_WORKER=off. Any number of workers may run, "
    "on\n"
    "any machine that reaches the database; each shows its metrics at FRONTDESK_METRICS_LISTEN, "
    "which\n"
    "is to be another one beside a server.";

constexpr const char* outbox_help =
    "What waits to leave, has been delivered or has been given up, with the recipients masked. "
    "What\n"
    "retry and discard do is in the audit log.";

void define_delivery(CLI::App& app, Arguments& arguments) {
  auto* worker = app.add_subcommand("worker", "Deliver messages until SIGTERM");
  worker->footer(worker_help);
  auto& order = arguments.outbox;
  auto* outbox = app.add_subcommand("outbox", "See and mend what became of messages");
  outbox->footer(outbox_help);
  outbox->require_subcommand(1);
  const auto add_channel = [&order](CLI::App* command) {
    command
        ->add_option("--channel", order.channel,
                     "email, sms, fcm, webpush or webhook; event: what messages are made of")
        ->check(CLI::IsMember({"email", "sms", "push", "fcm", "webpush", "webhook", "event"}));
  };
  auto* list = outbox->add_subcommand("list", "List messages, newest first");
  list->add_option("--status", order.status, "waiting, delivered or dead")
      ->check(CLI::IsMember({"waiting", "delivered", "dead"}));
  add_channel(list);
  list->add_option("--limit", order.limit, "How many")->check(CLI::Range(1, 100'000));
  auto* retry = outbox->add_subcommand("retry", "Have a message leave now");
  retry->add_option("ID", order.id, "The message");
  retry->add_flag("--all-dead", order.all_dead, "All that were given up");
  add_channel(retry);
  auto* discard = outbox->add_subcommand("discard", "Take a message away that nobody is to get");
  discard->add_option("ID", order.id, "The message")->required();
}

void define_commands(CLI::App& app, Arguments& arguments) {
  auto* serve = app.add_subcommand("serve", "Serve the API until SIGTERM");
  serve->add_option("--port", arguments.port, "Listen on this port")->check(CLI::Range(0, 65535));
  app.add_subcommand("migrate", "Bring the database to this version");
  app.add_subcommand("check-config", "Print the configuration, or all that is wrong with it");
  auto* admin = app.add_subcommand("create-admin", "Make a login that may do everything");
  admin->description(
      "Make a login that may do everything; the password is read from standard input");
  admin->add_option("--email", arguments.email, "The login's address")->required();
  admin->add_option("--name", arguments.name, "The person's name")->required();
  auto* demo = app.add_subcommand("demo", "Load demo data into an empty database");
  demo->add_option("--size", arguments.size, "business: a salon; bench: 100,000 appointments")
      ->check(CLI::IsMember({"business", "bench"}));
  demo->add_option("--tokens", arguments.tokens,
                   "Write an access token for each bench session here");
  auto* slots = app.add_subcommand("slots", "Answer a scenario from standard input, no database");
  slots->add_option("--explain", arguments.explain,
                    "Say why a start is or is not offered, such as 2026-03-30T10:00");
  define_preview(app, arguments.preview);
  define_delivery(app, arguments);
  define_maintenance(app, arguments);
  app.add_subcommand("routes", "Print the route table as JSON");
  app.add_subcommand("database-url", "Print how psql reaches the database");
}

int check_config(Variables variables) {
  add_kept_secrets(variables);
  const auto config = parse_config(variables);
  if (config) {
    fmt::print("{}", describe(*config));
    return 0;
  }
  for (const auto& problem : config.error()) fmt::print(stderr, "frontdesk: {}\n", problem);
  return exit_misused;
}

// Beside a server or a restore that runs there is nothing to finish; `serve` is refused there.
void finish_restore(const Variables& variables, bool needs_cluster) try {
  const auto settled = settle_restore(variables);
  if (settled == backup::Settled::finished) {
    fmt::print(stderr, "frontdesk: a restore that was cut short has been finished\n");
  }
} catch (const db::SetupError&) {
  if (needs_cluster) throw;
}

int run_outbox(const CLI::App& outbox, const Config& config, const OutboxOrder& order) {
  if (outbox.got_subcommand("list")) return list_outbox(config, order);
  if (outbox.got_subcommand("retry")) return retry_outbox(config, order);
  return discard_outbox(config, order);
}

int run_command(const CLI::App& app, const Arguments& arguments) {
  const auto chosen = [&](const char* name) { return app.got_subcommand(name); };
  // What needs no configuration comes first: support runs it anywhere.
  if (chosen("slots")) {
    return availability::run_slots(std::cin, std::cout, std::cerr, arguments.explain);
  }
  if (chosen("routes")) return print_routes();
  const auto variables = variables_with(arguments);
  if (chosen("preview-mail")) return preview_mail(variables, arguments.preview);
  if (chosen("check-config")) return check_config(variables);
  if (chosen("doctor")) return examine(variables, arguments.json);
  finish_restore(variables, chosen("serve"));
  if (chosen("backup")) return back_up(variables, arguments.file, arguments.force);
  if (chosen("restore")) return restore(variables, arguments.file, arguments.force);
  auto config = read_config(variables);
  if (!config) return exit_misused;
  if (chosen("serve")) return serve(std::move(*config));
  if (chosen("worker")) return work(std::move(*config));
  if (chosen("outbox")) {
    return run_outbox(*app.get_subcommand("outbox"), *config, arguments.outbox);
  }
  if (chosen("migrate")) return migrate(*config);
  if (chosen("create-admin")) return create_admin(*config, arguments.email, arguments.name);
  if (chosen("demo")) {
    const auto size = arguments.size == "bench" ? demo::Size::bench : demo::Size::business;
    return load_demo(*config, size, arguments.tokens);
  }
  return print_database_url(*config);
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app("Frontdesk takes bookings for any business that sells time.", "frontdesk");
  Arguments arguments;
  app.set_version_flag("--version", version);
  app.require_subcommand(1);
  app.footer(environment_help);
  define_commands(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : exit_misused;
  }
  try {
    return run_command(app, arguments);
  } catch (const backup::Unsettled& unsettled) {
    fmt::print(stderr, "frontdesk: {}\n", unsettled.what());
    return exit_unsettled;
  } catch (const db::Stopped& stopped) {
    fmt::print(stderr, "frontdesk: {}\n", stopped.what());
    return exit_interrupted;
  } catch (const std::exception& error) {
    fmt::print(stderr, "frontdesk: {}\n", error.what());
    return exit_failed;
  }
}

}  // namespace frontdesk::app
