#include "http/byte_range.hpp"

#include "http/etag.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace frontdesk::http {
namespace {

/// Digits only; more than fit are more than any body has.
std::optional<std::size_t> read_place(std::string_view digits) {
  std::size_t place = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), place);
  if (digits.empty() || end != digits.end()) return std::nullopt;
  return error == std::errc::result_out_of_range ? SIZE_MAX : place;
}

Response not_satisfiable(std::size_t body_size) {
  Response response = refusal({.kind = ErrorKind::invalid,
                               .code = "range_not_satisfiable",
                               .message = "The file ends before the range begins."});
  response.status = 416;
  response.headers.emplace_back("Content-Range", fmt::format("bytes */{}", body_size));
  return response;
}

}  // namespace

ByteRange parse_byte_range(std::string_view range, std::size_t body_size) {
  constexpr std::string_view unit = "bytes=";
  constexpr ByteRange whole;
  if (!range.starts_with(unit)) return whole;
  range.remove_prefix(unit.size());
  const auto dash = range.find('-');
  if (dash == std::string_view::npos) return whole;
  const auto first = read_place(range.substr(0, dash));
  const auto last = read_place(range.substr(dash + 1));
  const bool is_suffix = dash == 0;
  if ((!first && !is_suffix) || (!last && dash + 1 != range.size())) return whole;
  if (is_suffix) {
    if (!last) return whole;
    if (*last == 0 || body_size == 0) return {.kind = ByteRange::Kind::unsatisfiable};
    const auto size = std::min(*last, body_size);
    return {ByteRange::Kind::part, body_size - size, size};
  }
  if (last && *last < *first) return whole;
  if (*first >= body_size) return {.kind = ByteRange::Kind::unsatisfiable};
  const auto end = last ? std::min(*last, body_size - 1) + 1 : body_size;
  return {ByteRange::Kind::part, *first, end - *first};
}

Response serve_part(std::shared_ptr<const StaticContent> content, const Request& request) {
  const auto if_range = request.header("if-range");
  const bool asks_for_all = !if_range.empty() && if_range != content->etag;
  const bool has_it = etag_matches(request.header("if-none-match"), content->etag);
  const bool is_get = request.method() == Method::get;  // RFC 9110 14.2: for no other is it defined
  const auto range = asks_for_all || has_it || !is_get
                         ? ByteRange{}
                         : parse_byte_range(request.header("range"), content->body.size());
  if (range.kind == ByteRange::Kind::unsatisfiable) return not_satisfiable(content->body.size());
  Response response = range.kind == ByteRange::Kind::whole
                          ? serve(content)
                          : Response{.status = 206,
                                     .content_type = content->content_type,
                                     .body = content->body.substr(range.first, range.size)};
  response.headers.emplace_back("Accept-Ranges", "bytes");
  if (range.kind == ByteRange::Kind::part) {
    response.headers.emplace_back("ETag", content->etag);
    response.headers.emplace_back(
        "Content-Range", fmt::format("bytes {}-{}/{}", range.first, range.first + range.size - 1,
                                     content->body.size()));
  }
  return response;
}

}  // namespace frontdesk::http
