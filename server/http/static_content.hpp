#pragma once

#include "http/compression.hpp"
#include "http/response.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace frontdesk::http {

/// A body that is made once and served many times: a page, a script, the public catalogue. Its ETag
/// and its compressed form are ready, so that serving it copies nothing.
struct StaticContent {
  std::string body;
  std::string gzip;  ///< empty where compression would not pay
  std::string content_type;
  std::string etag;                     ///< weak, quoted: `W/"…"`
  std::string content_security_policy;  ///< empty: the default one of R35
};

/// Prepares `body`. An HTML page passes its policy (page_policy).
std::shared_ptr<const StaticContent> make_static_content(
    std::string body, std::string content_type, std::string content_security_policy = {},
    CompressionEffort effort = CompressionEffort::thorough);

/// The policy of an HTML page of ours: the default one of R35, but its inline `<script>` and
/// `<style>` elements are allowed by their SHA-256 and nothing else inline is. With
/// `public_url_is_https` it has `upgrade-insecure-requests`; over plain http that would break it.
std::string page_policy(std::string_view html, bool public_url_is_https);

/// What keeping `content` under `key` costs.
std::size_t bytes_of(std::string_view key, const StaticContent& content);

/// A 200 that carries `content`.
Response serve(std::shared_ptr<const StaticContent> content);

}  // namespace frontdesk::http
