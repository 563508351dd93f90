#pragma once

#include "notifications/device.hpp"
#include "notifications/push_notice.hpp"

#include <chrono>
#include <string>

namespace frontdesk::notifications {

/// The body of FCM's messages:send (HTTP v1): a notification, with `event` and, of an appointment,
/// `appointment_id` as data. On the screen it takes the place of what has the same tag; FCM gives
/// it up after push_lifetime. (No collapse key of Android's: of those FCM keeps four a device, and
/// drops any others.)
std::string fcm_json(const PushNotice& notice, const FcmTarget& target,
                     std::chrono::system_clock::time_point now);

}  // namespace frontdesk::notifications
