#pragma once

#include "app/config.hpp"

#include <optional>
#include <string>

namespace frontdesk::app {

/// `frontdesk outbox`: what /api/v1/outbox does, for whoever has the server's configuration.
struct OutboxOrder {
  std::optional<std::string> status;   ///< of list
  std::optional<std::string> channel;  ///< of list, and of all that are retried
  int limit = 100;                     ///< of list
  std::string id;                      ///< of retry and discard
  bool all_dead = false;               ///< retry: everything that was given up
};

/// Each prints what it found or did and returns an exit status; throws std::exception with a
/// sentence for the operator.
int list_outbox(const Config& config, const OutboxOrder& order);
int retry_outbox(const Config& config, const OutboxOrder& order);
int discard_outbox(const Config& config, const OutboxOrder& order);

}  // namespace frontdesk::app
