#include "queue/outbox.hpp"

#include "core/ensure.hpp"
#include "db/codec.hpp"
#include "queue/sealed_message.hpp"
#include "queue/statements.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::queue {
namespace {

bool fits_one_header_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

// RFC 5322 3.6.8: printable ASCII but the colon.
bool is_header_name(std::string_view name) {
  return !name.empty() &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f' && c != ':'; });
}

void ensure_sendable(const Message& message) {
  ENSURE(fits_one_header_line(message.to) && fits_one_header_line(message.to_name) &&
         fits_one_header_line(message.subject));
  ENSURE(message.headers.size() <= Message::max_headers);
  for (const auto& [name, value] : message.headers) {
    ENSURE(is_header_name(name) && fits_one_header_line(value));
  }
  ENSURE(message.attachments.size() <= Message::max_attachments);
  std::size_t bytes = 0;
  for (const auto& attachment : message.attachments) {
    ENSURE(fits_one_header_line(attachment.content_type) &&
           fits_one_header_line(attachment.filename));
    bytes += attachment.content.size();
  }
  ENSURE(bytes <= Message::max_attachment_bytes);
}

std::optional<Uuid> order_key_of(const DataKey& key, const Message& message) {
  // What leaves next week must not hold up what is said until then.
  if (!message.appointment || message.leaves_at) return std::nullopt;
  return key.pseudonym(
      fmt::format("{} {} {}", message.appointment->to_string(), message.channel, message.to));
}

}  // namespace

Task<void> Outbox::enqueue(db::Connection& connection, const Message& message) const {
  db::Batch batch;
  enqueue(batch, message);
  co_await connection.execute_batch(std::move(batch));
}

void Outbox::enqueue(db::Batch& batch, const Message& message) const {
  add(batch, sql::insert_outbox, Uuid::generate(), message);
}

void Outbox::enqueue_once(db::Batch& batch, const Uuid& id, const Message& message) const {
  add(batch, sql::insert_outbox_once, id, message);
}

void Outbox::add(db::Batch& batch, const db::Statement& insert, const Uuid& id,
                 const Message& message) const {
  ensure_sendable(message);
  const db::Bytes sealed = seal_message(key_, id, message);
  batch.add(insert, id, message.event, message.channel, message.user, message.appointment, sealed,
            order_key_of(key_, message), message.leaves_at);
  if (bell_ != nullptr) bell_->ring();
}

Task<bool> Outbox::enqueue_again(db::Connection& connection, const Uuid& id,
                                 const Message& message) const {
  ensure_sendable(message);
  const db::Bytes sealed = seal_message(key_, id, message);
  const auto rows =
      co_await connection.execute(sql::insert_outbox_again, id, message.event, message.channel,
                                  message.user, message.appointment, sealed);
  if (bell_ != nullptr) bell_->ring();
  co_return !rows.empty();
}

}  // namespace frontdesk::queue
