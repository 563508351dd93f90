#pragma once

#include "core/json_writer.hpp"
#include "staff/staff.hpp"

namespace frontdesk::staff::wire {

/// The public view: nothing of the login that a member may have.
void write(JsonWriter& json, const Member& member);
/// The same without the braces, for a view that shows more.
void write_public_members(JsonWriter& json, const Member& member);

}  // namespace frontdesk::staff::wire
