#include "notifications/reminders.hpp"

#include "notifications/facts_reader.hpp"
#include "notifications/reminding.hpp"
#include "queue/event.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

Facts facts_of(const store::Reminded& reminded, const Zone& business_zone) {
  Facts facts{{"service", reminded.service},
              {"staff", reminded.staff},
              {"starts_at", Moment{.at = reminded.starts_at,
                                   .zone = Zone::find(reminded.timezone).value_or(business_zone)}},
              {"minutes", std::int64_t{reminded.duration_minutes}}};
  if (!reminded.customer.empty()) facts["name"] = reminded.customer;
  if (reminded.price.amount_minor > 0) facts["price"] = reminded.price;
  if (reminded.party_size > 1) facts["party_size"] = std::int64_t{reminded.party_size};
  return facts;
}

}  // namespace

bool is_stale(const store::Reminded& reminded, Instant starts_at, Instant now) {
  return reminded.status != appointments::slug_of(appointments::Status::confirmed) ||
         reminded.starts_at != starts_at || now >= starts_at;
}

void add_reminders(db::Batch& batch, const queue::Outbox& outbox, const DataKey& key,
                   const appointments::Appointment& appointment,
                   const store::BusinessRow& business) {
  // Of several that fell due before this dispatch one is enough.
  Instant last_past = Instant::min();
  for (const auto offset : business.reminder_offsets) {
    const Instant leaves_at = appointment.starts_at - offset;
    if (leaves_at <= business.now) last_past = std::max(last_past, leaves_at);
  }
  for (const auto offset : business.reminder_offsets) {
    const Instant leaves_at = appointment.starts_at - offset;
    // What was past already when it was agreed on; what fell due since then leaves at once.
    if (leaves_at <= appointment.updated_at) continue;
    if (leaves_at < last_past) continue;
    queue::FactsWriter facts;
    facts.moment("starts_at", appointment.starts_at, appointment.timezone);
    auto message = queue::event_message("appointment.reminder", facts);
    message.appointment = appointment.id;
    if (appointment.user) message.user = appointment.user->id;
    message.leaves_at = leaves_at;
    const auto id =
        key.pseudonym(fmt::format("reminder {} {} {}", appointment.id.to_string(),
                                  format_instant(appointment.starts_at), offset.count()));
    outbox.enqueue_once(batch, id, message);
  }
}

Task<Result<std::vector<Telling>>> due_reminders(db::Connection& connection, db::Batch& batch,
                                                 const queue::Outbox& outbox, const DataKey& key,
                                                 const Dispatch& dispatch,
                                                 const store::BusinessRow& business) {
  const auto planned = read_facts(dispatch.event, dispatch.content, business.zone);
  if (!planned) co_return refuse(planned.error());
  const auto starts_at = planned->find("starts_at");
  if (starts_at == planned->end() || !dispatch.message.appointment) {
    co_return refuse({.kind = ErrorKind::internal,
                      .code = "facts_incomplete",
                      .message = "The reminder does not say of what."});
  }
  std::vector<Telling> tellings;
  const auto reminded = co_await store::reminded(connection, *dispatch.message.appointment);
  const Instant start = std::get<Moment>(starts_at->second).at;
  if (!reminded || is_stale(*reminded, start, business.now)) co_return tellings;

  for (auto& to :
       co_await addressees(connection, dispatch.event, reminded->user, reminded->walk_in_email)) {
    const auto reminding = remind(to.quiet, business.zone, business.now, start);
    if (reminding.put_off_until) {
      queue::Message later = dispatch.message;
      later.leaves_at = reminding.put_off_until;
      outbox.enqueue_once(batch, key.pseudonym("put off " + dispatch.id.to_string()), later);
      continue;
    }
    Telling telling{.event = &dispatch.event,
                    .to = std::move(to),
                    .facts = facts_of(*reminded, business.zone),
                    .by_mail_only = reminding.by_mail_only,
                    .reminds_of = start};
    add_links(telling, dispatch.links, dispatch.message.appointment);
    tellings.push_back(std::move(telling));
  }
  co_return tellings;
}

}  // namespace frontdesk::notifications
