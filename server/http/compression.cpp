#include "http/compression.hpp"

#include "http/field_syntax.hpp"

#include <algorithm>
#include <bit>
#include <new>
#include <optional>

#include <zlib.h>

namespace frontdesk::http {
namespace {

/// `0`, `0.5`, `1.000` of RFC 9110 section 12.4.2 in thousandths; nullopt for anything else.
std::optional<int> parse_weight(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int weight = (text[0] - '0') * 1000;
  if (text.size() == 1) return weight;
  if (text[1] != '.' || text.size() > 5) return std::nullopt;
  int unit = 100;
  for (const char digit : text.substr(2)) {
    if (!is_digit(digit)) return std::nullopt;
    weight += (digit - '0') * unit;
    unit /= 10;
  }
  return weight <= 1000 ? std::optional(weight) : std::nullopt;
}

/// The weight behind a coding, `;q=0.5`; 1 where there is none, 0 where it cannot be read.
int weight_of(std::string_view parameters) {
  parameters = trim_white_space(parameters);
  if (parameters.empty()) return 1000;
  if (!parameters.starts_with("q=") && !parameters.starts_with("Q=")) return 0;
  return parse_weight(parameters.substr(2)).value_or(0);
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  std::optional<int> named;
  std::optional<int> any;
  int identity = 0;
  for_each_element(accept_encoding, [&](std::string_view element) {
    const auto semicolon = element.find(';');
    const std::string_view coding = trim_white_space(element.substr(0, semicolon));
    const int weight =
        semicolon == std::string_view::npos ? 1000 : weight_of(element.substr(semicolon + 1));
    if (equals_ignoring_case(coding, "gzip") || equals_ignoring_case(coding, "x-gzip"))
      named = weight;
    if (coding == "*") any = weight;
    if (equals_ignoring_case(coding, "identity")) identity = weight;
  });
  const int weight = named ? *named : any.value_or(0);
  return weight > 0 && weight >= identity;
}

std::string gzip(std::string_view body, CompressionEffort effort) {
  constexpr int gzip_format = 16;
  // A window larger than the body would only cost memory and the time to clear it.
  const int window_bits = std::clamp(static_cast<int>(std::bit_width(body.size())), 9, 15);
  z_stream stream{};
  if (::deflateInit2(&stream, effort == CompressionEffort::quick ? 3 : 9, Z_DEFLATED,
                     window_bits + gzip_format, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string compressed(::deflateBound(&stream, body.size()), '\0');
  // zlib does not write to its input; its interface predates const.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_out = static_cast<uInt>(compressed.size());
  const int result = ::deflate(&stream, Z_FINISH);
  compressed.resize(stream.total_out);
  ::deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::bad_alloc();
  return compressed;
}

}  // namespace frontdesk::http
