#pragma once

#include "core/instant.hpp"
#include "core/seal.hpp"
#include "db/pool.hpp"
#include "queue/sender.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::queue {

/// What one message would have been.
struct InboxItem {
  Uuid id;
  Message message;
  Instant created_at;
};

/// Reads the outbox as if it were everybody's mailbox. In development only.
class DevelopmentInbox {
 public:
  /// Both must outlive the inbox.
  DevelopmentInbox(db::Pool& pool, const DataKey& key) : pool_(pool), key_(key) {}

  /// The newest messages first, waiting ones too; at most 200, out of the last 2,000. An empty `to`
  /// takes everybody's.
  Task<std::vector<InboxItem>> list(std::string_view to, Deadline deadline);

 private:
  db::Pool& pool_;
  const DataKey& key_;
};

/// Delivers by leaving the message where DevelopmentInbox shows it.
class DevelopmentSender final : public Sender {
 public:
  explicit DevelopmentSender(std::string_view channel) : channel_(channel) {}
  [[nodiscard]] std::string_view channel() const override { return channel_; }
  [[nodiscard]] bool keeps_bodies() const override { return true; }
  Task<Delivery> send(const Uuid& id, const Message& message, Deadline deadline) override;

 private:
  std::string_view channel_;
};

}  // namespace frontdesk::queue
