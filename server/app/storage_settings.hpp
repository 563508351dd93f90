#pragma once

#include "app/config.hpp"
#include "app/setting_reader.hpp"

namespace frontdesk::app {

/// Reads where the files of images lie, the FRONTDESK_S3_* settings, into config.s3: all that S3
/// needs or nothing, and https in production. config.environment has been read.
void read_storage(SettingReader& reader, Config& config);

}  // namespace frontdesk::app
