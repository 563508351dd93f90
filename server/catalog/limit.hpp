#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <string_view>

namespace frontdesk::catalog {

/// 422 `limit_reached`, details.maximum: there are as many `things` as a business may have.
Error limit_reached(std::int64_t maximum, std::string_view things);

}  // namespace frontdesk::catalog
