#include "http/security_headers.hpp"

namespace frontdesk::http {
namespace {

constexpr std::string_view security_lines =
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Origin-Agent-Cluster: ?1\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-DNS-Prefetch-Control: off\r\n"
    "X-Download-Options: noopen\r\n"
    "X-Frame-Options: SAMEORIGIN\r\n"
    "X-Permitted-Cross-Domain-Policies: none\r\n"
    "X-XSS-Protection: 0\r\n";

std::string_view cache_control_of(Storage storage) {
  switch (storage) {
    case Storage::nobody:
      return "no-store";
    case Storage::revalidate:
      return "no-cache";
    case Storage::own_cache:
      return "private, no-cache";
    case Storage::shared:
      return "public, max-age=30";
    case Storage::immutable:
      return "public, max-age=31536000, immutable";
  }
  return "no-store";
}

std::string vary_of(Storage storage, bool by_origin) {
  if (storage != Storage::nobody) {
    return by_origin ? "Vary: Accept-Encoding, Origin\r\n" : "Vary: Accept-Encoding\r\n";
  }
  return by_origin ? "Vary: Origin\r\n" : "";
}

}  // namespace

std::string_view default_content_security_policy() {
  return "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';"
         "frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';"
         "script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests";
}

FixedHeaders::FixedHeaders(bool vary_by_origin)
    : security_(security_lines),
      policy_("Content-Security-Policy: " + std::string(default_content_security_policy()) +
              "\r\n") {
  for (std::size_t i = 0; i < storage_count; ++i) {
    const auto storage = static_cast<Storage>(i);
    lines_[i].cache_control = "Cache-Control: " + std::string(cache_control_of(storage)) + "\r\n";
    lines_[i].vary = vary_of(storage, vary_by_origin);
    lines_[i].complete = policy_ + security_ + lines_[i].cache_control + lines_[i].vary;
  }
}

}  // namespace frontdesk::http
