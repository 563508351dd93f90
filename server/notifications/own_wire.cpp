#include "notifications/own_wire.hpp"

#include <set>

namespace frontdesk::notifications::wire {
namespace {

using http::Fields;

void read_channels(Fields& fields, Group group, Preferences& chosen) {
  fields.object("channels", [&](Fields& channels) {
    for (int i = 0; i < channel_count; ++i) {
      const auto channel = static_cast<Channel>(i);
      if (!uses(group, channel)) continue;
      const auto wanted = channels.optional_boolean(slug_of(channel));
      if (!wanted) continue;
      if (!*wanted && is_fixed(group)) {
        channels.reject(slug_of(channel), "fixed",
                        "Codes and notices about the account cannot be switched off.");
      }
      chosen.set(group, channel, *wanted);
    }
  });
}

void read_group(Fields& fields, Standing standing, std::set<Group>& seen, Preferences& chosen) {
  const auto slug = fields.text("group", {.max = 50});
  const auto group = slug ? group_from_slug(*slug) : std::nullopt;
  if (group && concerns(*group, standing)) {
    if (!seen.insert(*group).second) {
      fields.reject("group", "repeated", "group must not be there twice.");
    }
    read_channels(fields, *group, chosen);
    return;
  }
  if (slug) {
    fields.reject("group", "unknown_group", "group must be one of those that are about you.");
  }
  fields.optional_object("channels", [](Fields& channels) {  // of what, nobody knows
    for (int i = 0; i < channel_count; ++i) {
      channels.optional_boolean(slug_of(static_cast<Channel>(i)));
    }
  });
}

void write_channels(JsonWriter& json, Group group, const Wants& wants) {
  json.key("channels").begin_object();
  for (int i = 0; i < channel_count; ++i) {
    const auto channel = static_cast<Channel>(i);
    if (uses(group, channel)) json.member(slug_of(channel), wants[static_cast<std::size_t>(i)]);
  }
  json.end_object();
}

}  // namespace

Result<Preferences> read_preferences(const boost::json::value& body, Standing standing) {
  Fields fields(body);
  Preferences chosen;
  std::set<Group> seen;
  fields.objects("groups", group_count,
                 [&](Fields& group) { read_group(group, standing, seen, chosen); });
  fields.optional_object("quiet_hours", [&](Fields& hours) {
    const auto start = hours.time("start");
    const auto end = hours.time("end");
    if (!start || !end) return;
    if (*start == *end) hours.reject("end", "same_time", "end must be another time than start.");
    chosen.quiet = QuietHours{*start, *end};
  });
  if (auto error = fields.error()) return refuse(std::move(*error));
  return chosen;
}

void write(JsonWriter& json, const OwnPreferences& own, Standing standing) {
  json.begin_object();
  json.key("groups").begin_array();
  for (int i = 0; i < group_count; ++i) {
    const auto group = static_cast<Group>(i);
    if (!concerns(group, standing)) continue;
    json.begin_object();
    json.member("group", slug_of(group));
    json.member("fixed", is_fixed(group));
    write_channels(json, group, own.chosen.of(group));
    json.end_object();
  }
  json.end_array();
  json.key("quiet_hours");
  if (const auto& quiet = own.chosen.quiet) {
    json.begin_object();
    json.member("start", quiet->start);
    json.member("end", quiet->end);
    json.end_object();
  } else {
    json.null();
  }
  json.member("timezone", own.timezone);
  json.member("version", own.version);
  json.end_object();
}

void write(JsonWriter& json, const InboxItem& item) {
  json.begin_object();
  json.member("id", item.id);
  json.member("event", item.event);
  json.member("title", item.title);
  json.member("text", item.text);
  json.member("appointment_id", item.appointment);
  json.member("created_at", item.created_at);
  json.member("read_at", item.read_at);
  json.end_object();
}

}  // namespace frontdesk::notifications::wire
