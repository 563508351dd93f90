#pragma once

#include "outbound/http_client.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace frontdesk::outbound {

/// Reads Retry-After (RFC 9110 10.2.3), seconds or a date, from 0 to an hour. nullopt for anything
/// else.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text,
                                                      std::chrono::system_clock::time_point now);

/// The same of an answer, by the clock of this machine.
std::optional<std::chrono::seconds> retry_after_of(const HttpAnswer& answer);

}  // namespace frontdesk::outbound
