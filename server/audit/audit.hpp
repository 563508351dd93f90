#pragma once

#include "core/actor.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// What was done to what kind of thing: `staff`, `update`.
struct Deed {
  std::string_view subject;
  std::string_view verb;
};

/// Appends an entry, inside the caller's transaction where there is one. Address and request id
/// come from `actor`. Throws what Connection::execute throws.
Task<void> record(db::Connection& connection, const Actor& actor, const Entry& entry);

/// The same as part of a batch, for a transaction that writes everything in one round trip.
void record(db::Batch& batch, const Actor& actor, const Entry& entry);

/// Appends the entry `subject.verb` of a success, with the names of the fields that are different
/// now. `id`: none for a thing that has no UUID, or for all of its kind.
Task<void> record(db::Connection& connection, const Actor& actor, Deed deed, std::optional<Uuid> id,
                  std::vector<std::string_view> fields = {});

}  // namespace frontdesk::audit
