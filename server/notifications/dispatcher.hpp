#pragma once

#include "core/seal.hpp"
#include "db/pool.hpp"
#include "notifications/links.hpp"
#include "notifications/renderer.hpp"
#include "notifications/templates.hpp"
#include "queue/bell.hpp"
#include "queue/outbox.hpp"
#include "queue/sender.hpp"

#include <filesystem>
#include <functional>
#include <set>
#include <string>

namespace frontdesk::notifications {

struct DispatcherOptions {
  std::string public_origin;  ///< where links lead (R09); no slash at its end
  std::string organizer;      ///< e-mail address that invitations come from
  /// Of the outbox, those beside e-mail that have senders: sms, fcm, webpush.
  std::set<std::string, std::less<>> channels = {};
  std::filesystem::path templates = {};  ///< an installation's own texts; may be absent
  Templates::Log log = {};               ///< told of templates that cannot be used
  queue::Bell* bell = nullptr;           ///< rung when there are new messages
};

/// Makes messages of events (ADR 0008): the sender of the channel `event`. For each event, in one
/// transaction, it reads who is to be told and how they want it, renders the texts and adds the
/// messages to the outbox, and the reminders that follow. Their ids are made of the event's id,
/// channel and recipient: an event that is dispatched twice has the same messages, once.
class Dispatcher final : public queue::Sender {
 public:
  /// Each takes a connection: most of them are for requests.
  static constexpr std::size_t most_dispatches = 4;

  /// `pool` and `key` must outlive it.
  Dispatcher(db::Pool& pool, const DataKey& key, DispatcherOptions options);

  [[nodiscard]] std::string_view channel() const override { return "event"; }
  [[nodiscard]] std::size_t capacity() const override { return most_dispatches; }

  /// `never` for an event that is not in the catalogue or whose facts are incomplete. Throws what
  /// db::Pool throws where the database is away.
  Task<queue::Delivery> send(const Uuid& id, const queue::Message& message,
                             Deadline deadline) override;

 private:
  db::Pool& pool_;
  const DataKey& key_;
  DispatcherOptions options_;
  Links links_;
  Templates templates_;
  Renderer renderer_;
  queue::Outbox outbox_;
};

}  // namespace frontdesk::notifications
