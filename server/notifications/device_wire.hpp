#pragma once

#include "core/error.hpp"
#include "core/json_writer.hpp"
#include "notifications/devices.hpp"

#include <boost/json/value.hpp>

namespace frontdesk::notifications::wire {

/// The body of a registration, for the device `id`. Refuses with 422 every field that is wrong; of
/// an endpoint it looks at the length alone, hosts are the feature's.
Result<Device> read_device(const Uuid& id, const boost::json::value& body);

void write(JsonWriter& json, const RegisteredDevice& device);

}  // namespace frontdesk::notifications::wire
