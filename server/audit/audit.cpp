#include "audit/audit.hpp"

#include "audit/statements.hpp"
#include "db/codec.hpp"

#include <boost/json/serialize.hpp>

namespace frontdesk::audit {

Task<void> record(db::Connection& connection, const Actor& actor, const Entry& entry) {
  const std::optional<UserId> who = entry.actor ? entry.actor : actor.user;
  const std::string details = boost::json::serialize(entry.details);
  co_await connection.execute(sql::insert_audit_log, Uuid::generate(), who, entry.action,
                              entry.subject_type, entry.subject_id, entry.outcome, actor.address,
                              actor.request_id, db::Jsonb{details});
}

}  // namespace frontdesk::audit
