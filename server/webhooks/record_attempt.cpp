#include "webhooks/record_attempt.hpp"

#include "audit/audit.hpp"
#include "core/json_writer.hpp"
#include "db/transaction.hpp"

#include <utility>

namespace frontdesk::webhooks {
namespace {

Task<void> note(db::Connection& connection, EndpointId endpoint, std::string_view because) {
  co_await audit::record(connection, Actor{},
                         {.action = "webhook.disable",
                          .subject_type = "webhook",
                          .subject_id = endpoint,
                          .details = {{"because", because}}});
}

// A query may hold a token: mails are no place for it.
std::string_view without_query(std::string_view url) {
  return url.substr(0, url.find('?'));
}

queue::Message disabled_event(std::string_view url, const Consequences& consequences) {
  std::string facts;
  JsonWriter json(facts);
  json.begin_object();
  json.member("endpoint", without_query(url));
  json.member("days", consequences.days_until_disabled);
  json.member("site_link", consequences.site_link);
  json.end_object();
  return {.event = "webhook.disabled",
          .channel = "event",
          .to = {},
          .subject = {},
          .text = std::move(facts),
          .html = {}};
}

Task<Result<void>> record_in(db::Transaction& transaction, const queue::Outbox& outbox,
                             const store::Attempt& attempt, const Consequences& consequences) {
  db::Batch batch;
  store::record(batch, attempt);
  if (!attempt.error) {
    store::note_success(batch, attempt.endpoint);
    co_await transaction.commit_with(std::move(batch));
    co_return Result<void>();
  }
  store::note_failure(batch, attempt.endpoint);
  co_await transaction.execute_batch(std::move(batch));
  auto& connection = transaction.connection();
  if (consequences.is_gone) {
    if (co_await store::disable_gone(connection, attempt.endpoint)) {
      co_await note(connection, attempt.endpoint, "gone");
    }
    co_return Result<void>();
  }
  const auto url = co_await store::disable_failing(connection, attempt.endpoint,
                                                   consequences.days_until_disabled);
  if (url) {
    co_await note(connection, attempt.endpoint, "failing");
    co_await outbox.enqueue(connection, disabled_event(*url, consequences));
  }
  co_return Result<void>();
}

}  // namespace

Task<void> record_attempt(db::Pool& pool, const queue::Outbox& outbox,
                          const store::Attempt& attempt, const Consequences& consequences,
                          Deadline deadline) {
  // A refusal is the foreign key's: the endpoint has just been deleted.
  static_cast<void>(
      co_await db::in_transaction(pool, deadline, &record_in, outbox, attempt, consequences));
}

}  // namespace frontdesk::webhooks
