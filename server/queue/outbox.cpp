#include "queue/outbox.hpp"

#include "core/ensure.hpp"
#include "db/codec.hpp"
#include "queue/sealed_message.hpp"
#include "queue/statements.hpp"

namespace frontdesk::queue {
namespace {

bool fits_one_header_line(std::string_view text) {
  return text.find_first_of("\r\n") == std::string_view::npos;
}

}  // namespace

Task<void> Outbox::enqueue(db::Connection& connection, const Message& message) const {
  ENSURE(fits_one_header_line(message.to) && fits_one_header_line(message.subject));
  const auto id = Uuid::generate();
  const db::Bytes sealed = seal_message(key_, id, message);
  co_await connection.execute(sql::insert_outbox, id, message.event, message.channel, message.user,
                              message.appointment, sealed);
}

}  // namespace frontdesk::queue
