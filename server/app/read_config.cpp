#include "app/read_config.hpp"

#include "app/kept_secrets.hpp"

#include <cstdio>

#include <fmt/format.h>

namespace frontdesk::app {

std::optional<Config> read_config(Variables variables) {
  add_kept_secrets(variables);
  auto config = parse_config(variables);
  if (!config) {
    for (const auto& problem : config.error()) fmt::print(stderr, "frontdesk: {}\n", problem);
    return std::nullopt;
  }
  if (config->development()) load_development_secrets(*config);
  return std::move(*config);
}

}  // namespace frontdesk::app
