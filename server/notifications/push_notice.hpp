#pragma once

#include "core/uuid.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace frontdesk::notifications {

/// What one push says, whichever service brings it.
struct PushNotice {
  Uuid id;  ///< the same in each copy of it
  std::string title;
  std::string body;
  std::string event;
  std::optional<AppointmentId> appointment = {};
};

/// How long a service keeps trying: who sees it a day later has seen the mail.
inline constexpr std::chrono::hours push_lifetime{24};

/// Cleaned and shortened, so that every service takes it: a title of 120 characters, a text of 500,
/// each on one line.
PushNotice presentable(PushNotice notice);

/// What takes the place of what on a screen: the appointment, whose last news is what counts;
/// without one the notice itself, so that a second copy does not show twice.
std::string tag_of(const PushNotice& notice);

/// Whether it should wake a device that saves power: what is about an appointment.
bool is_urgent(const PushNotice& notice);

/// What a service worker gets: `{title, body, tag, event, appointment_id}`. Of a presentable notice
/// it is shorter than what Web Push takes.
std::string web_push_json(const PushNotice& notice);

}  // namespace frontdesk::notifications
