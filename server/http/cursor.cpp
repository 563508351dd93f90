#include "http/cursor.hpp"

#include "core/base64url.hpp"
#include "core/ensure.hpp"
#include "core/utf8.hpp"

#include <algorithm>
#include <limits>

namespace frontdesk::http {
namespace {

constexpr char version = 1;
constexpr std::size_t max_text_bytes = 255;
/// Longer than any cursor of ours: not worth decoding.
constexpr std::size_t max_cursor_characters = 2048;

constexpr char integer_tag = 'i';
constexpr char instant_tag = 't';
constexpr char uuid_tag = 'u';
constexpr char text_tag = 's';

void append_integer(std::string& out, std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(bits >> shift));
}

void append_text(std::string& out, std::string_view text) {
  out.push_back(static_cast<char>(text.size()));
  out.append(text);
}

/// The longest beginning of `text` that fits and ends between two characters.
std::string_view cut(std::string_view text) {
  if (text.size() <= max_text_bytes) return text;
  std::size_t end = max_text_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

CursorWriter::CursorWriter(std::string_view sort) {
  ENSURE(sort.size() <= max_text_bytes);
  bytes_.push_back(version);
  append_text(bytes_, sort);
}

void CursorWriter::add(std::int64_t value) {
  bytes_.push_back(integer_tag);
  append_integer(bytes_, value);
}

void CursorWriter::add(Instant value) {
  bytes_.push_back(instant_tag);
  append_integer(bytes_, value.time_since_epoch().count());
}

void CursorWriter::add(const Uuid& value) {
  bytes_.push_back(uuid_tag);
  bytes_.append(value.bytes.begin(), value.bytes.end());
}

void CursorWriter::add(std::string_view value) {
  bytes_.push_back(text_tag);
  append_text(bytes_, cut(value));
}

std::string CursorWriter::text() const {
  return base64url_encode(std::string_view(bytes_));
}

CursorReader::CursorReader(std::string_view text, std::string_view sort) {
  if (text.size() > max_cursor_characters) return;
  const auto decoded = base64url_decode(text);
  if (!decoded) return;
  bytes_.assign(decoded->begin(), decoded->end());
  std::string prefix(1, version);
  append_text(prefix, sort);
  good_ = bytes_.starts_with(prefix);
  position_ = prefix.size();
}

bool CursorReader::take(std::size_t size, std::string_view& bytes) {
  good_ = good_ && bytes_.size() - position_ >= size;
  if (!good_) return false;
  bytes = std::string_view(bytes_).substr(position_, size);
  position_ += size;
  return true;
}

bool CursorReader::expect(char tag) {
  std::string_view found;
  good_ = take(1, found) && found.front() == tag;
  return good_;
}

bool CursorReader::read_integer(char tag, std::int64_t& value) {
  std::string_view found;
  if (!expect(tag) || !take(8, found)) return false;
  std::uint64_t bits = 0;
  for (const char c : found) bits = bits << 8 | static_cast<unsigned char>(c);
  value = static_cast<std::int64_t>(bits);
  return true;
}

bool CursorReader::read(std::int64_t& value) {
  return read_integer(integer_tag, value);
}

bool CursorReader::read(std::int32_t& value) {
  std::int64_t wide = 0;
  if (!read_integer(integer_tag, wide)) return false;
  good_ = wide >= std::numeric_limits<std::int32_t>::min() &&
          wide <= std::numeric_limits<std::int32_t>::max();
  value = good_ ? static_cast<std::int32_t>(wide) : 0;
  return good_;
}

bool CursorReader::read(Instant& value) {
  std::int64_t microseconds = 0;
  if (!read_integer(instant_tag, microseconds)) return false;
  value = Instant(std::chrono::microseconds(microseconds));
  // Years that parse_instant would not read would not fit PostgreSQL's type either (22008).
  constexpr Instant first = std::chrono::sys_days{std::chrono::year{1900} / 1 / 1};
  constexpr Instant last = std::chrono::sys_days{std::chrono::year{2200} / 1 / 1};
  good_ = value >= first && value < last;
  return good_;
}

bool CursorReader::read(Uuid& value) {
  std::string_view found;
  if (!expect(uuid_tag) || !take(value.bytes.size(), found)) return false;
  std::ranges::copy(found, value.bytes.begin());
  return true;
}

bool CursorReader::read(std::string& value) {
  std::string_view length;
  std::string_view found;
  if (!expect(text_tag) || !take(1, length)) return false;
  if (!take(static_cast<unsigned char>(length.front()), found)) return false;
  good_ = is_utf8(found) && !found.contains('\0');
  value = found;
  return good_;
}

}  // namespace frontdesk::http
