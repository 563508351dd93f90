#include "staff/routes.hpp"

#include "http/page.hpp"
#include "http/public_read.hpp"
#include "staff/wire.hpp"
#include "staff/writing_routes.hpp"

#include <algorithm>
#include <iterator>

namespace frontdesk::staff {
namespace {

constexpr std::string_view by_position = "position";

Task<http::Response> list_staff(Staff& staff, const http::Request& request) {
  http::QueryFields query(request.query());
  const auto page = http::read_page<Position, std::int32_t, StaffId>(query, by_position);
  if (const auto error = query.error()) co_return http::refusal(*error);
  const auto members = co_await staff.members(page, request.deadline());
  co_return http::list(
      members, [](JsonWriter& json, const Member& member) { wire::write(json, member); },
      [](const Member& member) {
        return http::encode_cursor(by_position, member.position, member.id);
      });
}

Task<http::Response> get_member(Staff& staff, const http::Request& request) {
  const auto member = co_await staff.member(request.path_id<StaffId>(), request.deadline());
  if (!member) co_return http::refusal(member.error());
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
