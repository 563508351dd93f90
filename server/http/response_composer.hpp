#pragma once

#include "http/cors.hpp"
#include "http/exchange.hpp"
#include "http/rate_limiter.hpp"
#include "http/request.hpp"
#include "http/request_facts.hpp"
#include "http/response.hpp"
#include "http/security_headers.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::http {

/// Turns what a handler answered into what the connection writes: security headers (R35), CORS
/// (R36), caching, entity tag and 304, compression, request id, rate limit (R20).
class ResponseComposer {
 public:
  /// Throws std::invalid_argument for an origin that is none.
  ResponseComposer(const std::vector<std::string>& cors_origins, const RateLimiter& limiter);

  [[nodiscard]] const Cors& cors() const { return cors_; }

  /// `request` is nullptr where the request was refused before it became one. Throws
  /// std::logic_error where a handler's header holds a control character.
  Outgoing compose(Response&& response, const RequestFacts& facts, const Request* request) const;

 private:
  void append_fixed(std::string& out, const Response& response, Storage storage) const;
  void append_rate(std::string& out, const RequestFacts& facts) const;

  Cors cors_;
  FixedHeaders fixed_;
  std::array<std::string, rate_policy_count> policy_lines_;  ///< `RateLimit-Policy: …`
};

}  // namespace frontdesk::http
