#include "availability/timetable_routes.hpp"

#include "availability/timetable_wire.hpp"
#include "http/if_match.hpp"
#include "http/permitted_write.hpp"
#include "http/public_read.hpp"

namespace frontdesk::availability {
namespace {

Task<http::Response> get_week(Timetables& timetables, const http::Request& request) {
  const auto week =
      co_await timetables.week(request.actor(), request.path_id<StaffId>(), request.deadline());
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

Task<http::Response> list_overrides(Timetables& timetables, const http::Request& request) {
  const auto query = wire::read_overrides_query(request);
  if (!query) co_return http::refusal(query.error());
  const auto overrides = co_await timetables.overrides(
      request.actor(), request.path_id<StaffId>(), query->days, query->page, request.deadline());
  co_return overrides ? wire::write_page(*overrides) : http::refusal(overrides.error());
}

Task<http::Response> set_override(Timetables& timetables, const http::Request& request) {
  auto intervals = wire::read_intervals(request.json());
  if (!intervals) co_return http::refusal(intervals.error());
  const DateOverride day{request.path_date(), std::move(*intervals)};
  const auto entered = co_await timetables.set_override(request.actor(), request.path_id<StaffId>(),
                                                        day, request.deadline());
  if (!entered) co_return http::refusal(entered.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *entered); });
}

Task<http::Response> remove_override(Timetables& timetables, const http::Request& request) {
  const auto removed = co_await timetables.remove_override(
      request.actor(), request.path_id<StaffId>(), request.path_date(), request.deadline());
  if (!removed) co_return http::refusal(removed.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *removed); });
}

Task<http::Response> list_time_off(Timetables& timetables, const http::Request& request) {
  const auto query = wire::read_time_off_query(request);
  if (!query) co_return http::refusal(query.error());
  const auto page = co_await timetables.time_off(request.actor(), request.path_id<StaffId>(),
                                                 query->days, query->page, request.deadline());
  co_return page ? wire::write_page(*page) : http::refusal(page.error());
}

Task<http::Response> create_time_off(Timetables& timetables, const http::Request& request) {
  const auto wanted = wire::read_time_off(request.json());
  if (!wanted) co_return http::refusal(wanted.error());
  const auto entered = co_await timetables.add_time_off(request.actor(), request.path_id<StaffId>(),
                                                        *wanted, request.deadline());
  if (!entered) co_return http::refusal(entered.error());
  co_return http::created([&](JsonWriter& json) { wire::write(json, *entered); });
}

Task<http::Response> delete_time_off(Timetables& timetables, const http::Request& request) {
  const auto removed = co_await timetables.remove_time_off(
      request.actor(), request.path_id<StaffId>(), request.path_id<TimeOffId>("time_off_id"),
      request.deadline());
  co_return removed ? http::no_content() : http::refusal(removed.error());
}

using Handler = Task<http::Response> (*)(Timetables&, const http::Request&);

/// What a member's own login may read, and those who manage the staff.
http::Route own_read(Timetables& timetables, std::string_view pattern, std::string_view operation,
                     Handler read) {
  return {.method = http::Method::get,
          .pattern = pattern,
          .operation = operation,
          .access = http::Access::logged_in(),
          .ownership = http::Ownership::own_or_granted,
          .handler = [&timetables, read](const http::Request& request) {
            return read(timetables, request);
          }};
}

}  // namespace

http::RouteTable timetable_routes(Timetables& timetables) {
  using http::Method;
  constexpr std::string_view hours = "/api/v1/staff/{id}/working-hours";
  constexpr std::string_view overrides = "/api/v1/staff/{id}/overrides";
  constexpr std::string_view time_off = "/api/v1/staff/{id}/time-off";
  const auto write = [&timetables](Method method, std::string_view pattern,
                                   std::string_view operation, Handler handler) {
    return http::permitted_write(timetables, method, pattern, operation, Permission::staff_manage,
                                 handler);
  };
  return {
      http::public_read(timetables, hours, "getWorkingHours", get_week),
      write(Method::put, hours, "setWorkingHours", set_week),
      own_read(timetables, overrides, "listOverrides", list_overrides),
      write(Method::put, "/api/v1/staff/{id}/overrides/{date}", "setOverride", set_override),
      write(Method::delete_, "/api/v1/staff/{id}/overrides/{date}", "deleteOverride",
            remove_override),
      own_read(timetables, time_off, "listTimeOff", list_time_off),
      write(Method::post, time_off, "createTimeOff", create_time_off),
      write(Method::delete_, "/api/v1/staff/{id}/time-off/{time_off_id}", "deleteTimeOff",
            delete_time_off),
  };
}

}  // namespace frontdesk::availability
