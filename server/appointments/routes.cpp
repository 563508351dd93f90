#include "appointments/routes.hpp"

#include "appointments/view.hpp"
#include "appointments/wire.hpp"
#include "http/if_match.hpp"

#include <utility>

namespace frontdesk::appointments {
namespace {

/// What the headers of a change say.
struct Conditions {
  Target target;
  std::optional<IdempotencyKey> key;
};

Result<std::optional<IdempotencyKey>> key_of(const http::Request& request,
                                             std::string_view operation) {
  return read_key(request.header("idempotency-key"), operation, request.path(), request.json());
}

Result<Conditions> conditions_of(const http::Request& request, std::string_view operation) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) return refuse(version.error());
  auto key = key_of(request, operation);
  if (!key) return refuse(std::move(key.error()));
  return Conditions{.target = {.id = request.path_id<AppointmentId>(), .version = *version},
                    .key = std::move(*key)};
}

http::Response answer_with(const Result<Answer>& answer) {
  if (!answer) return http::refusal(answer.error());
  return http::success(static_cast<unsigned>(answer->status),
                       [&](JsonWriter& json) { json.raw(answer->data); });
}

Task<http::Response> book(Appointments& appointments, const http::Request& request) {
  auto booking = wire::read_booking(request.json());
  if (!booking) co_return http::refusal(booking.error());
  auto key = key_of(request, "bookAppointment");
  if (!key) co_return http::refusal(key.error());
  co_return answer_with(co_await appointments.book(request.actor(), std::move(*booking),
                                                   std::move(*key), request.deadline()));
}

Task<http::Response> list(Appointments& appointments, const http::Request& request) {
  auto query = wire::read_list_query(request.query());
  if (!query) co_return http::refusal(query.error());
  const auto page = co_await appointments.list(request.actor(), std::move(query->filter),
                                               query->order, query->page, request.deadline());
  if (!page) co_return http::refusal(page.error());
  co_return wire::write_page(*page, query->order);
}

Task<http::Response> find(Appointments& appointments, const http::Request& request) {
  const auto found = co_await appointments.find(request.actor(), request.path_id<AppointmentId>(),
                                                request.deadline());
  if (!found) co_return http::refusal(found.error());
  co_return http::ok([&](JsonWriter& json) { write(json, *found); });
}

Task<http::Response> calendar(Appointments& appointments, const http::Request& request) {
  auto text = co_await appointments.calendar(request.actor(), request.path_id<AppointmentId>(),
                                             request.deadline());
  if (!text) co_return http::refusal(text.error());
  co_return http::Response{
      .content_type = "text/calendar; charset=utf-8",
      .body = std::move(*text),
      .headers = {{"Content-Disposition", "attachment; filename=\"appointment.ics\""}}};
}

Task<http::Response> change_notes(Appointments& appointments, const http::Request& request) {
  auto notes = wire::read_notes(request.json());
  if (!notes) co_return http::refusal(notes.error());
  const auto conditions = conditions_of(request, "updateAppointment");
  if (!conditions) co_return http::refusal(conditions.error());
  co_return answer_with(co_await appointments.change_notes(request.actor(), conditions->target,
                                                           std::move(*notes), request.deadline()));
}

using Verb = Task<Result<Answer>> (Appointments::*)(Actor, Target, std::optional<IdempotencyKey>,
                                                    Deadline);

/// A transition that there is nothing to say about.
Task<http::Response> step(Appointments& appointments, const http::Request& request, Verb verb,
                          std::string_view operation) {
  const auto nothing = wire::read_nothing(request.json());
  if (!nothing) co_return http::refusal(nothing.error());
  auto conditions = conditions_of(request, operation);
  if (!conditions) co_return http::refusal(conditions.error());
  co_return answer_with(co_await (appointments.*verb)(
      request.actor(), conditions->target, std::move(conditions->key), request.deadline()));
}

Task<http::Response> confirm(Appointments& appointments, const http::Request& request) {
  return step(appointments, request, &Appointments::confirm, "confirmAppointment");
}

Task<http::Response> complete(Appointments& appointments, const http::Request& request) {
  return step(appointments, request, &Appointments::complete, "completeAppointment");
}

Task<http::Response> mark_no_show(Appointments& appointments, const http::Request& request) {
  return step(appointments, request, &Appointments::mark_no_show, "markAppointmentNoShow");
}

Task<http::Response> reopen(Appointments& appointments, const http::Request& request) {
  return step(appointments, request, &Appointments::reopen, "reopenAppointment");
}

Task<http::Response> cancel(Appointments& appointments, const http::Request& request) {
  auto reason = wire::read_reason(request.json());
  if (!reason) co_return http::refusal(reason.error());
  auto conditions = conditions_of(request, "cancelAppointment");
  if (!conditions) co_return http::refusal(conditions.error());
  co_return answer_with(co_await appointments.cancel(request.actor(), conditions->target,
                                                     std::move(*reason), std::move(conditions->key),
                                                     request.deadline()));
}

Task<http::Response> reschedule(Appointments& appointments, const http::Request& request) {
  auto move = wire::read_move(request.json());
  if (!move) co_return http::refusal(move.error());
  auto conditions = conditions_of(request, "rescheduleAppointment");
  if (!conditions) co_return http::refusal(conditions.error());
  co_return answer_with(
      co_await appointments.reschedule(request.actor(), conditions->target, std::move(*move),
                                       std::move(conditions->key), request.deadline()));
}

using Handle = Task<http::Response> (*)(Appointments&, const http::Request&);

http::Route route(Appointments& appointments, http::Method method, std::string_view pattern,
                  std::string_view operation, Handle handle) {
  return {.method = method,
          .pattern = pattern,
          .operation = operation,
          .access = http::Access::logged_in(),
          .ownership = http::Ownership::own_or_granted,
          .handler = [&appointments, handle](const http::Request& request) {
            return handle(appointments, request);
          }};
}

}  // namespace

http::RouteTable routes(Appointments& appointments) {
  const auto add = [&](http::Method method, std::string_view pattern, std::string_view operation,
                       Handle handle) {
    return route(appointments, method, pattern, operation, handle);
  };
  using enum http::Method;
  constexpr std::string_view all = "/api/v1/appointments";
  constexpr std::string_view one = "/api/v1/appointments/{id}";
  return {
      add(post, all, "bookAppointment", &book),
      add(get, all, "listAppointments", &list),
      add(get, one, "getAppointment", &find),
      add(patch, one, "updateAppointment", &change_notes),
      add(get, "/api/v1/appointments/{id}/calendar.ics", "getAppointmentCalendar", &calendar),
      add(post, "/api/v1/appointments/{id}/confirm", "confirmAppointment", &confirm),
      add(post, "/api/v1/appointments/{id}/complete", "completeAppointment", &complete),
      add(post, "/api/v1/appointments/{id}/no-show", "markAppointmentNoShow", &mark_no_show),
      add(post, "/api/v1/appointments/{id}/reopen", "reopenAppointment", &reopen),
      add(post, "/api/v1/appointments/{id}/cancel", "cancelAppointment", &cancel),
      add(post, "/api/v1/appointments/{id}/reschedule", "rescheduleAppointment", &reschedule),
  };
}

}  // namespace frontdesk::appointments
