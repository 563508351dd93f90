#pragma once

#include "catalog/catalog.hpp"
#include "core/json_writer.hpp"

#include <boost/json/value.hpp>

/// JSON ↔ domain for changes of the business itself. What cannot be read is refused with 422 and
/// every bad field by name.
namespace frontdesk::catalog::wire {

/// Any of the settings; none may be null.
Result<SettingsChange> read_settings_change(const boost::json::value& body);
/// The settings as those with settings.manage see them: the public part, the caps of R22, version.
void write_all(JsonWriter& json, const Settings& settings);

/// {date, reason?}
Result<Closure> read_closure(const boost::json::value& body);
void write(JsonWriter& json, const Closing& closing);

}  // namespace frontdesk::catalog::wire
