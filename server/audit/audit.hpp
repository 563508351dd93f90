#pragma once

#include "core/actor.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"

#include <optional>
#include <string>

#include <boost/json/object.hpp>

namespace frontdesk::audit {

/// One line of the audit log (R73). Personal fields are named, never quoted, so that an erasure
/// holds: `{"fields": ["phone"]}`.
struct Entry {
  std::string action;        ///< `auth.login`, `appointment.cancel`
  std::string subject_type;  ///< `user`, `appointment`
  std::optional<Uuid> subject_id;
  std::string outcome = "success";  ///< success, refused or failure
  boost::json::object details = {};
  std::optional<UserId> actor =
      {};  ///< who did it where the request's actor is not yet known (login)
};

/// Appends an entry, inside the caller's transaction where there is one. Address and request id
/// come from `actor`. Throws what Connection::execute throws.
Task<void> record(db::Connection& connection, const Actor& actor, const Entry& entry);

/// The same as part of a batch, for a transaction that writes everything in one round trip.
void record(db::Batch& batch, const Actor& actor, const Entry& entry);

}  // namespace frontdesk::audit
