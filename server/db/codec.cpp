#include "db/codec.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace frontdesk::db {
namespace wire {
namespace {

template <class T>
void put(ParameterBuffer& out, T value) {
  const T big_endian = std::byteswap(value);
  const auto at = out.size();
  out.resize(at + sizeof value, boost::container::default_init);
  std::memcpy(out.data() + at, &big_endian, sizeof value);
}

template <class T>
T get(std::string_view bytes) {
  ENSURE(bytes.size() == sizeof(T));
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return std::byteswap(value);
}

static_assert(std::endian::native == std::endian::little, "the byte swaps assume it");

}  // namespace

void put_int16(ParameterBuffer& out, std::int16_t value) {
  put(out, value);
}
void put_int32(ParameterBuffer& out, std::int32_t value) {
  put(out, value);
}
void put_int64(ParameterBuffer& out, std::int64_t value) {
  put(out, value);
}

void put_bytes(ParameterBuffer& out, std::string_view bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

void patch_int32(ParameterBuffer& out, std::size_t offset, std::int32_t value) {
  ENSURE(offset + sizeof value <= out.size());
  const auto big_endian = std::byteswap(value);
  std::memcpy(out.data() + offset, &big_endian, sizeof value);
}

std::int16_t get_int16(std::string_view bytes) {
  return get<std::int16_t>(bytes);
}
std::int32_t get_int32(std::string_view bytes) {
  return get<std::int32_t>(bytes);
}
std::int64_t get_int64(std::string_view bytes) {
  return get<std::int64_t>(bytes);
}

std::string_view take(std::string_view& bytes, std::size_t size) {
  ENSURE(bytes.size() >= size);
  const auto taken = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return taken;
}

void put_array_header(ParameterBuffer& out, Oid element_type, std::size_t size) {
  ENSURE(size <= std::numeric_limits<std::int32_t>::max());
  put_int32(out, size == 0 ? 0 : 1);  // dimensions
  put_int32(out, 0);                  // no NULLs inside
  put_int32(out, static_cast<std::int32_t>(element_type));
  if (size == 0) return;
  put_int32(out, static_cast<std::int32_t>(size));
  put_int32(out, 1);  // lower bound
}

std::size_t take_array_header(std::string_view& bytes) {
  const auto dimensions = get_int32(take(bytes, 4));
  take(bytes, 8);  // whether there are NULLs, element type
  if (dimensions == 0) return 0;
  ENSURE(dimensions == 1);
  const auto size = get_int32(take(bytes, 4));
  take(bytes, 4);  // lower bound
  ENSURE(size >= 0);
  return static_cast<std::size_t>(size);
}

std::optional<std::string_view> take_element(std::string_view& bytes) {
  const auto length = get_int32(take(bytes, 4));
  if (length < 0) return std::nullopt;
  return take(bytes, static_cast<std::size_t>(length));
}

bool is_array_of_text(Oid column) {
  return column == oid::text_array || column == oid::varchar_array || column == oid::bpchar_array ||
         column == oid::name_array;
}

}  // namespace wire

namespace {

// PostgreSQL counts from 2000-01-01.
constexpr std::chrono::sys_days postgres_epoch{std::chrono::year{2000} / 1 / 1};
constexpr std::int64_t epoch_microseconds =
    std::chrono::microseconds(postgres_epoch.time_since_epoch()).count();
constexpr std::int32_t epoch_days =
    static_cast<std::int32_t>(postgres_epoch.time_since_epoch().count());

constexpr auto infinity64 = std::numeric_limits<std::int64_t>::max();
constexpr auto minus_infinity64 = std::numeric_limits<std::int64_t>::min();
constexpr auto infinity32 = std::numeric_limits<std::int32_t>::max();
constexpr auto minus_infinity32 = std::numeric_limits<std::int32_t>::min();

// Flags of a range in the binary format (rangetypes.h).
constexpr char range_empty = 0x01;
constexpr char range_lower_inclusive = 0x02;
constexpr char range_unbounded = 0x08 | 0x10;

constexpr char jsonb_version = 1;

}  // namespace

void Codec<double>::encode(ParameterBuffer& out, double value) {
  wire::put_int64(out, std::bit_cast<std::int64_t>(value));
}
double Codec<double>::decode(std::string_view bytes) {
  return std::bit_cast<double>(wire::get_int64(bytes));
}

bool Codec<std::string_view>::accepts(Oid column) {
  return column == oid::text || column == oid::bpchar || column == oid::varchar ||
         column == oid::name || column == oid::json;
}

void Codec<Jsonb>::encode(ParameterBuffer& out, Jsonb value) {
  out.push_back(jsonb_version);
  wire::put_bytes(out, value.text);
}
Jsonb Codec<Jsonb>::decode(std::string_view bytes) {
  ENSURE(wire::take(bytes, 1)[0] == jsonb_version);
  return {bytes};
}

void Codec<Uuid>::encode(ParameterBuffer& out, const Uuid& value) {
  out.insert(out.end(), value.bytes.begin(), value.bytes.end());
}
Uuid Codec<Uuid>::decode(std::string_view bytes) {
  Uuid value;
  ENSURE(bytes.size() == value.bytes.size());
  std::memcpy(value.bytes.data(), bytes.data(), bytes.size());
  return value;
}

void Codec<Instant>::encode(ParameterBuffer& out, Instant value) {
  if (value == Instant::max()) return wire::put_int64(out, infinity64);
  const auto since_1970 = value.time_since_epoch().count();
  // What lies before PostgreSQL's range would wrap round; it is as good as -infinity.
  if (since_1970 < minus_infinity64 + epoch_microseconds) {
    return wire::put_int64(out, minus_infinity64);
  }
  wire::put_int64(out, since_1970 - epoch_microseconds);
}
Instant Codec<Instant>::decode(std::string_view bytes) {
  const auto since_2000 = wire::get_int64(bytes);
  if (since_2000 == infinity64) return Instant::max();
  if (since_2000 == minus_infinity64) return Instant::min();
  return Instant(std::chrono::microseconds(since_2000 + epoch_microseconds));
}

void Codec<LocalDate>::encode(ParameterBuffer& out, LocalDate value) {
  const auto since_1970 = std::int64_t{value.time_since_epoch().count()};
  // As above; and what lies beyond 32 bits lies beyond PostgreSQL's calendar.
  if (since_1970 <= minus_infinity32 + std::int64_t{epoch_days}) {
    return wire::put_int32(out, minus_infinity32);
  }
  wire::put_int32(
      out, static_cast<std::int32_t>(std::min<std::int64_t>(since_1970 - epoch_days, infinity32)));
}
LocalDate Codec<LocalDate>::decode(std::string_view bytes) {
  const auto since_2000 = wire::get_int32(bytes);
  if (since_2000 == infinity32) return LocalDate::max();
  if (since_2000 == minus_infinity32) return LocalDate::min();
  return LocalDate(std::chrono::days(since_2000 + epoch_days));
}

void Codec<LocalTime>::encode(ParameterBuffer& out, LocalTime value) {
  wire::put_int64(out, std::chrono::microseconds(value).count());
}
LocalTime Codec<LocalTime>::decode(std::string_view bytes) {
  return std::chrono::floor<std::chrono::minutes>(
      std::chrono::microseconds(wire::get_int64(bytes)));
}

void Codec<TimeRange>::encode(ParameterBuffer& out, const TimeRange& value) {
  out.push_back(range_lower_inclusive);
  for (const Instant bound : {value.start, value.end}) {
    wire::put_int32(out, 8);
    Codec<Instant>::encode(out, bound);
  }
}
TimeRange Codec<TimeRange>::decode(std::string_view bytes) {
  const char flags = wire::take(bytes, 1)[0];
  ENSURE((flags & (range_empty | range_unbounded)) == 0);
  const auto start = wire::take_element(bytes);
  const auto end = wire::take_element(bytes);
  ENSURE(start && end);
  return {Codec<Instant>::decode(*start), Codec<Instant>::decode(*end)};
}

void Codec<std::span<const std::uint8_t>>::encode(ParameterBuffer& out,
                                                  std::span<const std::uint8_t> value) {
  out.insert(out.end(), value.begin(), value.end());
}

}  // namespace frontdesk::db
