#include "http/static_content.hpp"

#include "core/digest.hpp"
#include "http/etag.hpp"

#include <openssl/evp.h>

namespace frontdesk::http {
namespace {

std::string base64(const Sha256Digest& digest) {
  // EVP_EncodeBlock ends its output with a NUL.
  unsigned char text[45];
  const int size = ::EVP_EncodeBlock(text, digest.data(), static_cast<int>(digest.size()));
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}

/// ` 'sha256-…'` for each inline element of this name. Our own pages are written plainly: the name
/// in lower case, no `>` inside an attribute.
std::string inline_hashes(std::string_view html, std::string_view element) {
  const std::string opening = "<" + std::string(element);
  const std::string closing = "</" + std::string(element) + ">";
  std::string hashes;
  for (std::size_t place = html.find(opening); place != std::string_view::npos;
       place = html.find(opening, place)) {
    const auto start = html.find('>', place);
    if (start == std::string_view::npos) break;
    const std::string_view attributes = html.substr(place, start - place);
    const auto end = html.find(closing, start);
    if (end == std::string_view::npos) break;
    const std::string_view text = html.substr(start + 1, end - start - 1);
    if (!attributes.contains(" src=")) hashes += " 'sha256-" + base64(sha256(text)) + "'";
    place = end;
  }
  return hashes;
}

}  // namespace

std::shared_ptr<const StaticContent> make_static_content(std::string body, std::string content_type,
                                                         std::string content_security_policy,
                                                         CompressionEffort effort) {
  auto content = std::make_shared<StaticContent>();
  content->etag = weak_etag(body);
  if (body.size() >= min_compressed_body_bytes) {
    content->gzip = gzip(body, effort);
    // Images and fonts are compressed already.
    if (content->gzip.size() > body.size() / 10 * 9) content->gzip.clear();
    content->gzip.shrink_to_fit();
  }
  content->body = std::move(body);
  content->content_type = std::move(content_type);
  content->content_security_policy = std::move(content_security_policy);
  return content;
}

std::string page_policy(std::string_view html, bool public_url_is_https) {
  std::string policy =
      "default-src 'self';base-uri 'self';font-src 'self' data:;form-action 'self';"
      "frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self'" +
      inline_hashes(html, "script") + ";script-src-attr 'none';style-src 'self'" +
      inline_hashes(html, "style");
  if (public_url_is_https) policy += ";upgrade-insecure-requests";
  return policy;
}

std::size_t bytes_of(std::string_view key, const StaticContent& content) {
  return sizeof(StaticContent) + key.size() + content.body.size() + content.gzip.size();
}

Response serve(std::shared_ptr<const StaticContent> content) {
  return Response{.content_type = {}, .content = std::move(content)};
}

}  // namespace frontdesk::http
