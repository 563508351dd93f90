#pragma once

#include "core/instant.hpp"
#include "core/uuid.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

/// Opaque cursors of keyset paging: the sort key of the last item of a page, as base64url text. A
/// cursor only says where to go on; what may be seen is judged anew on each page, so it needs no
/// secret. It names its sort order, so that one made for another order is refused, not misread.
namespace frontdesk::http {

/// Appends the parts of a sort key in a compact binary form.
class CursorWriter {
 public:
  explicit CursorWriter(std::string_view sort);

  void add(std::int64_t value);
  void add(Instant value);
  void add(const Uuid& value);
  void add(std::string_view value);  ///< at most 255 bytes are kept: cut a longer sort key
  void add(const std::string& value) { add(std::string_view(value)); }
  template <std::integral T>
  void add(T value) {
    add(static_cast<std::int64_t>(value));
  }

  /// The text for `next_cursor`.
  [[nodiscard]] std::string text() const;

 private:
  std::string bytes_;
};

/// Reads the parts back in the same order. Refuses everything that CursorWriter does not write.
class CursorReader {
 public:
  CursorReader(std::string_view text, std::string_view sort);

  bool read(std::int64_t& value);
  bool read(std::int32_t& value);  ///< out of range: false
  bool read(Instant& value);
  bool read(Uuid& value);         ///< Ids too
  bool read(std::string& value);  ///< well-formed UTF-8 without U+0000

  /// True when all parts have been read and nothing is left.
  [[nodiscard]] bool finished() const { return good_ && position_ == bytes_.size(); }

 private:
  bool expect(char tag);
  bool take(std::size_t size, std::string_view& bytes);
  bool read_integer(char tag, std::int64_t& value);

  std::string bytes_;
  std::size_t position_ = 0;
  bool good_ = false;
};

/// `encode_cursor("starts_at", item.starts_at, item.id)`; the parts are int64, int32, Instant, Uuid
/// or Id, text.
template <class... Parts>
std::string encode_cursor(std::string_view sort, const Parts&... parts) {
  CursorWriter writer(sort);
  (writer.add(parts), ...);
  return writer.text();
}

/// The parts of a cursor that encode_cursor made for this sort order; nullopt for anything else.
template <class... Parts>
std::optional<std::tuple<Parts...>> decode_cursor(std::string_view text, std::string_view sort) {
  CursorReader reader(text, sort);
  std::tuple<Parts...> parts;
  const bool all = std::apply([&](auto&... part) { return (reader.read(part) && ...); }, parts);
  if (!all || !reader.finished()) return std::nullopt;
  return parts;
}

}  // namespace frontdesk::http
