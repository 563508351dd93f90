#include "core/version.hpp"

namespace frontdesk {

std::optional<Error> check_version(std::optional<std::int64_t> expected, std::int64_t present) {
  if (!expected || *expected == present) return std::nullopt;
  return Error{.kind = ErrorKind::stale,
               .code = "stale",
               .message = "This has been changed in the meantime. Read it again.",
               .details = {{"version", present}}};
}

}  // namespace frontdesk
