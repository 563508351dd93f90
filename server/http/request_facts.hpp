#pragma once

#include "core/uuid.hpp"
#include "http/client_address.hpp"
#include "http/rate_limiter.hpp"
#include "http/route.hpp"
#include "observe/metrics.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::http {

/// What the pipeline has found out about a request so far: what its answer's headers, its access
/// line and its metrics are made of, however early it is refused.
struct RequestFacts {
  std::string method = {};       ///< token as sent; empty: there was no readable head
  const Route* route = nullptr;  ///< nullptr: none was found
  observe::OperationMetrics* metrics = nullptr;
  std::chrono::steady_clock::time_point received_at = {};
  std::string request_id = {};
  IpAddress client = {};
  std::string client_text = {};  ///< of `client`, or the peer as the connection named it
  std::optional<UserId> user = {};
  std::string_view cors_lines = {};       ///< of Cors; empty for an origin that is not allowed
  std::optional<RatePolicy> policy = {};  ///< set together with rate
  RateDecision rate = {};
};

}  // namespace frontdesk::http
