#include "catalog/routes.hpp"

#include "catalog/wire.hpp"
#include "catalog/writing_routes.hpp"
#include "http/cached_read.hpp"
#include "http/date_cursor.hpp"

#include <algorithm>
#include <iterator>

namespace frontdesk::catalog {
namespace {

constexpr std::string_view by_position = "position";
constexpr http::TextLimits search_text{.min = 1, .max = 100};

template <class T>
http::Response one(const Result<T>& found) {
  if (!found) return http::refusal(found.error());
  return http::ok([&](JsonWriter& json) { wire::write(json, *found); });
}

template <class T>
http::Response page_by_position(const Page<T>& page) {
  return http::list(
      page, [](JsonWriter& json, const T& item) { wire::write(json, item); },
      [](const T& item) { return http::encode_cursor(by_position, item.position, item.id); });
}

Task<http::Response> list_categories(Catalog& catalog, const http::Request& request) {
  http::QueryFields query(request.query());
  const auto page =
      http::read_page<Position<CategoryId>, std::int32_t, CategoryId>(query, by_position);
  if (const auto error = query.error()) co_return http::refusal(*error);
  co_return page_by_position(co_await catalog.categories(page, request.deadline()));
}

Task<http::Response> get_category(Catalog& catalog, const http::Request& request) {
  co_return one(co_await catalog.category(request.path_id<CategoryId>(), request.deadline()));
}

Task<http::Response> list_services(Catalog& catalog, const http::Request& request) {
  http::QueryFields query(request.query());
  ServiceFilter filter{.category = query.optional_id<CategoryId>("category_id"),
                       .staff = query.optional_id<StaffId>("staff_id"),
                       .text = query.optional_text("q", search_text),
                       .active = query.optional_boolean("active").value_or(true)};
  const auto page =
      http::read_page<Position<ServiceId>, std::int32_t, ServiceId>(query, by_position);
  if (const auto error = query.error()) co_return http::refusal(*error);
  co_return page_by_position(
      co_await catalog.services(std::move(filter), page, request.deadline()));
}

Task<http::Response> get_service(Catalog& catalog, const http::Request& request) {
  co_return one(co_await catalog.service(request.path_id<ServiceId>(), request.deadline()));
}

Task<http::Response> list_closures(Catalog& catalog, const http::Request& request) {
  http::QueryFields query(request.query());
  const ClosureFilter filter{.from = query.optional_date("from"), .to = query.optional_date("to")};
  if (filter.from && filter.to && *filter.to < *filter.from) {
    query.reject("to", "out_of_range", "to must not be before from.");
  }
  const auto page = http::read_page_by_date(query);
  if (const auto error = query.error()) co_return http::refusal(*error);
  const auto closures = co_await catalog.closures(filter, page, request.deadline());
  co_return http::list(
      closures, [](JsonWriter& json, const Closure& closure) { wire::write(json, closure); },
      [](const Closure& closure) { return http::encode_date_cursor(closure.date); });
}

Task<http::Response> get_settings(Catalog& catalog, const http::Request& request) {
  const auto settings = co_await catalog.settings(request.deadline());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, settings); });
}

}  // namespace

http::RouteTable routes(Catalog& catalog, http::AnswerCache& answers) {
  http::RouteTable table{
      http::cached_read(answers, catalog, "/api/v1/service-categories", "listServiceCategories",
                        list_categories),
      http::cached_read(answers, catalog, "/api/v1/service-categories/{id}", "getServiceCategory",
                        get_category),
      http::cached_read(answers, catalog, "/api/v1/services", "listServices", list_services),
      http::cached_read(answers, catalog, "/api/v1/services/{id}", "getService", get_service),
      http::public_read(catalog, "/api/v1/closures", "listClosures", list_closures),
      http::public_read(catalog, "/api/v1/settings", "getSettings", get_settings),
  };
  for (auto* more : {&business_routes, &category_routes, &service_routes}) {
    std::ranges::move((*more)(catalog), std::back_inserter(table));
  }
  return table;
}

}  // namespace frontdesk::catalog
