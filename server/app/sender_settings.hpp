#pragma once

#include "app/config.hpp"
#include "app/setting_reader.hpp"

namespace frontdesk::app {

/// Reads what brings messages to people and programs: SMTP, Twilio, FCM and Web Push, and which
/// authorities and networks the calls to other servers may trust and reach. A channel without its
/// settings stays off; one with a part of them is a problem. config.environment and
/// config.public_url have been read.
void read_senders(SettingReader& reader, Config& config);

}  // namespace frontdesk::app
