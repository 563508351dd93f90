#include "audit/audit.hpp"

#include "audit/statements.hpp"
#include "db/codec.hpp"

#include <utility>

#include <boost/json/serialize.hpp>

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

}  // namespace frontdesk::audit
