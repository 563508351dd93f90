#include "queue/development_inbox.hpp"

#include "queue/sealed_message.hpp"
#include "queue/statements.hpp"

namespace frontdesk::queue {
namespace {

constexpr std::int64_t rows_looked_at = 2000;
constexpr std::size_t items_shown = 200;

}  // namespace

Task<std::vector<InboxItem>> DevelopmentInbox::list(std::string_view to, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  const auto rows = co_await lease->execute(sql::list_recent_outbox, rows_looked_at);
  std::vector<InboxItem> items;
  for (const db::Row row : rows) {
    if (items.size() == items_shown) break;
    const auto id = row.get<Uuid>(0);
    auto message = open_message(key_, id, row.get<db::Bytes>(2));
    if (!message || (!to.empty() && message->to != to)) continue;
    message->channel = row.get<std::string>(1);
    // To whoever looks, both are pushes.
    if (message->channel == "fcm" || message->channel == "webpush") message->channel = "push";
    items.push_back({id, std::move(*message), row.get<Instant>(3)});
  }
  co_return items;
}

Task<Delivery> DevelopmentSender::send(const Uuid&, const Message&, Deadline) {
  co_return Delivery{Delivery::Outcome::delivered};
}

}  // namespace frontdesk::queue
