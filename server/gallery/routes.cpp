#include "gallery/routes.hpp"

#include "gallery/wire.hpp"
#include "http/cached_read.hpp"
#include "http/if_match.hpp"
#include "http/page.hpp"
#include "http/permitted_write.hpp"
#include "http/upload.hpp"

#include <memory>

namespace frontdesk::gallery {
namespace {

using http::Method;

constexpr std::string_view all = "/api/v1/gallery";
constexpr std::string_view one = "/api/v1/gallery/{id}";
constexpr std::string_view by_position = "position";

http::Response answer_with(const Result<GalleryItem>& item) {
  if (!item) return http::refusal(item.error());
  return http::ok([&](JsonWriter& json) { wire::write(json, *item); });
}

Task<http::Response> list_gallery(Gallery& gallery, const http::Request& request) {
  http::QueryFields query(request.query());
  const auto page = http::read_page<Position, std::int32_t, GalleryItemId>(query, by_position);
  if (const auto error = query.error()) co_return http::refusal(*error);
  const auto items = co_await gallery.items(page, request.deadline());
  co_return http::list(
      items, [](JsonWriter& json, const GalleryItem& item) { wire::write(json, item); },
      [](const GalleryItem& item) {
        return http::encode_cursor(by_position, item.position, item.id);
      });
}

Task<http::Response> add_item(Gallery& gallery, media::Media& media, const http::Request& request) {
  const auto upload = http::read_image_upload(request);
  if (!upload) co_return http::refusal(upload.error());
  const auto room = co_await gallery.check_room(request.deadline());
  if (!room) co_return http::refusal(room.error());
  const auto taken = co_await media.take_in(media::ImageKind::gallery, std::string(upload->content),
                                            upload->alt, request.deadline());
  if (!taken) co_return http::refusal(taken.error());
  const auto item = co_await gallery.add(request.actor(), *taken, request.deadline());
  if (!item) co_return http::refusal(item.error());
  co_return http::created([&](JsonWriter& json) { wire::write(json, *item); });
}

Task<http::Response> update_item(Gallery& gallery, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto alt = wire::read_description(request.json());
  if (!alt) co_return http::refusal(alt.error());
  co_return answer_with(co_await gallery.describe(request.actor(), request.path_id<GalleryItemId>(),
                                                  *alt, *version, request.deadline()));
}

Task<http::Response> delete_item(Gallery& gallery, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto removed = co_await gallery.remove(request.actor(), request.path_id<GalleryItemId>(),
                                               *version, request.deadline());
  co_return removed ? http::no_content() : http::refusal(removed.error());
}

Task<http::Response> reorder_items(Gallery& gallery, const http::Request& request) {
  const auto ids = wire::read_order(request.json());
  if (!ids) co_return http::refusal(ids.error());
  const auto reordered = co_await gallery.reorder(request.actor(), *ids, request.deadline());
  if (!reordered) co_return http::refusal(reordered.error());
  co_return http::ok([&](JsonWriter& json) {
    json.begin_object();
    json.key("ids").begin_array();
    for (const auto& id : *ids) json.value(id);
    json.end_array();
    json.end_object();
  });
}

}  // namespace

http::RouteTable routes(Gallery& gallery, media::Media& media, http::BodyGate& gate,
                        http::AnswerCache& answers) {
  const auto manage = Permission::gallery_manage;
  http::Route add{.method = Method::post,
                  .pattern = all,
                  .operation = "addGalleryItem",
                  .access = http::Access::with(manage),
                  .ownership = http::Ownership::none,
                  .handler = [&gallery, &media](const http::Request& request) {
                    return add_item(gallery, media, request);
                  }};
  return {
      http::cached_read(answers, gallery, all, "listGallery", list_gallery),
      http::taking_image(std::move(add), gate),
      http::permitted_write(gallery, Method::patch, one, "updateGalleryItem", manage, update_item),
      http::permitted_write(gallery, Method::delete_, one, "deleteGalleryItem", manage,
                            delete_item),
      http::permitted_write(gallery, Method::post, "/api/v1/gallery/reorder", "reorderGallery",
                            manage, reorder_items),
  };
}

}  // namespace frontdesk::gallery
