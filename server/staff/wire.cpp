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

void write(JsonWriter& json, const WorkingWeek& week) {
  json.begin_object();
  json.member("timezone", week.timezone);
  json.key("items").begin_array();
  for (const auto& interval : week.intervals) {
    json.begin_object();
    json.member("weekday", interval.weekday);
    json.member("start", interval.start);
    json.member("end", interval.end);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace frontdesk::staff::wire
