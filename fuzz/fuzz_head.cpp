// Whatever the head check accepts, Boost.Beast's parser accepts too, and both read the same method,
// target, host, fields and body framing out of it (R40).
#include "core/ensure.hpp"
#include "http/head_check.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace {

namespace http = frontdesk::http;
namespace beast = boost::beast;

using BeastParser = beast::http::request_parser<beast::http::empty_body>;

/// Beast holds this relic to a grammar, this server does not look at it.
bool has_proxy_connection(const http::RequestHead& head) {
  for (const auto& [name, value] : head.fields) {
    if (name == "proxy-connection") return true;
  }
  return false;
}

void compare_framing(const http::CheckedHead& ours, const BeastParser& parser) {
  using Kind = http::BodyFraming::Kind;
  ENSURE((ours.body.kind == Kind::chunked) == parser.chunked());
  ENSURE((ours.body.kind == Kind::content_length) == parser.content_length().has_value());
  if (ours.body.kind == Kind::content_length)
    ENSURE(ours.body.length_bytes == *parser.content_length());
  ENSURE(ours.is_http_1_0 == (parser.get().version() == 10));
}

void compare(const http::CheckedHead& ours, std::string_view head) {
  BeastParser parser;
  parser.header_limit(std::numeric_limits<std::uint32_t>::max());
  parser.body_limit(boost::none);
  beast::error_code error;
  parser.put(boost::asio::buffer(head), error);
  if (error == beast::http::error::bad_value && has_proxy_connection(ours.request)) return;
  ENSURE(!error && parser.is_header_done());

  const auto& theirs = parser.get();
  const std::string_view target = theirs.target();
  ENSURE(ours.request.method == std::string_view(theirs.method_string()));
  if (target.starts_with('/') || target == "*") {
    ENSURE(ours.request.target == target);
    ENSURE(ours.request.field("host") == std::string_view(theirs[beast::http::field::host]));
    ENSURE(ours.request.fields.size() ==
           static_cast<std::size_t>(std::distance(theirs.begin(), theirs.end())));
  } else {  // absolute form: taken apart
    const bool added = ours.request.target == "/" || ours.request.target == "*" ||
                       ours.request.target.starts_with("/?");
    ENSURE(added || target.ends_with(ours.request.target));
    ENSURE(target.contains(ours.request.field("host")));
  }
  compare_framing(ours, parser);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::size_t scanned = 0;
  const auto end = http::find_head_end(bytes, scanned);
  const bool complete = end && *end;
  const std::string_view head = complete ? bytes.substr(0, **end) : bytes;
  const auto checked = http::check_head(head);
  if (!checked) return 0;
  ENSURE(complete && **end == head.size());
  ENSURE(head.size() <= http::head_limit_bytes);
  ENSURE(checked->request.fields.size() <= http::field_limit + 1);  // and a Host from the target
  compare(*checked, head);
  return 0;
}
