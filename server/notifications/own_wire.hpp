#pragma once

#include "core/error.hpp"
#include "core/json_writer.hpp"
#include "http/fields.hpp"
#include "notifications/inbox.hpp"
#include "notifications/preferences.hpp"

#include <boost/json/value.hpp>

namespace frontdesk::notifications::wire {

/// What somebody of this standing chooses: what the body does not name has its default. Refuses
/// with 422: a group that does not exist or does not concern them (`unknown_group`) or is there
/// twice (`repeated`), a channel that the group does not use (`unknown_field`), switching off what
/// is fixed (`fixed`), and quiet hours that end when they begin (`same_time`).
Result<Preferences> read_preferences(const boost::json::value& body, Standing standing);

/// The groups that concern somebody of this standing, each with the channels that it uses.
void write(JsonWriter& json, const OwnPreferences& own, Standing standing);

void write(JsonWriter& json, const InboxItem& item);

}  // namespace frontdesk::notifications::wire
