#pragma once

#include "db/pool.hpp"
#include "queue/sender.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace frontdesk::notifications {

/// Stands before the sender of a channel and looks at each reminder once more (R71): a channel that
/// was away for a day must not tell people of what they have moved, cancelled or had meanwhile, nor
/// wake them. Everything else passes.
class ReminderGuard final : public queue::Sender {
 public:
  /// `pool` must outlive it.
  ReminderGuard(db::Pool& pool, std::unique_ptr<queue::Sender> sender);

  [[nodiscard]] std::string_view channel() const override { return sender_->channel(); }
  [[nodiscard]] std::size_t capacity() const override { return sender_->capacity(); }
  [[nodiscard]] bool keeps_bodies() const override { return sender_->keeps_bodies(); }

  /// `dropped`, with the reason `stale`, for a reminder of a start that the appointment has not any
  /// more, that has passed, or whose reader is gone; `try_later` until the reader's quiet hours
  /// end. Where they end too late it leaves by mail alone, as if it were dispatched now (remind()).
  /// Throws what db::Pool throws where the database is away.
  Task<queue::Delivery> send(const Uuid& id, const queue::Message& message,
                             Deadline deadline) override;

 private:
  db::Pool& pool_;
  std::unique_ptr<queue::Sender> sender_;
};

}  // namespace frontdesk::notifications
