#include "catalog/image_routes.hpp"

#include "core/version.hpp"
#include "http/if_match.hpp"
#include "http/upload.hpp"

#include <memory>

namespace frontdesk::catalog {
namespace {

struct Parts {
  Catalog& catalog;
  media::Media& media;
};

Task<http::Response> put_image(const Parts& parts, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto upload = http::read_image_upload(request);
  if (!upload) co_return http::refusal(upload.error());
  // What will be refused in the end costs no work on the image.
  const auto id = request.path_id<ServiceId>();
  const auto present = co_await parts.catalog.service(id, request.deadline());
  if (!present) co_return http::refusal(present.error());
  if (const auto stale = check_version(*version, present->version)) co_return http::refusal(*stale);

  const auto taken = co_await parts.media.take_in(
      media::ImageKind::service, std::string(upload->content), upload->alt, request.deadline());
  if (!taken) co_return http::refusal(taken.error());
  const auto service = co_await parts.catalog.set_service_image(request.actor(), id, &*taken,
                                                                *version, request.deadline());
  if (!service) co_return http::refusal(service.error());
  co_return http::ok([&](JsonWriter& json) { media::write(json, taken->image); });
}

Task<http::Response> delete_image(const Parts& parts, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto service = co_await parts.catalog.set_service_image(
      request.actor(), request.path_id<ServiceId>(), nullptr, *version, request.deadline());
  co_return service ? http::no_content() : http::refusal(service.error());
}

http::Route write(const std::shared_ptr<const Parts>& parts, http::Method method,
                  std::string_view operation,
                  Task<http::Response> (*handler)(const Parts&, const http::Request&)) {
  return {.method = method,
          .pattern = "/api/v1/services/{id}/image",
          .operation = operation,
          .access = http::Access::with(Permission::services_manage),
          .ownership = http::Ownership::none,
          .handler = [parts, handler](const http::Request& request) {
            return handler(*parts, request);
          }};
}

}  // namespace

http::RouteTable image_routes(Catalog& catalog, media::Media& media, http::BodyGate& gate) {
  const auto parts = std::make_shared<const Parts>(catalog, media);
  return {http::taking_image(write(parts, http::Method::put, "setServiceImage", put_image), gate),
          write(parts, http::Method::delete_, "deleteServiceImage", delete_image)};
}

}  // namespace frontdesk::catalog
