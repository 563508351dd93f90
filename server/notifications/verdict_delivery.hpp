#pragma once

#include "outbound/verdict.hpp"
#include "queue/sender.hpp"

namespace frontdesk::notifications {

/// What the queue is told of a message. A recipient who is gone can never be reached.
queue::Delivery delivery_of(outbound::Verdict verdict);

}  // namespace frontdesk::notifications
