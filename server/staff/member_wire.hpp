#pragma once

#include "core/json_writer.hpp"
#include "staff/staff.hpp"

#include <boost/json/value.hpp>

/// JSON ↔ domain for those who manage the staff. What cannot be read is refused with 422 and every
/// bad field by name.
namespace frontdesk::staff::wire {

/// {name, title?, bio?, user_id?, service_ids?}
Result<NewMember> read_new_member(const boost::json::value& body);
/// {name?, title?, bio?, user_id?, active?}; null takes the login away.
Result<MemberChange> read_member_change(const boost::json::value& body);
/// {service_ids}, each once.
Result<std::vector<ServiceId>> read_services(const boost::json::value& body);
/// {ids}
Result<std::vector<StaffId>> read_order(const boost::json::value& body);

/// A member as those with staff.manage see them: the public part, the login, `active`.
void write_all(JsonWriter& json, const Member& member);
/// {ids}: the order that has been set.
void write_order(JsonWriter& json, const std::vector<StaffId>& ids);

}  // namespace frontdesk::staff::wire
