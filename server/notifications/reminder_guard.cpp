#include "notifications/reminder_guard.hpp"

#include "notifications/dispatch_store.hpp"
#include "notifications/recipient.hpp"
#include "notifications/reminders.hpp"
#include "notifications/reminding.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace frontdesk::notifications {
namespace {

using queue::Delivery;

Delivery dropped() {
  return {Delivery::Outcome::dropped, "stale"};
}

// Nothing where it may leave now. Where the message does not say which start it is for, an older
// server made it.
Task<std::optional<Delivery>> objection_to(db::Connection& connection,
                                           const queue::Message& reminder) {
  if (!reminder.appointment) co_return dropped();
  const auto business = co_await store::business(connection);
  const auto reminded = co_await store::reminded(connection, *reminder.appointment);
  if (!reminded) co_return dropped();
  const Instant start = reminder.reminds_of.value_or(reminded->starts_at);
  if (is_stale(*reminded, start, business.now)) co_return dropped();
  if (!reminder.user) co_return std::nullopt;  // a walk-in: without quiet hours
  const auto reader = co_await find_recipient(connection, *reminder.user, Group::reminders);
  if (!reader) co_return dropped();
  const auto reminding = remind(reader->quiet, business.zone, business.now, start);
  if (reminding.put_off_until) {
    co_return Delivery{
        Delivery::Outcome::try_later, "quiet hours",
        std::chrono::ceil<std::chrono::seconds>(*reminding.put_off_until - business.now)};
  }
  if (reminding.by_mail_only && reminder.channel != "email") {
    co_return Delivery{Delivery::Outcome::dropped, "quiet hours until the appointment"};
  }
  co_return std::nullopt;
}

}  // namespace

ReminderGuard::ReminderGuard(db::Pool& pool, std::unique_ptr<queue::Sender> sender)
    : pool_(pool), sender_(std::move(sender)) {}

Task<queue::Delivery> ReminderGuard::send(const Uuid& id, const queue::Message& message,
                                          Deadline deadline) {
  if (message.event == "appointment.reminder") {
    // The lease ends before anything is sent.
    auto lease = co_await pool_.acquire(deadline);
    auto objection = co_await objection_to(*lease, message);
    if (objection) co_return std::move(*objection);
  }
  co_return co_await sender_->send(id, message, deadline);
}

}  // namespace frontdesk::notifications
