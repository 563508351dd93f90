#include "gallery/wire.hpp"

#include "http/fields.hpp"

namespace frontdesk::gallery::wire {

void write(JsonWriter& json, const GalleryItem& item) {
  json.begin_object();
  json.member("id", item.id);
  json.key("image");
  media::write(json, item.image);
  json.member("version", item.version);
  json.end_object();
}

Result<std::string> read_description(const boost::json::value& body) {
  http::Fields fields(body);
  auto alt = fields.text("alt", {.max = 250, .one_line = true});
  if (auto error = fields.error()) return refuse(std::move(*error));
  return std::move(*alt);
}

Result<std::vector<GalleryItemId>> read_order(const boost::json::value& body) {
  http::Fields fields(body);
  auto ids = fields.ids<GalleryItemId>("ids", Gallery::max_items);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return std::move(*ids);
}

}  // namespace frontdesk::gallery::wire
