#include "staff/wire.hpp"

namespace frontdesk::staff::wire {

void write(JsonWriter& json, const Member& member) {
  json.begin_object();
  write_public_members(json, member);
  json.end_object();
}

void write_public_members(JsonWriter& json, const Member& member) {
  json.member("id", member.id);
  json.member("name", member.name);
  json.member("title", member.title);
  json.member("bio", member.bio);
  json.key("service_ids").begin_array();
  for (const auto& id : member.services) json.value(id);
  json.end_array();
  json.member("version", member.version);
}

}  // namespace frontdesk::staff::wire
