#include "http/response_composer.hpp"

#include "http/compression.hpp"
#include "http/etag.hpp"
#include "http/field_syntax.hpp"
#include "http/static_content.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace frontdesk::http {
namespace {

/// Longer than the longest block of ours, so that it is allocated once.
constexpr std::size_t usual_block_bytes = 1600;

void append_header(std::string& out, std::string_view name, std::string_view value) {
  // A line end in a value would let its author write headers of their own.
  if (!is_token(name) || !std::ranges::all_of(value, is_value_byte)) {
    throw std::logic_error("a handler's header holds a control character: " + std::string(name));
  }
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_number(std::string& out, std::int64_t number) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

std::string_view own_header(const Response& response, std::string_view name) {
  for (const auto& [field, value] : response.headers) {
    if (equals_ignoring_case(field, name)) return value;
  }
  return {};
}

std::string_view content_policy(const Response& response) {
  const std::string_view own = own_header(response, "Content-Security-Policy");
  if (own.empty() && response.content) return response.content->content_security_policy;
  return own;
}

/// Errors are nobody's to keep; a file is the same for everyone; what somebody who is logged in
/// sees of a public route stays with them.
Storage storage_of(const Response& response, const RequestFacts& facts) {
  if (facts.route == nullptr || response.status >= 400) return Storage::nobody;
  switch (facts.route->caching) {
    case Caching::no_store:
      return Storage::nobody;
    case Caching::no_cache:
      return facts.user ? Storage::own_cache : Storage::revalidate;
    case Caching::shared:
      return facts.user ? Storage::own_cache : Storage::shared;
    case Caching::immutable:
      return Storage::immutable;
  }
  return Storage::nobody;
}

bool reads(const Request* request) {
  return request != nullptr &&
         (request->method() == Method::get || request->method() == Method::head);
}

/// Puts the body, or its compressed form, into `out`.
void move_body(Response& response, bool compress, Outgoing& out, std::string& block) {
  constexpr std::string_view encoding_line = "Content-Encoding: gzip\r\n";
  if (response.content) {
    const bool compressed = compress && !response.content->gzip.empty();
    const std::string& text = compressed ? response.content->gzip : response.content->body;
    out.shared_body = std::shared_ptr<const std::string>(response.content, &text);
    if (compressed) block.append(encoding_line);
  } else if (compress && response.body.size() >= min_compressed_body_bytes) {
    out.body = gzip(response.body, CompressionEffort::quick);
    block.append(encoding_line);
  } else {
    out.body = std::move(response.body);
  }
}

}  // namespace

ResponseComposer::ResponseComposer(const std::vector<std::string>& cors_origins,
                                   const RateLimiter& limiter)
    : cors_(cors_origins), fixed_(cors_.enabled()) {
  for (std::size_t i = 0; i < rate_policy_count; ++i) {
    const auto policy = static_cast<RatePolicy>(i);
    const RateAllowance& allowance = limiter.allowance(policy);
    policy_lines_[i] = "RateLimit-Policy: \"" + std::string(name_of(policy)) +
                       "\";q=" + std::to_string(allowance.limit) +
                       ";w=" + std::to_string(allowance.window.count()) + "\r\n";
  }
}

void ResponseComposer::append_fixed(std::string& out, const Response& response,
                                    Storage storage) const {
  const std::string_view policy = content_policy(response);
  const bool own_caching = !own_header(response, "Cache-Control").empty();
  if (policy.empty() && !own_caching) {
    out.append(fixed_.complete(storage));
    return;
  }
  out.append(fixed_.security()).append(fixed_.vary(storage));
  if (!own_caching) out.append(fixed_.cache_control(storage));
  if (policy.empty()) {
    out.append(fixed_.policy());
  } else if (own_header(response, "Content-Security-Policy").empty()) {
    append_header(out, "Content-Security-Policy", policy);
  }
}

void ResponseComposer::append_rate(std::string& out, const RequestFacts& facts) const {
  if (!facts.policy) return;
  out.append(policy_lines_[static_cast<std::size_t>(*facts.policy)]);
  out.append("RateLimit: \"").append(name_of(*facts.policy)).append("\";r=");
  append_number(out, facts.rate.remaining);
  out.append(";t=");
  append_number(out, facts.rate.reset_in.count());
  out.append("\r\n");
}

Outgoing ResponseComposer::compose(Response&& response, const RequestFacts& facts,
                                   const Request* request) const {
  Outgoing out;
  out.status = response.status;
  out.head_only = facts.method == "HEAD";
  std::string& block = out.header_block;
  block.reserve(usual_block_bytes);

  const Storage storage = storage_of(response, facts);
  append_fixed(block, response, storage);
  block.append("X-Request-Id: ").append(facts.request_id).append("\r\n");
  block.append(facts.cors_lines);
  append_rate(block, facts);
  if (response.status == 401 && own_header(response, "WWW-Authenticate").empty()) {
    block.append("WWW-Authenticate: Bearer\r\n");
  }
  for (const auto& [name, value] : response.headers) append_header(block, name, value);

  if (storage != Storage::nobody && response.status == 200 && reads(request)) {
    std::string etag(own_header(response, "ETag"));
    if (etag.empty()) {
      etag = response.content ? response.content->etag : weak_etag(response.body);
      append_header(block, "ETag", etag);
    }
    if (etag_matches(request->header("if-none-match"), etag)) {
      out.status = 304;
      out.head_only = true;
    }
  }
  // Secrets beside text that a stranger chose must not share a compression window (BREACH): public
  // answers to strangers, and what is made once and the same for everybody.
  const bool may_compress = (storage == Storage::shared || storage == Storage::immutable ||
                             response.content != nullptr) &&
                            own_header(response, "Content-Encoding").empty();
  const bool compress = may_compress && out.status == 200 && request != nullptr &&
                        accepts_gzip(request->header("accept-encoding"));
  if (out.status != 304) {
    const std::string& type =
        response.content ? response.content->content_type : response.content_type;
    if (!type.empty()) append_header(block, "Content-Type", type);
  }
  move_body(response, compress, out, block);
  return out;
}

}  // namespace frontdesk::http
