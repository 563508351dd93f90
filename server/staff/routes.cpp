#include "staff/routes.hpp"

#include "http/page.hpp"
#include "http/public_read.hpp"
#include "staff/member_wire.hpp"
#include "staff/wire.hpp"
#include "staff/writing_routes.hpp"

#include <algorithm>
#include <iterator>

namespace frontdesk::staff {
namespace {

constexpr std::string_view by_position = "position";

std::string cursor_of(const Member& member) {
  return http::encode_cursor(by_position, member.position, member.id);
}

// To those who do not manage the staff nobody has left (R16). Nothing of this may be kept by a
// cache that others share.
Task<http::Response> list_those_who_left(Staff& staff, const http::Request& request,
                                         PageRequest<Position> page) {
  Page<Member> members;
  if (request.actor().may(Permission::staff_manage)) {
    members = co_await staff.members(false, page, request.deadline());
  } else if (page.with_total) {
    members.total = 0;
  }
  auto response = http::list(
      members, [](JsonWriter& json, const Member& member) { wire::write_all(json, member); },
      cursor_of);
  response.headers.emplace_back("Cache-Control", "no-store");
  co_return response;
}

Task<http::Response> list_staff(Staff& staff, const http::Request& request) {
  http::QueryFields query(request.query());
  const bool active = query.optional_boolean("active").value_or(true);
  const auto page = http::read_page<Position, std::int32_t, StaffId>(query, by_position);
  if (const auto error = query.error()) co_return http::refusal(*error);
  if (!active) co_return co_await list_those_who_left(staff, request, page);
  const auto members = co_await staff.members(true, page, request.deadline());
  co_return http::list(
      members, [](JsonWriter& json, const Member& member) { wire::write(json, member); },
      cursor_of);
}

Task<http::Response> get_member(Staff& staff, const http::Request& request) {
  const auto member = co_await staff.member(request.path_id<StaffId>(), request.deadline());
  if (!member) co_return http::refusal(member.error());
  if (!member->active && !request.actor().may(Permission::staff_manage)) {
    co_return http::refusal(not_found("There is no such member of staff."));
  }
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *member); });
}

}  // namespace

http::RouteTable routes(Staff& staff) {
  http::RouteTable table{
      http::public_read(staff, "/api/v1/staff", "listStaff", list_staff),
      http::public_read(staff, "/api/v1/staff/{id}", "getStaffMember", get_member),
  };
  std::ranges::move(writing_routes(staff), std::back_inserter(table));
  return table;
}

}  // namespace frontdesk::staff
