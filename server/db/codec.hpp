#pragma once

#include "core/civil.hpp"
#include "core/ensure.hpp"
#include "core/instant.hpp"
#include "core/time_range.hpp"
#include "core/uuid.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/container/small_vector.hpp>

/// PostgreSQL's binary format, both ways, for the types that Frontdesk's tables have.
///
/// bool ↔ bool, int16/32/64 ↔ int2/4/8, double ↔ float8, text ↔ text (char(n), varchar and json are
/// read too), Uuid and Id ↔ uuid, Instant ↔ timestamptz, LocalDate ↔ date, LocalTime ↔ time (whole
/// minutes; 24:00 exists), TimeRange ↔ tstzrange, Bytes (also a span or array of bytes) ↔ bytea,
/// Jsonb → jsonb (read as text), std::optional<T> ↔ T or NULL, std::vector<T> (also
/// std::span<const T>) of any of these ↔ the one-dimensional array of it.
///
/// A C++ type without a Codec does not compile. PostgreSQL's infinities are Instant::max() and
/// min(), LocalDate::max() and min().
namespace frontdesk::db {

/// Number of a type in pg_type.
using Oid = unsigned int;

/// bytea: hashes, sealed bodies.
using Bytes = std::vector<std::uint8_t>;

/// JSON text for a jsonb parameter.
struct Jsonb {
  std::string_view text;
};

/// Where parameters are put together: the usual ones fit without an allocation.
using ParameterBuffer = boost::container::small_vector<char, 384>;

/// One value of a result, undecoded.
struct Cell {
  Oid type;
  bool is_null;
  std::string_view bytes;
};

namespace oid {
inline constexpr Oid bool_ = 16, bytea = 17, name = 19, int8 = 20, int2 = 21, int4 = 23, text = 25,
                     json = 114, float8 = 701, bpchar = 1042, varchar = 1043, date = 1082,
                     time = 1083, timestamptz = 1184, uuid = 2950, jsonb = 3802, tstzrange = 3910;
inline constexpr Oid bool_array = 1000, bytea_array = 1001, name_array = 1003, int2_array = 1005,
                     int4_array = 1007, text_array = 1009, bpchar_array = 1014,
                     varchar_array = 1015, int8_array = 1016, float8_array = 1022,
                     date_array = 1182, time_array = 1183, timestamptz_array = 1185,
                     uuid_array = 2951, jsonb_array = 3807, tstzrange_array = 3911;
}  // namespace oid

/// How one C++ type travels: `type`, `array_type`, accepts(), encode() and, where it can be read,
/// decode(). Specialise it to teach db a type of your own.
template <class T>
struct Codec;

namespace wire {
void put_int16(ParameterBuffer& out, std::int16_t value);
void put_int32(ParameterBuffer& out, std::int32_t value);
void put_int64(ParameterBuffer& out, std::int64_t value);
void put_bytes(ParameterBuffer& out, std::string_view bytes);
/// Overwrites the four bytes at `offset`: a length that is known only afterwards.
void patch_int32(ParameterBuffer& out, std::size_t offset, std::int32_t value);
std::int16_t get_int16(std::string_view bytes);  ///< exactly 2 bytes (ENSURE)
std::int32_t get_int32(std::string_view bytes);  ///< exactly 4
std::int64_t get_int64(std::string_view bytes);  ///< exactly 8
/// Takes `size` bytes off the front; ENSUREs that they are there.
std::string_view take(std::string_view& bytes, std::size_t size);
}  // namespace wire

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <>
struct Codec<bool> {
  static constexpr Oid type = oid::bool_, array_type = oid::bool_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, bool value) { out.push_back(value ? 1 : 0); }
  static bool decode(std::string_view bytes) { return bytes.size() == 1 && bytes[0] != 0; }
};

template <std::signed_integral T>
  requires(sizeof(T) == 2 || sizeof(T) == 4 || sizeof(T) == 8)
struct Codec<T> {
  static constexpr Oid type = sizeof(T) == 2 ? oid::int2 : sizeof(T) == 4 ? oid::int4 : oid::int8;
  static constexpr Oid array_type = sizeof(T) == 2   ? oid::int2_array
                                    : sizeof(T) == 4 ? oid::int4_array
                                                     : oid::int8_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, T value) {
    if constexpr (sizeof(T) == 2) wire::put_int16(out, value);
    if constexpr (sizeof(T) == 4) wire::put_int32(out, value);
    if constexpr (sizeof(T) == 8) wire::put_int64(out, value);
  }
  static T decode(std::string_view bytes) {
    if constexpr (sizeof(T) == 2) return wire::get_int16(bytes);
    if constexpr (sizeof(T) == 4) return wire::get_int32(bytes);
    if constexpr (sizeof(T) == 8) return wire::get_int64(bytes);
  }
};

template <>
struct Codec<double> {
  static constexpr Oid type = oid::float8, array_type = oid::float8_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, double value);
  static double decode(std::string_view bytes);
};

template <>
struct Codec<std::string_view> {
  static constexpr Oid type = oid::text, array_type = oid::text_array;
  static bool accepts(Oid column);
  static void encode(ParameterBuffer& out, std::string_view value) { wire::put_bytes(out, value); }
  static std::string_view decode(std::string_view bytes) { return bytes; }
};
template <>
struct Codec<std::string> : Codec<std::string_view> {
  static std::string decode(std::string_view bytes) { return std::string(bytes); }
};
template <>
struct Codec<const char*> : Codec<std::string_view> {};
template <std::size_t N>
struct Codec<char[N]> : Codec<std::string_view> {};

template <>
struct Codec<Jsonb> {
  static constexpr Oid type = oid::jsonb, array_type = oid::jsonb_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, Jsonb value);
  static Jsonb decode(std::string_view bytes);
};

template <>
struct Codec<Uuid> {
  static constexpr Oid type = oid::uuid, array_type = oid::uuid_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, const Uuid& value);
  static Uuid decode(std::string_view bytes);
};
template <class Tag>
struct Codec<Id<Tag>> : Codec<Uuid> {
  static Id<Tag> decode(std::string_view bytes) { return Id<Tag>(Codec<Uuid>::decode(bytes)); }
};

template <>
struct Codec<Instant> {
  static constexpr Oid type = oid::timestamptz, array_type = oid::timestamptz_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, Instant value);
  static Instant decode(std::string_view bytes);
};

template <>
struct Codec<LocalDate> {
  static constexpr Oid type = oid::date, array_type = oid::date_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, LocalDate value);
  static LocalDate decode(std::string_view bytes);
};

template <>
struct Codec<LocalTime> {
  static constexpr Oid type = oid::time, array_type = oid::time_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, LocalTime value);
  static LocalTime decode(std::string_view bytes);
};

/// Half-open, as TimeRange is. An empty or unbounded range cannot be read (ENSURE).
template <>
struct Codec<TimeRange> {
  static constexpr Oid type = oid::tstzrange, array_type = oid::tstzrange_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, const TimeRange& value);
  static TimeRange decode(std::string_view bytes);
};

template <>
struct Codec<std::span<const std::uint8_t>> {
  static constexpr Oid type = oid::bytea, array_type = oid::bytea_array;
  static bool accepts(Oid column) { return column == type; }
  static void encode(ParameterBuffer& out, std::span<const std::uint8_t> value);
};
template <>
struct Codec<Bytes> : Codec<std::span<const std::uint8_t>> {
  static Bytes decode(std::string_view bytes) { return {bytes.begin(), bytes.end()}; }
};
/// Reading one whose length is not N is a bug (ENSURE).
template <std::size_t N>
struct Codec<std::array<std::uint8_t, N>> : Codec<std::span<const std::uint8_t>> {
  static std::array<std::uint8_t, N> decode(std::string_view bytes) {
    ENSURE(bytes.size() == N);
    std::array<std::uint8_t, N> value;
    std::copy(bytes.begin(), bytes.end(), value.begin());
    return value;
  }
};

namespace wire {
/// The elements of a one-dimensional array follow; its element type is `type`.
void put_array_header(ParameterBuffer& out, Oid element_type, std::size_t size);
/// Takes the header off `bytes`; how many elements follow. More dimensions than one are a bug.
std::size_t take_array_header(std::string_view& bytes);
/// Takes one element, or nullopt for NULL.
std::optional<std::string_view> take_element(std::string_view& bytes);
bool is_array_of_text(Oid column);
}  // namespace wire

template <class T>
  requires requires { Codec<T>::array_type; }
struct Codec<std::span<const T>> {
  static constexpr Oid type = Codec<T>::array_type;
  static bool accepts(Oid column) {
    if constexpr (Codec<T>::type == oid::text) return wire::is_array_of_text(column);
    return column == type;
  }
  static void encode(ParameterBuffer& out, std::span<const T> values) {
    wire::put_array_header(out, Codec<T>::type, values.size());
    for (const T& value : values) {
      const std::size_t at = out.size();
      wire::put_int32(out, 0);
      Codec<T>::encode(out, value);
      wire::patch_int32(out, at, static_cast<std::int32_t>(out.size() - at - 4));
    }
  }
};
/// Reading an array that holds a NULL is a bug (ENSURE).
template <class T>
  requires requires { Codec<T>::array_type; }
struct Codec<std::vector<T>> : Codec<std::span<const T>> {
  static std::vector<T> decode(std::string_view bytes) {
    std::vector<T> values;
    const std::size_t size = wire::take_array_header(bytes);
    values.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
      const auto element = wire::take_element(bytes);
      ENSURE(element.has_value());
      values.push_back(Codec<T>::decode(*element));
    }
    return values;
  }
};

/// Whether a column of this type can be read as a `T`.
template <class T>
bool accepts(Oid column) {
  return Codec<T>::accepts(column);
}

template <class T>
T decode(std::string_view bytes) {
  return Codec<T>::decode(bytes);
}

}  // namespace frontdesk::db
