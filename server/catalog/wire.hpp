#pragma once

#include "catalog/catalog.hpp"
#include "core/json_writer.hpp"

namespace frontdesk::catalog::wire {

void write(JsonWriter& json, const Category& category);
void write(JsonWriter& json, const Service& service);
void write(JsonWriter& json, const Closure& closure);
/// The public part of the settings.
void write(JsonWriter& json, const Settings& settings);
/// The same without the braces, for a view that shows more.
void write_public_members(JsonWriter& json, const Settings& settings);

}  // namespace frontdesk::catalog::wire
