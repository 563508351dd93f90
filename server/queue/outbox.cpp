#include "queue/outbox.hpp"

#include "core/ensure.hpp"
#include "db/codec.hpp"
#include "queue/sealed_message.hpp"
#include "queue/statements.hpp"

#include <utility>

namespace frontdesk::queue {
namespace {

bool fits_one_header_line(std::string_view text) {
  return text.find_first_of("\r\n") == std::string_view::npos;
}

}  // namespace

Task<void> Outbox::enqueue(db::Connection& connection, const Message& message) const {
  db::Batch batch;
  enqueue(batch, message);
  co_await connection.execute_batch(std::move(batch));
}

void Outbox::enqueue(db::Batch& batch, const Message& message) const {
  ENSURE(fits_one_header_line(message.to) && fits_one_header_line(message.subject));
  const auto id = Uuid::generate();
  const db::Bytes sealed = seal_message(key_, id, message);
  batch.add(sql::insert_outbox, id, message.event, message.channel, message.user,
            message.appointment, sealed);
}

}  // namespace frontdesk::queue
