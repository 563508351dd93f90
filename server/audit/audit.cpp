#include "audit/audit.hpp"

#include "audit/statements.hpp"
#include "db/codec.hpp"

#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace frontdesk::audit {

Task<void> record(db::Connection& connection, const Actor& actor, const Entry& entry) {
  db::Batch batch;
  record(batch, actor, entry);
  co_await connection.execute_batch(std::move(batch));
}

void record(db::Batch& batch, const Actor& actor, const Entry& entry) {
  const std::optional<UserId> who = entry.actor ? entry.actor : actor.user;
  const std::string details = boost::json::serialize(entry.details);
  batch.add(sql::insert_audit_log, Uuid::generate(), who, entry.action, entry.subject_type,
            entry.subject_id, entry.outcome, actor.address, actor.request_id, db::Jsonb{details});
}

Task<void> record(db::Connection& connection, const Actor& actor, Deed deed, std::optional<Uuid> id,
                  std::vector<std::string_view> fields) {
  Entry entry{.action = fmt::format("{}.{}", deed.subject, deed.verb),
              .subject_type = std::string(deed.subject),
              .subject_id = id};
  if (!fields.empty()) {
    entry.details = {{"fields", boost::json::array(fields.begin(), fields.end())}};
  }
  co_await record(connection, actor, entry);
}

}  // namespace frontdesk::audit
