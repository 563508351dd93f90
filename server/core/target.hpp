#pragma once

#include "core/actor.hpp"
#include "core/error.hpp"
#include "core/version.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace frontdesk {

/// Which thing is to be changed by whom, and which version of it they saw (If-Match).
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

}  // namespace frontdesk
