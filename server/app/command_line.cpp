#include "app/command_line.hpp"

#include "app/commands.hpp"
#include "app/config.hpp"
#include "app/setting_syntax.hpp"
#include "availability/scenario.hpp"

#include <cstdio>
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace frontdesk::app {
namespace {

constexpr int exit_failed = 1;
constexpr int exit_misused = 2;

constexpr const char* version = "frontdesk " FRONTDESK_VERSION;

constexpr const char* environment_help =
    "Settings are FRONTDESK_* variables: `frontdesk check-config` prints them all.\n"
    "With none set in development (FRONTDESK_ENV=development) a private PostgreSQL runs in var/.";

// The configuration, or every problem with it on standard error.
std::optional<Config> read_config(const Variables& variables) {
  auto config = parse_config(variables);
  if (config) return std::move(*config);
  for (const auto& problem : config.error()) fmt::print(stderr, "frontdesk: {}\n", problem);
  return std::nullopt;
}

struct Arguments {
  std::optional<unsigned> port;
  std::string email;
  std::string name;
  std::string size = "business";
  std::optional<std::string> tokens;
  std::optional<std::string> explain;
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
  app.add_subcommand("routes", "Print the route table as JSON");
  app.add_subcommand("database-url", "Print how psql reaches the database");
}

int check_config(const Variables& variables) {
  const auto config = read_config(variables);
  if (!config) return exit_misused;
  fmt::print("{}", describe(*config));
  return 0;
}

int run_command(const CLI::App& app, const Arguments& arguments) {
  const auto chosen = [&](const char* name) { return app.got_subcommand(name); };
  // What needs no configuration comes first: support runs it anywhere.
  if (chosen("slots")) {
    return availability::run_slots(std::cin, std::cout, std::cerr, arguments.explain);
  }
  if (chosen("routes")) return print_routes();
  const auto variables = variables_with(arguments);
  if (chosen("check-config")) return check_config(variables);
  auto config = read_config(variables);
  if (!config) return exit_misused;
  if (config->development()) load_development_secrets(*config);
  if (chosen("serve")) return serve(std::move(*config));
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
  } catch (const std::exception& error) {
    fmt::print(stderr, "frontdesk: {}\n", error.what());
    return exit_failed;
  }
}

}  // namespace frontdesk::app
