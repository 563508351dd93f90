#include "app/reference_routes.hpp"

#include "api/openapi_json.hpp"
#include "api/reference.hpp"
#include "core/ensure.hpp"
#include "http/compression.hpp"

#include <string>
#include <utility>

#include <zlib.h>

namespace frontdesk::app {
namespace {

using http::Access;
using http::Caching;
using http::Method;
using http::Ownership;
using http::RateBudget;

std::shared_ptr<const http::StaticContent> make_page(std::string_view html,
                                                     bool public_url_is_https) {
  return http::make_static_content(std::string(html), "text/html; charset=utf-8",
                                   http::page_policy(html, public_url_is_https));
}

/// For the rare client that does not take gzip.
std::string inflated(const api::ReferenceFile& file) {
  std::string plain(file.size_bytes, '\0');
  z_stream stream{};
  stream.next_in = const_cast<unsigned char*>(file.gzip.data());  // zlib only reads it
  stream.avail_in = static_cast<uInt>(file.gzip.size());
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): zlib's idea of bytes
  stream.next_out = reinterpret_cast<unsigned char*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  constexpr int gzip_window = 15 + 16;
  ENSURE(inflateInit2(&stream, gzip_window) == Z_OK);
  const int ended = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  ENSURE(ended == Z_STREAM_END && stream.total_out == file.size_bytes);
  return plain;
}

Task<http::Response> answer(std::shared_ptr<const http::StaticContent> content) {
  co_return http::serve(std::move(content));
}

Task<http::Response> answer_file(const api::ReferenceFile& file, bool compressed) {
  http::Response response{.content_type = std::string(file.content_type)};
  if (compressed) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body.assign(file.gzip.begin(), file.gzip.end());
  } else {
    response.body = inflated(file);
  }
  co_return response;
}

http::Route public_file(std::string_view pattern, std::string_view operation, Caching caching,
                        http::Handler handler) {
  return {.method = Method::get,
          .pattern = pattern,
          .operation = operation,
          .access = Access::anyone(),
          .ownership = Ownership::none,
          .handler = std::move(handler),
          .budget = RateBudget::uncounted,
          .caching = caching};
}

http::Handler serving(const std::shared_ptr<const http::StaticContent>& content) {
  return [content](const http::Request&) { return answer(content); };
}

}  // namespace

Reference make_reference(bool development, bool public_url_is_https) {
  return {
      .start_page = make_page(api::start_page(development), public_url_is_https),
      .page = make_page(api::reference_page(), public_url_is_https),
      .document = http::make_static_content(std::string(api::openapi_json), "application/json")};
}

http::RouteTable reference_routes(const Reference& reference) {
  http::RouteTable routes;
  routes.push_back(
      public_file("/", "getStartPage", Caching::shared, serving(reference.start_page)));
  routes.push_back(public_file("/docs", "getReference", Caching::shared, serving(reference.page)));
  routes.push_back(public_file("/openapi.json", "getOpenApiDocument", Caching::shared,
                               serving(reference.document)));
  for (const api::ReferenceFile& file : api::reference_files()) {
    routes.push_back(public_file(
        file.path, "getReferenceFile", Caching::immutable, [&file](const http::Request& request) {
          return answer_file(file, http::accepts_gzip(request.header("accept-encoding")));
        }));
  }
  return routes;
}

}  // namespace frontdesk::app
