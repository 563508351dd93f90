#include "staff/member_wire.hpp"

#include "http/fields.hpp"
#include "staff/wire.hpp"

#include <algorithm>

namespace frontdesk::staff::wire {
namespace {

using http::Fields;

constexpr http::TextLimits member_name{.min = 1, .max = 100, .one_line = true};
constexpr http::TextLimits job_title{.max = 100, .one_line = true};
constexpr http::TextLimits short_biography{.max = 2000};

std::vector<ServiceId> read_service_ids(Fields& fields) {
  auto ids = fields.ids<ServiceId>("service_ids", Staff::max_services_of_one);
  if (!ids) return {};
  auto sorted = *ids;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end()) {
    fields.reject("service_ids", "repeated", "service_ids must name each service once.");
  }
  return *std::move(ids);
}

}  // namespace

Result<NewMember> read_new_member(const boost::json::value& body) {
  Fields fields(body);
  NewMember member;
  member.name = fields.text("name", member_name).value_or("");
  member.title = fields.optional_text("title", job_title).value_or("");
  member.bio = fields.optional_text("bio", short_biography).value_or("");
  member.user = fields.optional_id<UserId>("user_id");
  if (fields.given("service_ids")) member.services = read_service_ids(fields);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return member;
}

Result<MemberChange> read_member_change(const boost::json::value& body) {
  Fields fields(body);
  MemberChange change;
  if (fields.given("name")) change.name = fields.text("name", member_name);
  if (fields.given("title")) change.title = fields.text("title", job_title);
  if (fields.given("bio")) change.bio = fields.text("bio", short_biography);
  if (fields.given("user_id")) change.user.emplace(fields.optional_id<UserId>("user_id"));
  if (fields.given("active")) change.active = fields.boolean("active");
  if (auto error = fields.error()) return refuse(std::move(*error));
  return change;
}

Result<std::vector<ServiceId>> read_services(const boost::json::value& body) {
  Fields fields(body);
  auto services = read_service_ids(fields);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return services;
}

Result<std::vector<StaffId>> read_order(const boost::json::value& body) {
  Fields fields(body);
  auto order = fields.ids<StaffId>("ids", Staff::max_members);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return *std::move(order);
}

void write_all(JsonWriter& json, const Member& member) {
  json.begin_object();
  write_public_members(json, member);
  json.member("user_id", member.user);
  json.member("active", member.active);
  json.end_object();
}

void write_order(JsonWriter& json, const std::vector<StaffId>& ids) {
  json.begin_object();
  json.key("ids").begin_array();
  for (const auto& id : ids) json.value(id);
  json.end_array();
  json.end_object();
}

}  // namespace frontdesk::staff::wire
