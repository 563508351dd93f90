#pragma once

#include "core/uuid.hpp"

#include <optional>
#include <string>

namespace frontdesk::queue {

/// A message to one person over one channel.
struct Message {
  std::string event;    ///< `auth.code`, `appointment.booked`: what a preference or a metric names
  std::string channel;  ///< email, sms or push
  std::string to;       ///< e-mail address, E.164 number or device id
  std::string subject;
  std::string text;
  std::string html;  ///< may be empty
  std::optional<UserId> user = {};
  std::optional<AppointmentId> appointment = {};
};

}  // namespace frontdesk::queue
