#include "availability/routes.hpp"

#include "availability/wire.hpp"
#include "http/cached_read.hpp"
#include "http/edition_cache.hpp"

#include <memory>
#include <string>
#include <utility>

namespace frontdesk::availability {
namespace {

constexpr std::string_view slots_operation = "getAvailability";

/// From the answers kept, if the calendar has not changed.
Task<http::Response> list_slots(Availability& availability, http::EditionCache& kept,
                                const http::Request& request) {
  const auto wanted = wire::read_slots(request);
  if (!wanted) co_return http::refusal(wanted.error());
  const auto view = co_await availability.view(*wanted, request.deadline());
  if (!view) co_return http::refusal(view.error());
  const std::string key = http::answer_key(slots_operation, request);
  if (auto content = kept.find(key, view->calendar->edition, view->now)) {
    co_return http::serve(std::move(content));
  }
  const auto answer = free_slots(*view, *wanted);
  if (!answer) co_return http::refusal(answer.error());
  auto response = http::ok([&](JsonWriter& json) { wire::write(json, *answer); });
  auto content =
      http::make_static_content(std::move(response.body), std::move(response.content_type), {},
                                http::CompressionEffort::quick);
  kept.store(key, view->calendar->edition, answer->holds_before, content);
  co_return http::serve(std::move(content));
}

Task<http::Response> list_next(Availability& availability, const http::Request& request) {
  const auto wanted = wire::read_next(request);
  if (!wanted) co_return http::refusal(wanted.error());
  const auto answer = co_await availability.next(*wanted, request.deadline());
  if (!answer) co_return http::refusal(answer.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *answer); });
}

http::Route public_read(std::string_view pattern, std::string_view operation,
                        http::Handler handler) {
  return {.method = http::Method::get,
          .pattern = pattern,
          .operation = operation,
          .access = http::Access::anyone(),
          .ownership = http::Ownership::none,
          .handler = std::move(handler),
          .caching = http::Caching::no_cache};
}

}  // namespace

http::RouteTable routes(Availability& availability) {
  auto kept = std::make_shared<http::EditionCache>();
  return {
      public_read("/api/v1/availability", slots_operation,
                  [&availability, kept](const http::Request& request) {
                    return list_slots(availability, *kept, request);
                  }),
      public_read("/api/v1/availability/next", "getNextAvailability",
                  [&availability](const http::Request& request) {
                    return list_next(availability, request);
                  }),
  };
}

}  // namespace frontdesk::availability
