#include "notifications/dispatcher.hpp"

#include "db/sql_error.hpp"
#include "db/transaction.hpp"
#include "notifications/agenda.hpp"
#include "notifications/message_writer.hpp"
#include "notifications/reminders.hpp"
#include "notifications/telling.hpp"
#include "webhooks/webhooks.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

using Outcome = queue::Delivery::Outcome;

// Well below db::Batch's limit: one telling adds a few.
constexpr std::size_t statements_at_once = 40;

/// An event that makes an appointment certain, where it is confirmed.
bool plans_reminders(std::string_view event) {
  constexpr std::array<std::string_view, 4> all{"appointment.booked", "appointment.confirmed",
                                                "appointment.rescheduled", "appointment.reopened"};
  return std::ranges::find(all, event) != all.end();
}

std::optional<appointments::Appointment> appointment_of(const boost::json::object& content) {
  const auto* view = content.if_contains("appointment");
  return view == nullptr ? std::nullopt : appointments::read_view(*view);
}

Task<void> flush(db::Connection& connection, db::Batch& batch) {
  if (batch.commands().empty()) co_return;
  co_await connection.execute_batch(std::exchange(batch, {}));
}

Task<Result<std::vector<Telling>>> find_tellings(db::Connection& connection, db::Batch& batch,
                                                 const MessageWriter& writer,
                                                 const Dispatch& dispatch,
                                                 const store::BusinessRow& business) {
  if (dispatch.event.name == "appointment.reminder") {
    co_return co_await due_reminders(connection, batch, writer.outbox, writer.key, dispatch,
                                     business);
  }
  if (dispatch.event.name == "staff.agenda") {
    co_return co_await due_agendas(connection, dispatch, business);
  }
  co_return co_await tellings_of(connection, dispatch, business);
}

Task<Result<void>> dispatch_in(db::Transaction& transaction, const MessageWriter& writer,
                               const Dispatch& dispatch) {
  auto& connection = transaction.connection();
  const auto business = co_await store::business(connection);
  db::Batch batch;
  const auto tellings = co_await find_tellings(connection, batch, writer, dispatch, business);
  if (!tellings) co_return refuse(tellings.error());
  for (const auto& telling : *tellings) {
    const auto added = co_await writer.add(connection, batch, dispatch, telling, business);
    if (!added) co_return refuse(added.error());
    if (batch.commands().size() >= statements_at_once) co_await flush(connection, batch);
  }
  const auto& appointment = dispatch.appointment;
  if (appointment && appointment->status == appointments::Status::confirmed &&
      plans_reminders(dispatch.event.name)) {
    add_reminders(batch, writer.outbox, writer.key, *appointment, business);
  }
  co_await flush(connection, batch);
  if (appointment) {
    co_await webhooks::announce(connection, writer.outbox, dispatch.id, dispatch.event.name,
                                appointment->id, serialize(dispatch.content.at("appointment")),
                                appointment->updated_at);
  }
  co_return Result<void>();
}

}  // namespace

Dispatcher::Dispatcher(db::Pool& pool, const DataKey& key, DispatcherOptions options)
    : pool_(pool),
      key_(key),
      options_(std::move(options)),
      links_{options_.public_origin},
      templates_(options_.templates, options_.log),
      renderer_(templates_),
      outbox_(key) {}

Task<queue::Delivery> Dispatcher::send(const Uuid& id, const queue::Message& message,
                                       Deadline deadline) {
  const auto* event = find_event(message.event);
  if (event == nullptr) co_return queue::Delivery{Outcome::never, "no event has this name"};
  boost::system::error_code error;
  const auto content = boost::json::parse(message.text, error);
  if (error || !content.is_object()) {
    co_return queue::Delivery{Outcome::never, "the event cannot be read"};
  }
  const MessageWriter writer{
      .key = key_, .outbox = outbox_, .options = options_, .renderer = renderer_};
  const Dispatch dispatch{.id = id,
                          .message = message,
                          .content = content.get_object(),
                          .event = *event,
                          .links = links_,
                          .appointment = appointment_of(content.get_object())};
  queue::Delivery delivery{Outcome::delivered};
  try {
    const auto done = co_await db::in_transaction(pool_, deadline, &dispatch_in, writer, dispatch);
    if (!done) {
      // What the event lacks it will lack tomorrow; anything else is the database's.
      const bool is_ours = done.error().kind == ErrorKind::internal;
      delivery = {is_ours ? Outcome::never : Outcome::try_later, done.error().message};
    }
  } catch (const db::SqlError& trouble) {
    delivery = {Outcome::try_later, fmt::format("the database refused: {}", trouble.sqlstate())};
  }
  // The commit is there to be seen: the messages leave at once.
  if (options_.bell != nullptr && delivery.outcome == Outcome::delivered) options_.bell->ring();
  co_return delivery;
}

}  // namespace frontdesk::notifications
