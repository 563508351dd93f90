#include "catalog/category_wire.hpp"
#include "catalog/wire.hpp"
#include "catalog/writing_routes.hpp"
#include "http/if_match.hpp"
#include "http/permitted_write.hpp"

namespace frontdesk::catalog {
namespace {

using http::Method;

Task<http::Response> create_category(Catalog& catalog, const http::Request& request) {
  const auto wanted = wire::read_new_category(request.json());
  if (!wanted) co_return http::refusal(wanted.error());
  const auto category = co_await catalog.add_category(request.actor(), *wanted, request.deadline());
  if (!category) co_return http::refusal(category.error());
  co_return http::created([&](JsonWriter& json) { wire::write(json, *category); });
}

Task<http::Response> update_category(Catalog& catalog, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto change = wire::read_category_change(request.json());
  if (!change) co_return http::refusal(change.error());
  const auto category = co_await catalog.update_category(
      request.actor(), request.path_id<CategoryId>(), *change, *version, request.deadline());
  if (!category) co_return http::refusal(category.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *category); });
}

Task<http::Response> delete_category(Catalog& catalog, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto removed = co_await catalog.remove_category(
      request.actor(), request.path_id<CategoryId>(), *version, request.deadline());
  co_return removed ? http::no_content() : http::refusal(removed.error());
}

Task<http::Response> reorder_categories(Catalog& catalog, const http::Request& request) {
  const auto ids = wire::read_category_order(request.json());
  if (!ids) co_return http::refusal(ids.error());
  const auto reordered =
      co_await catalog.reorder_categories(request.actor(), *ids, request.deadline());
  if (!reordered) co_return http::refusal(reordered.error());
  co_return http::ok([&](JsonWriter& json) { wire::write_order(json, *ids); });
}

}  // namespace

http::RouteTable category_routes(Catalog& catalog) {
  const auto manage = Permission::services_manage;
  constexpr std::string_view one = "/api/v1/service-categories/{id}";
  return {
      http::permitted_write(catalog, Method::post, "/api/v1/service-categories",
                            "createServiceCategory", manage, create_category),
      http::permitted_write(catalog, Method::patch, one, "updateServiceCategory", manage,
                            update_category),
      http::permitted_write(catalog, Method::delete_, one, "deleteServiceCategory", manage,
                            delete_category),
      http::permitted_write(catalog, Method::post, "/api/v1/service-categories/reorder",
                            "reorderServiceCategories", manage, reorder_categories),
  };
}

}  // namespace frontdesk::catalog
