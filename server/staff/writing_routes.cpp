#include "staff/writing_routes.hpp"

#include "http/if_match.hpp"
#include "http/permitted_write.hpp"
#include "staff/member_wire.hpp"

namespace frontdesk::staff {
namespace {

using http::Method;

Task<http::Response> create_member(Staff& staff, const http::Request& request) {
  const auto wanted = wire::read_new_member(request.json());
  if (!wanted) co_return http::refusal(wanted.error());
  const auto member = co_await staff.add(request.actor(), *wanted, request.deadline());
  if (!member) co_return http::refusal(member.error());
  co_return http::created([&](JsonWriter& json) { wire::write_all(json, *member); });
}

Task<http::Response> update_member(Staff& staff, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto change = wire::read_member_change(request.json());
  if (!change) co_return http::refusal(change.error());
  const auto member = co_await staff.update(request.actor(), request.path_id<StaffId>(), *change,
                                            *version, request.deadline());
  if (!member) co_return http::refusal(member.error());
  co_return http::ok([&](JsonWriter& json) { wire::write_all(json, *member); });
}

Task<http::Response> delete_member(Staff& staff, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto removed = co_await staff.remove(request.actor(), request.path_id<StaffId>(), *version,
                                             request.deadline());
  co_return removed ? http::no_content() : http::refusal(removed.error());
}

Task<http::Response> assign_services(Staff& staff, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto services = wire::read_services(request.json());
  if (!services) co_return http::refusal(services.error());
  const auto member = co_await staff.assign_services(request.actor(), request.path_id<StaffId>(),
                                                     *services, *version, request.deadline());
  if (!member) co_return http::refusal(member.error());
  co_return http::ok([&](JsonWriter& json) { wire::write_all(json, *member); });
}

Task<http::Response> reorder(Staff& staff, const http::Request& request) {
  const auto order = wire::read_order(request.json());
  if (!order) co_return http::refusal(order.error());
  const auto done = co_await staff.reorder(request.actor(), *order, request.deadline());
  if (!done) co_return http::refusal(done.error());
  co_return http::ok([&](JsonWriter& json) { wire::write_order(json, *order); });
}

}  // namespace

http::RouteTable writing_routes(Staff& staff) {
  const auto manage = Permission::staff_manage;
  return {
      http::permitted_write(staff, Method::post, "/api/v1/staff", "createStaffMember", manage,
                            create_member),
      http::permitted_write(staff, Method::patch, "/api/v1/staff/{id}", "updateStaffMember", manage,
                            update_member),
      http::permitted_write(staff, Method::delete_, "/api/v1/staff/{id}", "deleteStaffMember",
                            manage, delete_member),
      http::permitted_write(staff, Method::put, "/api/v1/staff/{id}/services", "setStaffServices",
                            manage, assign_services),
      http::permitted_write(staff, Method::post, "/api/v1/staff/reorder", "reorderStaff", manage,
                            reorder),
  };
}

}  // namespace frontdesk::staff
