#pragma once

#include "core/error.hpp"
#include "core/json_writer.hpp"
#include "gallery/gallery.hpp"

#include <string>
#include <vector>

#include <boost/json/value.hpp>

namespace frontdesk::gallery::wire {

/// {id, image, version}
void write(JsonWriter& json, const GalleryItem& item);
/// {alt}
Result<std::string> read_description(const boost::json::value& body);
/// {ids}
Result<std::vector<GalleryItemId>> read_order(const boost::json::value& body);

}  // namespace frontdesk::gallery::wire
