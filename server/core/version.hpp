#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <optional>

namespace frontdesk {

/// If-Match: refuses with 412 `stale`, details.version, when `expected` is not the present version
/// of what is to change. Nothing expected passes always.
std::optional<Error> check_version(std::optional<std::int64_t> expected, std::int64_t present);

}  // namespace frontdesk
