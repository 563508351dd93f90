#pragma once

#include "core/json_writer.hpp"
#include "http/fields.hpp"
#include "queue/entries.hpp"

namespace frontdesk::notifications::wire {

/// `status` and `channel` of a query; what is wrong is noted in it.
queue::EntryFilter read_filter(http::QueryFields& query);

/// An outbox entry as operators see it.
void write(JsonWriter& json, const queue::Entry& entry);

}  // namespace frontdesk::notifications::wire
