#include "media/routes.hpp"

#include "http/byte_range.hpp"
#include "http/fields.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace frontdesk::media {
namespace {

struct Serving {
  Media& media;
  const Links& links;
  http::AnswerCache& files;
};

struct Ticket {
  std::int64_t expires;
  std::string signature;
};

Instant now() {
  return std::chrono::floor<Instant::duration>(std::chrono::system_clock::now());
}

/// The media type that a file's name stands for; empty for what is no name of ours.
std::string_view content_type_of(std::string_view file) {
  const auto dot = file.find('.');
  const auto width = file.substr(0, dot);
  const bool counts = !width.empty() && width.size() <= 4 && width.front() != '0' &&
                      std::ranges::all_of(width, [](char c) { return c >= '0' && c <= '9'; });
  if (!counts || dot == std::string_view::npos) return {};
  if (file.substr(dot) == ".webp") return "image/webp";
  if (file.substr(dot) == ".jpg") return "image/jpeg";
  return {};
}

// The name changes with the content, so it is as good a tag as any digest.
std::shared_ptr<const http::StaticContent> content_of(std::string bytes, std::string_view type,
                                                      const Uuid& key, std::string_view file) {
  auto content = std::make_shared<http::StaticContent>();
  content->body = std::move(bytes);
  content->content_type = type;
  content->etag = fmt::format("\"{}-{}\"", key.to_string(), file);
  return content;
}

Task<std::shared_ptr<const http::StaticContent>> find(const Serving& serving, bool is_public,
                                                      const Uuid& key, std::string_view file) {
  const auto type = content_type_of(file);
  if (type.empty()) co_return nullptr;
  const auto name = object_name(is_public, key, file);
  if (auto kept = serving.files.find(name)) co_return kept;
  const auto generation = serving.files.generation();
  auto bytes = co_await serving.media.file(is_public, key, file);
  if (!bytes) co_return nullptr;
  auto content = content_of(std::move(*bytes), type, key, file);
  serving.files.store(name, content, generation);
  co_return content;
}

Task<http::Response> get_media(const Serving& serving, const http::Request& request) {
  http::QueryFields query(request.query());
  const auto expires = query.optional_integer("expires");
  const auto signature = query.optional_text("signature", {.max = 100});
  if (const auto error = query.error()) co_return http::refusal(*error);
  const auto key = request.path_uuid("key");
  const bool is_public = !expires && !signature;
  const auto time = now();
  if (!is_public && !serving.links.admits(key, expires.value_or(0), signature.value_or(""), time)) {
    co_return http::refusal(not_found());
  }
  const auto content = co_await find(serving, is_public, key, request.path_file());
  if (!content) co_return http::refusal(not_found());
  auto response = http::serve_part(content, request);
  if (!is_public && response.status < 400) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    response.headers.emplace_back("Cache-Control",
                                  fmt::format("private, max-age={}", *expires - seconds));
  }
  co_return response;
}

}  // namespace

http::RouteTable routes(Media& media, const Links& links, http::AnswerCache& files) {
  const auto serving = std::make_shared<const Serving>(media, links, files);
  return {
      {.method = http::Method::get,
       .pattern = "/media/{key}/{file}",
       .operation = "getMedia",
       .access = http::Access::anyone(),
       .ownership = http::Ownership::none,
       .handler = [serving](const http::Request& request) { return get_media(*serving, request); },
       .budget = http::RateBudget::missing,
       .caching = http::Caching::immutable}};
}

}  // namespace frontdesk::media
