#include "notifications/wire.hpp"

namespace frontdesk::notifications::wire {
namespace {

template <class T>
void write_optional(JsonWriter& json, std::string_view name, const std::optional<T>& value) {
  json.key(name);
  if (value) {
    json.value(*value);
  } else {
    json.null();
  }
}

}  // namespace

queue::EntryFilter read_filter(http::QueryFields& query) {
  const auto status = query.optional_choice("status", {"waiting", "delivered", "dead"});
  const auto channel = query.optional_choice(
      "channel", {"email", "sms", "push", "fcm", "webpush", "webhook", "event"});
  queue::EntryFilter filter;
  if (status) filter.status = *status;
  if (channel) filter.channel = *channel;
  return filter;
}

void write(JsonWriter& json, const queue::Entry& entry) {
  json.begin_object();
  json.member("id", entry.id);
  json.member("event", entry.event);
  json.member("channel", entry.channel);
  json.member("status", entry.status);
  write_optional(json, "recipient", entry.recipient);
  write_optional(json, "appointment_id", entry.appointment);
  json.member("attempts", entry.attempts);
  write_optional(json, "last_error", entry.last_error);
  json.member("created_at", entry.created_at);
  json.member("wanted_at", entry.wanted_at);
  json.key("due_at");
  if (entry.status == "waiting") {
    json.value(entry.due_at);
  } else {
    json.null();
  }
  write_optional(json, "delivered_at", entry.delivered_at);
  write_optional(json, "confirmed_at", entry.confirmed_at);
  json.end_object();
}

}  // namespace frontdesk::notifications::wire
