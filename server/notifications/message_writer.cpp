#include "notifications/message_writer.hpp"

#include "notifications/devices.hpp"
#include "notifications/inbox_store.hpp"
#include "notifications/typed_text.hpp"

#include <utility>

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

constexpr std::size_t longest_name = 80;

// Once among the forms of the text, where calendars look for it, once as a file for all others.
void attach(queue::Message& message, const std::string& calendar, bool is_cancelled) {
  const auto type =
      fmt::format("text/calendar; method={}; charset=utf-8", is_cancelled ? "CANCEL" : "REQUEST");
  message.attachments.push_back(
      {.content_type = type, .filename = {}, .content = calendar, .is_alternative = true});
  message.attachments.push_back(
      {.content_type = type, .filename = "appointment.ics", .content = calendar});
}

bool is_wanted(const Telling& telling, Channel channel) {
  if (telling.by_mail_only && channel != Channel::email) return false;
  return !telling.event->can_be_switched_off || telling.to.wants[static_cast<std::size_t>(channel)];
}

// A reminder is judged again when it leaves (ReminderGuard): it needs no order, and one that is put
// off then must not hold up a cancellation. So it is one that leaves at a time of its own.
queue::Message blank(const Dispatch& dispatch, const Telling& telling,
                     const store::BusinessRow& business, Rendered rendered) {
  return {.event = std::string(telling.event->name),
          .channel = {},
          .to = {},
          .subject = std::move(rendered.subject),
          .text = std::move(rendered.text),
          .html = std::move(rendered.html),
          .user = telling.to.user,
          .appointment = dispatch.message.appointment,
          .leaves_at = telling.reminds_of ? std::optional(business.now) : std::nullopt,
          .reminds_of = telling.reminds_of};
}

}  // namespace

Uuid MessageWriter::id_of(const Dispatch& dispatch, const Telling& telling, Channel channel) const {
  const auto& to = telling.to;
  const auto reader = to.user ? to.user->to_string() : to.phone ? *to.phone : to.email;
  return key.pseudonym(fmt::format("message {} {} {} {}", dispatch.id.to_string(),
                                   telling.event->name, slug_of(channel), reader));
}

Uuid MessageWriter::id_of(const Dispatch& dispatch, const Telling& telling,
                          const Uuid& device) const {
  return key.pseudonym(fmt::format("push {} {} {}", dispatch.id.to_string(), telling.event->name,
                                   device.to_string()));
}

queue::Message MessageWriter::mail(const Dispatch& dispatch, const Telling& telling,
                                   const store::BusinessRow& business, Rendered rendered) const {
  const auto language = rendered.language;
  auto message = blank(dispatch, telling, business, std::move(rendered));
  message.channel = "email";
  message.to = telling.to.email;
  message.to_name = clean(telling.to.name, longest_name);
  message.headers.emplace_back("Content-Language", language);
  if (telling.event->can_be_switched_off && telling.to.user) {
    message.headers.emplace_back("List-Unsubscribe",
                                 fmt::format("<{}>", dispatch.links.preferences()));
  }
  if (telling.invitation) {
    const auto& appointment = *telling.invitation;
    attach(message,
           appointments::to_invitation(
               appointment, {.name = business.name, .address = business.address},
               {.organizer = options.organizer, .attendee = telling.to.email}),
           appointment.status == appointments::Status::cancelled);
  }
  return message;
}

Task<Result<void>> MessageWriter::add(db::Connection& connection, db::Batch& batch,
                                      const Dispatch& dispatch, const Telling& telling,
                                      const store::BusinessRow& business) const {
  const Business shown{
      .name = business.name,
      .address = business.address,
      .locale = business.locale,
      .preferences_link = telling.to.user ? dispatch.links.preferences() : std::string()};
  for (const auto channel : telling.event->channels) {
    if (!is_wanted(telling, channel)) continue;
    switch (channel) {
      case Channel::email: {
        if (telling.to.email.empty()) break;
        auto rendered =
            renderer.render(*telling.event, channel, telling.to.locale, telling.facts, shown);
        if (!rendered) co_return refuse(std::move(rendered.error()));
        outbox.enqueue_once(batch, id_of(dispatch, telling, channel),
                            mail(dispatch, telling, business, std::move(*rendered)));
        break;
      }
      case Channel::sms: {
        if (!telling.to.phone || !options.channels.contains("sms")) break;
        auto rendered =
            renderer.render(*telling.event, channel, telling.to.locale, telling.facts, shown);
        if (!rendered) co_return refuse(std::move(rendered.error()));
        const auto id = id_of(dispatch, telling, channel);
        const auto number = outbox.sms_number_key(*telling.to.phone);
        // The other channels have the rest. An event that is dispatched again has its own already.
        if (!co_await store::note_sms(connection, id, number, business.max_sms_per_hour)) break;
        auto message = blank(dispatch, telling, business, std::move(*rendered));
        message.channel = "sms";
        message.to = *telling.to.phone;
        outbox.enqueue_once(batch, id, message);
        break;
      }
      case Channel::inbox: {
        if (!telling.to.user) break;
        const auto rendered =
            renderer.render(*telling.event, channel, telling.to.locale, telling.facts, shown);
        if (!rendered) co_return refuse(rendered.error());
        add_to_inbox(batch, id_of(dispatch, telling, channel), *telling.to.user,
                     telling.event->name, rendered->subject, rendered->text,
                     dispatch.message.appointment);
        break;
      }
      case Channel::push: {
        if (!telling.to.user) break;
        const auto devices = co_await push_addresses_of(connection, key, *telling.to.user);
        if (devices.empty()) break;
        const auto rendered =
            renderer.render(*telling.event, channel, telling.to.locale, telling.facts, shown);
        if (!rendered) co_return refuse(rendered.error());
        for (const auto& device : devices) {
          if (!options.channels.contains(device.channel)) continue;
          auto message = blank(dispatch, telling, business, *rendered);
          message.channel = device.channel;
          message.to = device.to;
          outbox.enqueue_once(batch, id_of(dispatch, telling, device.device), message);
        }
        break;
      }
    }
  }
  co_return Result<void>();
}

}  // namespace frontdesk::notifications
