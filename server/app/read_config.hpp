#pragma once

#include "app/config.hpp"

#include <optional>

namespace frontdesk::app {

constexpr int exit_failed = 1;
constexpr int exit_misused = 2;
constexpr int exit_unsettled = 3;      ///< restored, and the secrets are not in their place yet
constexpr int exit_interrupted = 130;  ///< as a shell reports Ctrl-C

/// The configuration with the secrets that are kept in the data folder, or nullopt once every
/// problem with it has been said on standard error. In development missing secrets are made.
std::optional<Config> read_config(Variables variables);

}  // namespace frontdesk::app
