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

void write_customer(JsonWriter& json, const std::optional<WalkIn>& walk_in) {
  json.key("customer");
  if (!walk_in) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("name", walk_in->name);
  json.member("phone", walk_in->phone);
  json.member("email", walk_in->email);
  json.end_object();
}

void write_with_seats(JsonWriter& json, const Appointment& appointment,
                      std::optional<std::int32_t> seats_left) {
  json.begin_object();
  json.member("id", appointment.id);
  if (appointment.user) {
    write_named(json, "user", *appointment.user);
  } else {
    json.key("user").null();
  }
  write_customer(json, appointment.walk_in);
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
  if (seats_left) json.member("seats_left", *seats_left);
  json.member("notes", appointment.notes);
  json.member("cancel_reason", appointment.cancel_reason);
  json.member("created_at", appointment.created_at);
  json.member("updated_at", appointment.updated_at);
  json.member("version", appointment.version);
  json.end_object();
}

}  // namespace

void write(JsonWriter& json, const Appointment& appointment) {
  write_with_seats(json, appointment, std::nullopt);
}

std::string to_json(const Appointment& appointment, std::optional<std::int32_t> seats_left) {
  std::string text;
  text.reserve(768);
  JsonWriter json(text);
  write_with_seats(json, appointment, seats_left);
  return text;
}

}  // namespace frontdesk::appointments
