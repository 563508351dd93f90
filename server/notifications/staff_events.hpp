#pragma once

#include "notifications/telling.hpp"

#include <vector>

namespace frontdesk::notifications {

/// What members of staff are told of an event of `appointment`: who has it, and who had it where it
/// has gone to another. Only those with a login, and nobody of what they did themselves. `facts`
/// are those of the customer.
Task<std::vector<Telling>> staff_tellings(db::Connection& connection, const Dispatch& dispatch,
                                          const appointments::Appointment& appointment,
                                          const Facts& facts);

}  // namespace frontdesk::notifications
