#include "storage/sigv4.hpp"

#include "core/digest.hpp"

#include <algorithm>
#include <ctime>
#include <span>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <fmt/format.h>

namespace frontdesk::storage::sigv4 {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

// As S3 wants it: everything but what RFC 3986, 2.3, calls unreserved, in capitals.
std::string encode(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::string encode_path(std::string_view path) {
  return boost::urls::encode(path, boost::urls::unreserved_chars + '/');
}

std::string hex(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (const auto byte : bytes) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
  return text;
}

/// `20130524T000000Z`
std::string timestamp(Instant now) {
  const std::time_t seconds =
      std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

std::string canonical_query(const Pairs& query) {
  Pairs encoded;
  for (const auto& [name, value] : query) encoded.emplace_back(encode(name), encode(value));
  std::ranges::sort(encoded);
  std::string text;
  for (const auto& [name, value] : encoded) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, value);
  }
  return text;
}

std::string names_of(const Pairs& sorted_headers) {
  std::string names;
  for (const auto& header : sorted_headers) names += (names.empty() ? "" : ";") + header.first;
  return names;
}

std::string canonical_request(const Request& request, const Pairs& sorted_headers) {
  std::string text = fmt::format("{}\n{}\n{}\n", request.method, encode_path(request.path),
                                 canonical_query(request.query));
  for (const auto& [name, value] : sorted_headers) text += fmt::format("{}:{}\n", name, value);
  return text + fmt::format("\n{}\n{}", names_of(sorted_headers), request.body_sha256);
}

std::string scope_of(const Credentials& credentials, std::string_view time) {
  return fmt::format("{}/{}/s3/aws4_request", time.substr(0, 8), credentials.region);
}

std::string signature_of(const Request& request, const Pairs& sorted_headers,
                         const Credentials& credentials, std::string_view time) {
  const auto to_sign = fmt::format("{}\n{}\n{}\n{}", algorithm, time, scope_of(credentials, time),
                                   hex(sha256(canonical_request(request, sorted_headers))));
  auto key = HmacSha256Key(bytes_of("AWS4" + credentials.secret_key)).digest(time.substr(0, 8));
  for (const std::string_view part : {std::string_view(credentials.region), std::string_view("s3"),
                                      std::string_view("aws4_request")}) {
    key = HmacSha256Key(key).digest(part);
  }
  return hex(HmacSha256Key(key).digest(to_sign));
}

Pairs with_host(const Request& request) {
  Pairs headers = request.headers;
  headers.emplace_back("host", request.host);
  std::ranges::sort(headers);
  return headers;
}

}  // namespace

std::string target_of(const Request& request) {
  const auto query = canonical_query(request.query);
  return encode_path(request.path) + (query.empty() ? "" : "?" + query);
}

Pairs sign(Request request, const Credentials& credentials, Instant now) {
  const auto time = timestamp(now);
  request.headers.emplace_back("x-amz-content-sha256", request.body_sha256);
  request.headers.emplace_back("x-amz-date", time);
  if (!credentials.session_token.empty()) {
    request.headers.emplace_back("x-amz-security-token", credentials.session_token);
  }
  const auto headers = with_host(request);
  request.headers.emplace_back(
      "authorization",
      fmt::format("{} Credential={}/{},SignedHeaders={},Signature={}", algorithm,
                  credentials.access_key, scope_of(credentials, time), names_of(headers),
                  signature_of(request, headers, credentials, time)));
  return request.headers;
}

std::string presign(Request request, const Credentials& credentials, Instant now,
                    std::chrono::seconds lifetime) {
  const auto time = timestamp(now);
  request.method = "GET";
  request.body_sha256 = "UNSIGNED-PAYLOAD";
  const auto headers = with_host(request);
  auto& query = request.query;
  query.emplace_back("X-Amz-Algorithm", algorithm);
  query.emplace_back("X-Amz-Credential",
                     fmt::format("{}/{}", credentials.access_key, scope_of(credentials, time)));
  query.emplace_back("X-Amz-Date", time);
  query.emplace_back("X-Amz-Expires", std::to_string(lifetime.count()));
  query.emplace_back("X-Amz-SignedHeaders", names_of(headers));
  if (!credentials.session_token.empty()) {
    query.emplace_back("X-Amz-Security-Token", credentials.session_token);
  }
  const auto signature = signature_of(request, headers, credentials, time);
  return target_of(request) + "&X-Amz-Signature=" + signature;
}

}  // namespace frontdesk::storage::sigv4
