#include "catalog/service_wire.hpp"
#include "catalog/wire.hpp"
#include "catalog/writing_routes.hpp"
#include "http/if_match.hpp"
#include "http/permitted_write.hpp"

namespace frontdesk::catalog {
namespace {

using http::Method;

Task<http::Response> create_service(Catalog& catalog, const http::Request& request) {
  const auto wanted = wire::read_new_service(request.json());
  if (!wanted) co_return http::refusal(wanted.error());
  const auto service = co_await catalog.add_service(request.actor(), *wanted, request.deadline());
  if (!service) co_return http::refusal(service.error());
  co_return http::created([&](JsonWriter& json) { wire::write(json, *service); });
}

Task<http::Response> update_service(Catalog& catalog, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto change = wire::read_service_change(request.json());
  if (!change) co_return http::refusal(change.error());
  const auto service = co_await catalog.update_service(
      request.actor(), request.path_id<ServiceId>(), *change, *version, request.deadline());
  if (!service) co_return http::refusal(service.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *service); });
}

Task<http::Response> delete_service(Catalog& catalog, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto removed = co_await catalog.remove_service(
      request.actor(), request.path_id<ServiceId>(), *version, request.deadline());
  co_return removed ? http::no_content() : http::refusal(removed.error());
}

Task<http::Response> reorder_services(Catalog& catalog, const http::Request& request) {
  const auto ids = wire::read_service_order(request.json());
  if (!ids) co_return http::refusal(ids.error());
  const auto reordered =
      co_await catalog.reorder_services(request.actor(), *ids, request.deadline());
  if (!reordered) co_return http::refusal(reordered.error());
  co_return http::ok([&](JsonWriter& json) { wire::write_order(json, *ids); });
}

}  // namespace

http::RouteTable service_routes(Catalog& catalog) {
  const auto manage = Permission::services_manage;
  constexpr std::string_view one = "/api/v1/services/{id}";
  return {
      http::permitted_write(catalog, Method::post, "/api/v1/services", "createService", manage,
                            create_service),
      http::permitted_write(catalog, Method::patch, one, "updateService", manage, update_service),
      http::permitted_write(catalog, Method::delete_, one, "deleteService", manage, delete_service),
      http::permitted_write(catalog, Method::post, "/api/v1/services/reorder", "reorderServices",
                            manage, reorder_services),
  };
}

}  // namespace frontdesk::catalog
