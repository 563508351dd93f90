#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace frontdesk::http {

/// What the framing of one chunked body may take beside its data: extensions, trailers, padded
/// sizes. Each chunk's own size line is free up to 32 bytes (R42).
inline constexpr std::size_t chunk_framing_limit_bytes = std::size_t{8} * 1024;

/// Decodes a chunked body (RFC 9112 section 7.1) with Boost.Beast's parser, which never sees the
/// client's head: nothing in it can change what the parser does. Extensions are checked and
/// ignored; trailers are dropped, never merged (R40).
class ChunkedBody {
 public:
  explicit ChunkedBody(std::size_t body_limit_bytes);
  ~ChunkedBody();
  ChunkedBody(const ChunkedBody&) = delete;
  ChunkedBody& operator=(const ChunkedBody&) = delete;

  /// Takes what it can from the front of `bytes` and says how much that was. The rest must stand
  /// at the front of the next call, with more bytes behind it: it is less than
  /// chunk_framing_limit_bytes + 64. Refuses a body above the limit (413 `body_too_large`), as soon
  /// as a chunk announces it, and broken or oversized framing (400 `malformed_request`).
  Result<std::size_t> consume(std::string_view bytes);

  [[nodiscard]] bool is_complete() const;

  /// The data, once complete.
  std::string take();

 private:
  class Decoder;
  std::unique_ptr<Decoder> decoder_;
};

/// A body above its limit: 413 `body_too_large`.
Error body_too_large();

}  // namespace frontdesk::http
