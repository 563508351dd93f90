#include "appointments/view.hpp"

namespace frontdesk::appointments {
namespace {

template <class IdType>
void write_named(JsonWriter& json, std::string_view name, const Named<IdType>& named) {
  json.key(name).begin_object();
  json.member("id", named.id);
  json.member("name", named.name);
  json.end_object();
}

}  // namespace

void write(JsonWriter& json, const Appointment& appointment) {
  json.begin_object();
  json.member("id", appointment.id);
  if (appointment.user) {
    write_named(json, "user", *appointment.user);
  } else {
    json.key("user").null();
  }
  write_named(json, "service", appointment.service);
  write_named(json, "staff", appointment.staff);
  json.member("date", appointment.date);
  json.member("time", appointment.time);
  json.member("timezone", appointment.timezone);
  json.member("starts_at", appointment.starts_at);
  json.member("ends_at", appointment.ends_at);
  json.member("duration", appointment.duration_minutes);
  json.member("price", appointment.price);
  json.member("status", slug_of(appointment.status));
  json.member("party_size", appointment.party_size);
  json.member("notes", appointment.notes);
  json.member("cancel_reason", appointment.cancel_reason);
  json.member("created_at", appointment.created_at);
  json.member("updated_at", appointment.updated_at);
  json.member("version", appointment.version);
  json.end_object();
}

std::string to_json(const Appointment& appointment) {
  std::string text;
  text.reserve(768);
  JsonWriter json(text);
  write(json, appointment);
  return text;
}

}  // namespace frontdesk::appointments
