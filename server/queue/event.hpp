#pragma once

#include "core/instant.hpp"
#include "core/json_writer.hpp"
#include "core/money.hpp"
#include "queue/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace frontdesk::queue {

/// Writes the facts of an event: the text of its message, a JSON object. What each event has and is
/// called stands in the catalogue (notifications/events.cpp), whose reader takes no other form.
/// Names and links come once each; texts are UTF-8.
class FactsWriter {
 public:
  FactsWriter() : json_(text_) { json_.begin_object(); }
  FactsWriter(const FactsWriter&) = delete;
  FactsWriter& operator=(const FactsWriter&) = delete;

  /// A name, words, a code or a link.
  FactsWriter& text(std::string_view name, std::string_view value);
  FactsWriter& number(std::string_view name, std::int64_t value);
  /// `zone` is an IANA id; empty: the business's.
  FactsWriter& moment(std::string_view name, Instant at, std::string_view zone = {});
  FactsWriter& money(std::string_view name, const Money& value);
  /// What no template speaks of, as JSON that is known to be right.
  FactsWriter& json(std::string_view name, std::string_view value);

  /// All of it; the last call.
  [[nodiscard]] std::string finish();

 private:
  std::string text_;
  JsonWriter json_;
};

/// The message that has the dispatcher tell people of `event`. For an event that is for an address,
/// the caller adds `to`, otherwise `user`, `appointment` or both.
Message event_message(std::string event, FactsWriter& facts);

}  // namespace frontdesk::queue
