#pragma once

#include "catalog/catalog.hpp"
#include "core/json_writer.hpp"

namespace frontdesk::catalog::wire {

void write(JsonWriter& json, const Category& category);
void write(JsonWriter& json, const Service& service);
/// {ids}: the order that has been set.
template <class IdType>
void write_order(JsonWriter& json, const std::vector<IdType>& ids) {
  json.begin_object();
  json.key("ids").begin_array();
  for (const auto& id : ids) json.value(id);
  json.end_array();
  json.end_object();
}
void write(JsonWriter& json, const Closure& closure);
/// The public part of the settings.
void write(JsonWriter& json, const Settings& settings);
/// The same without the braces, for a view that shows more.
void write_public_members(JsonWriter& json, const Settings& settings);

}  // namespace frontdesk::catalog::wire
