#include "catalog/affected.hpp"

namespace frontdesk::catalog {

void write_members(JsonWriter& json, const Affected& affected) {
  json.key("affected").begin_array();
  for (const auto& appointment : affected.items) {
    json.begin_object();
    json.member("id", appointment.id);
    json.key("service").begin_object();
    json.member("id", appointment.service).member("name", appointment.service_name);
    json.end_object();
    json.key("staff").begin_object();
    json.member("id", appointment.staff).member("name", appointment.staff_name);
    json.end_object();
    json.member("starts_at", appointment.starts_at);
    json.member("ends_at", appointment.ends_at);
    json.member("status", appointment.status);
    json.end_object();
  }
  json.end_array();
  json.member("affected_total", affected.total);
}

}  // namespace frontdesk::catalog
