#include "http/cors.hpp"

#include <stdexcept>

namespace frontdesk::http {
namespace {

bool is_origin(std::string_view text) {
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return false;
  const std::string_view scheme = text.substr(0, scheme_end);
  const std::string_view authority = text.substr(scheme_end + 3);
  constexpr std::string_view authority_characters = "abcdefghijklmnopqrstuvwxyz0123456789-.:[]_";
  return (scheme == "http" || scheme == "https") && !authority.empty() &&
         authority.find_first_not_of(authority_characters) == std::string_view::npos;
}

}  // namespace

Cors::Cors(const std::vector<std::string>& allowed_origins) {
  for (const std::string& origin : allowed_origins) {
    if (!is_origin(origin)) throw std::invalid_argument("not an origin for CORS: " + origin);
    lines_[origin] = "Access-Control-Allow-Origin: " + origin +
                     "\r\n"
                     "Access-Control-Allow-Credentials: true\r\n"
                     "Access-Control-Expose-Headers: ETag, Location, RateLimit, RateLimit-Policy, "
                     "Retry-After, X-Request-Id\r\n";
  }
}

std::string_view Cors::lines_for(std::string_view origin) const {
  const auto found = lines_.find(origin);
  return found == lines_.end() ? std::string_view{} : found->second;
}

void Cors::append_preflight_headers(std::vector<std::pair<std::string, std::string>>& headers,
                                    std::string_view allow) {
  headers.emplace_back("Access-Control-Allow-Methods", allow);
  headers.emplace_back("Access-Control-Allow-Headers",
                       "Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, "
                       "If-None-Match");
  headers.emplace_back("Access-Control-Max-Age", "600");
}

}  // namespace frontdesk::http
