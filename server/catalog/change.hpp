#pragma once

#include "core/actor.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "core/version.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

/// What the changes of things that have a version have in common.
namespace frontdesk::catalog {

/// Which thing is to be changed by whom, and which version of it they saw.
template <class IdType>
struct Target {
  const Actor& actor;
  IdType id;
  std::optional<std::int64_t> version;
};

/// The thing as it was found under its lock. Refuses with not_found, saying `absent`, and `stale`.
template <class T, class IdType>
Result<T> judge(std::optional<T> found, const Target<IdType>& target, const char* absent) {
  if (!found) return refuse(not_found(absent));
  if (auto stale = check_version(target.version, found->version)) return refuse(std::move(*stale));
  return std::move(*found);
}

/// What happened to what: `service`, `update`.
struct Deed {
  std::string_view subject;
  std::string_view verb;
};

/// The audit entry `subject.verb`, with the names of the fields that are different now.
Task<void> record(db::Connection& connection, const Actor& actor, Deed deed, std::optional<Uuid> id,
                  std::vector<std::string_view> fields = {});

}  // namespace frontdesk::catalog
