#include "catalog/business_wire.hpp"
#include "catalog/writing_routes.hpp"
#include "http/if_match.hpp"
#include "http/permitted_write.hpp"

namespace frontdesk::catalog {
namespace {

using http::Method;

Task<http::Response> update_settings(Catalog& catalog, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto change = wire::read_settings_change(request.json());
  if (!change) co_return http::refusal(change.error());
  const auto settings =
      co_await catalog.update_settings(request.actor(), *change, *version, request.deadline());
  if (!settings) co_return http::refusal(settings.error());
  co_return http::ok([&](JsonWriter& json) { wire::write_all(json, *settings); });
}

Task<http::Response> create_closure(Catalog& catalog, const http::Request& request) {
  const auto closure = wire::read_closure(request.json());
  if (!closure) co_return http::refusal(closure.error());
  const auto closing = co_await catalog.add_closure(request.actor(), *closure, request.deadline());
  if (!closing) co_return http::refusal(closing.error());
  co_return http::created([&](JsonWriter& json) { wire::write(json, *closing); });
}

Task<http::Response> delete_closure(Catalog& catalog, const http::Request& request) {
  const auto removed =
      co_await catalog.remove_closure(request.actor(), request.path_date(), request.deadline());
  co_return removed ? http::no_content() : http::refusal(removed.error());
}

}  // namespace

http::RouteTable business_routes(Catalog& catalog) {
  const auto manage = Permission::settings_manage;
  return {
      http::permitted_write(catalog, Method::patch, "/api/v1/settings", "updateSettings", manage,
                            update_settings),
      http::permitted_write(catalog, Method::post, "/api/v1/closures", "createClosure", manage,
                            create_closure),
      http::permitted_write(catalog, Method::delete_, "/api/v1/closures/{date}", "deleteClosure",
                            manage, delete_closure),
  };
}

}  // namespace frontdesk::catalog
