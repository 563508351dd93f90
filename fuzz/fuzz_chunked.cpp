// A chunked body decodes to the same however its bytes arrive, and what is accepted is what a plain
// reading of RFC 9112 section 7.1 finds in it (R40, R42).
#include "core/ensure.hpp"
#include "http/chunked_body.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

constexpr std::size_t body_limit_bytes = 4096;

struct Decoded {
  bool refused = false;
  bool complete = false;
  std::size_t used_bytes = 0;
  std::string body;

  friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded decode(std::string_view wire, std::size_t piece_bytes) {
  frontdesk::http::ChunkedBody body(body_limit_bytes);
  Decoded decoded;
  for (std::size_t end = 0; end < wire.size();) {
    end = std::min(end + piece_bytes, wire.size());
    const auto taken = body.consume(wire.substr(decoded.used_bytes, end - decoded.used_bytes));
    if (!taken) return Decoded{.refused = true, .body = {}};
    decoded.used_bytes += *taken;
    if (body.is_complete()) {
      decoded.complete = true;
      decoded.body = body.take();
      return decoded;
    }
    ENSURE(end - decoded.used_bytes <= frontdesk::http::chunk_framing_limit_bytes + 64);
  }
  decoded.used_bytes = 0;  // how much is taken before the end may differ
  return decoded;
}

/// The line at the front of `wire` without its CR LF; `wire` goes on behind it.
std::string_view take_line(std::string_view& wire) {
  const auto end = wire.find("\r\n");
  ENSURE(end != std::string_view::npos);
  const std::string_view line = wire.substr(0, end);
  wire.remove_prefix(end + 2);
  return line;
}

/// Reads a body that was accepted.
std::string read_plainly(std::string_view wire) {
  std::string body;
  while (true) {
    const std::string_view line = take_line(wire);
    std::size_t size = 0;
    const auto digits = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    ENSURE(digits.ec == std::errc{});
    ENSURE(digits.ptr == line.data() + line.size() ||
           std::string_view("; \t").contains(*digits.ptr));
    ENSURE(!line.contains('\n') && !line.contains('\r') && !line.contains('\0'));
    if (size == 0) break;
    ENSURE(wire.size() >= size + 2 && wire.substr(size, 2) == "\r\n");
    body.append(wire.substr(0, size));
    wire.remove_prefix(size + 2);
  }
  while (!take_line(wire).empty()) {
  }
  ENSURE(wire.empty());
  return body;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece_bytes = std::max<std::size_t>(data[0], 1);
  const std::string_view wire(reinterpret_cast<const char*>(data) + 1, size - 1);
  // A connection never hands over more than its buffer holds.
  const Decoded whole = decode(wire, std::size_t{8} * 1024);
  ENSURE(whole == decode(wire, piece_bytes));
  ENSURE(whole.body.size() <= body_limit_bytes);
  if (whole.complete) ENSURE(whole.body == read_plainly(wire.substr(0, whole.used_bytes)));
  return 0;
}
