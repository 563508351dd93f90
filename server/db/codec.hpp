#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"
#include "core/uuid.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::db {

/// bytea: hashes, sealed bodies.
using Bytes = std::vector<std::uint8_t>;

/// JSON text for a jsonb parameter.
struct Jsonb {
  std::string_view text;
};

/// Parameters in PostgreSQL's binary format, with the type of each, so that the server never has
/// to guess. Refuses nothing: a C++ type without an overload does not compile.
///
/// bool → bool, int16/32/64 → int2/4/8, text → text, Uuid and Id → uuid, Instant → timestamptz,
/// LocalDate → date, LocalTime → time, Bytes → bytea, Jsonb → jsonb, std::optional<T> → T or NULL,
/// std::vector<T> (also std::span<const T>) of Uuid, Id, Instant, LocalDate, int32, int64, text →
/// the one-dimensional array of it.
class Params {
 public:
  template <class... T>
  static Params of(const T&... values);
  // The implementation adds its members here.
};

}  // namespace frontdesk::db
