#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace frontdesk::http {

/// The value of If-Match: a version, bare or as an entity tag; empty or `*` is no condition.
/// Refuses anything else with 400 `invalid_if_match`.
Result<std::optional<std::int64_t>> read_if_match(std::string_view if_match);

}  // namespace frontdesk::http
