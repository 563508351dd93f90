#include "availability/timetable_routes.hpp"

#include "availability/timetable_wire.hpp"
#include "http/if_match.hpp"
#include "http/permitted_write.hpp"
#include "http/public_read.hpp"

namespace frontdesk::availability {
namespace {

Task<http::Response> get_week(Timetables& timetables, const http::Request& request) {
  const auto week = co_await timetables.week(request.path_id<StaffId>(), request.deadline());
  if (!week) co_return http::refusal(week.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *week); });
}

Task<http::Response> set_week(Timetables& timetables, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto days = wire::read_week(request.json());
  if (!days) co_return http::refusal(days.error());
  const auto week = co_await timetables.set_week(request.actor(), request.path_id<StaffId>(), *days,
                                                 *version, request.deadline());
  if (!week) co_return http::refusal(week.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *week); });
}

}  // namespace

http::RouteTable timetable_routes(Timetables& timetables) {
  return {
      http::public_read(timetables, "/api/v1/staff/{id}/working-hours", "getWorkingHours",
                        get_week),
      http::permitted_write(timetables, http::Method::put, "/api/v1/staff/{id}/working-hours",
                            "setWorkingHours", Permission::staff_manage, set_week),
  };
}

}  // namespace frontdesk::availability
