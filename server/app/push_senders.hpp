#pragma once

#include "app/process.hpp"
#include "db/pool.hpp"
#include "queue/sender.hpp"

#include <memory>
#include <vector>

namespace frontdesk::app {

/// The senders of pushes that the configuration turns on, each with its circuit among the metrics;
/// in development those that leave pushes in the inbox for the others. `pool` and `process` must
/// outlive them.
std::vector<std::unique_ptr<queue::Sender>> make_push_senders(asio::io_context& context,
                                                              db::Pool& pool, Process& process);

}  // namespace frontdesk::app
