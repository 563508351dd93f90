#pragma once

#include "core/instant.hpp"
#include "core/uuid.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace frontdesk::queue {

/// A file that goes with an e-mail.
struct Attachment {
  std::string content_type;  ///< `text/calendar; method=REQUEST; charset=utf-8`
  std::string filename;      ///< may hold any text; no CR, LF or path
  std::string content;       ///< bytes
  /// One more form of the text itself, which mail programs choose from (RFC 2046 5.1.4): how
  /// calendars recognise an invitation. Such a part has no file name.
  bool is_alternative = false;
};

/// A message to one person over one channel; or, of the channel `event`, what happened, with facts,
/// of which the dispatcher makes messages (queue/event.hpp).
struct Message {
  static constexpr std::size_t max_attachments = 10;
  static constexpr std::size_t max_attachment_bytes = std::size_t{1} << 20;  ///< all together
  static constexpr std::size_t max_headers = 20;

  std::string event;    ///< `auth.code`, `appointment.booked`: what a preference or a metric names
  std::string channel;  ///< email, sms, fcm, webpush, webhook or event
  /// E-mail address, E.164 number, or what the sender of the channel takes; of an event: whom it is
  /// for where that is an address and no account, else empty.
  std::string to;
  std::string subject;
  std::string text;
  std::string html;  ///< may be empty
  std::optional<UserId> user = {};
  std::optional<AppointmentId> appointment = {};
  std::string to_name = {};  ///< the person's name beside the address; may be empty
  std::vector<Attachment> attachments = {};
  /// More header fields of an e-mail, such as List-Unsubscribe: name, value.
  std::vector<std::pair<std::string, std::string>> headers = {};
  /// When it is to leave; nothing: at once. Not kept by the sealed form.
  std::optional<Instant> leaves_at = {};
  /// Of a reminder: the start that it speaks of, and without which it says nothing.
  std::optional<Instant> reminds_of = {};
};

}  // namespace frontdesk::queue
