#include "queue/event.hpp"

#include <utility>

namespace frontdesk::queue {

FactsWriter& FactsWriter::text(std::string_view name, std::string_view value) {
  json_.member(name, value);
  return *this;
}

FactsWriter& FactsWriter::number(std::string_view name, std::int64_t value) {
  json_.member(name, value);
  return *this;
}

FactsWriter& FactsWriter::moment(std::string_view name, Instant at, std::string_view zone) {
  json_.key(name).begin_object();
  json_.member("at", at);
  if (!zone.empty()) json_.member("zone", zone);
  json_.end_object();
  return *this;
}

FactsWriter& FactsWriter::money(std::string_view name, const Money& value) {
  json_.member(name, value);
  return *this;
}

FactsWriter& FactsWriter::json(std::string_view name, std::string_view value) {
  json_.key(name).raw(value);
  return *this;
}

std::string FactsWriter::finish() {
  json_.end_object();
  return std::move(text_);
}

Message event_message(std::string event, FactsWriter& facts) {
  return Message{.event = std::move(event),
                 .channel = "event",
                 .to = {},
                 .subject = {},
                 .text = facts.finish(),
                 .html = {}};
}

}  // namespace frontdesk::queue
