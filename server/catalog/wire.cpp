#include "catalog/wire.hpp"

namespace frontdesk::catalog::wire {

void write(JsonWriter& json, const Category& category) {
  json.begin_object();
  json.member("id", category.id);
  json.member("name", category.name);
  json.member("description", category.description);
  json.member("version", category.version);
  json.end_object();
}

void write(JsonWriter& json, const Service& service) {
  json.begin_object();
  json.member("id", service.id);
  json.member("category_id", service.category);
  json.member("name", service.name);
  json.member("description", service.description);
  json.member("price", service.price);
  json.member("duration", service.duration_minutes);
  json.member("buffer_before", service.buffer_before_minutes);
  json.member("buffer_after", service.buffer_after_minutes);
  json.member("capacity", service.capacity);
  json.member("min_notice", service.min_notice_minutes);
  json.member("max_advance_days", service.max_advance_days);
  json.key("image");
  if (service.image) {
    media::write(json, *service.image);
  } else {
    json.null();
  }
  json.key("staff_ids").begin_array();
  for (const auto& id : service.staff) json.value(id);
  json.end_array();
  json.key("resource_ids").begin_array().end_array();
  json.member("active", service.active);
  json.member("version", service.version);
  json.end_object();
}

void write(JsonWriter& json, const Closure& closure) {
  json.begin_object();
  json.member("date", closure.date);
  json.member("reason", closure.reason);
  json.end_object();
}

void write(JsonWriter& json, const Settings& settings) {
  json.begin_object();
  write_public_members(json, settings);
  json.end_object();
}

void write_public_members(JsonWriter& json, const Settings& settings) {
  json.member("name", settings.name);
  json.member("timezone", settings.timezone);
  json.member("currency", settings.currency);
  json.member("locale", settings.locale);
  json.member("address", settings.address);
  json.member("slot_interval", settings.slot_interval_minutes);
  json.member("min_notice", settings.min_notice_minutes);
  json.member("max_advance_days", settings.max_advance_days);
  json.member("cancel_notice", settings.cancel_notice_minutes);
  json.member("auto_confirm", settings.auto_confirm);
}

}  // namespace frontdesk::catalog::wire
