#include "availability/routes.hpp"

#include "availability/wire.hpp"

namespace frontdesk::availability {
namespace {

Task<http::Response> list_slots(Availability& availability, const http::Request& request) {
  const auto wanted = wire::read_slots(request);
  if (!wanted) co_return http::refusal(wanted.error());
  const auto answer = co_await availability.slots(*wanted, request.deadline());
  if (!answer) co_return http::refusal(answer.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *answer); });
}

Task<http::Response> list_next(Availability& availability, const http::Request& request) {
  const auto wanted = wire::read_next(request);
  if (!wanted) co_return http::refusal(wanted.error());
  const auto answer = co_await availability.next(*wanted, request.deadline());
  if (!answer) co_return http::refusal(answer.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *answer); });
}

using Handler = Task<http::Response> (*)(Availability&, const http::Request&);

http::Route public_read(Availability& availability, std::string_view pattern,
                        std::string_view operation, Handler handler) {
  return {.method = http::Method::get,
          .pattern = pattern,
          .operation = operation,
          .access = http::Access::anyone(),
          .ownership = http::Ownership::none,
          .handler = [&availability, handler](
                         const http::Request& request) { return handler(availability, request); },
          .caching = http::Caching::no_cache};
}

}  // namespace

http::RouteTable routes(Availability& availability) {
  return {
      public_read(availability, "/api/v1/availability", "getAvailability", list_slots),
      public_read(availability, "/api/v1/availability/next", "getNextAvailability", list_next),
  };
}

}  // namespace frontdesk::availability
