#pragma once

#include "db/codec.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <boost/container/static_vector.hpp>

namespace frontdesk::db {

/// The parameters of one execution in PostgreSQL's binary format, with the type of each, so that
/// the server never has to guess. They are copied: the values may go once `of` has returned. Up to
/// `limit` of them; a few hundred bytes altogether cost no allocation.
class Params {
 public:
  static constexpr std::size_t limit = 40;

  struct Entry {
    Oid type;
    std::uint32_t offset;
    std::int32_t length;  ///< bytes; -1 for NULL
  };

  /// The types that codec.hpp lists; anything else does not compile.
  template <class... T>
  static Params of(const T&... values) {
    static_assert(sizeof...(T) <= limit, "a statement this wide wants arrays");
    Params params;
    (params.add(values), ...);
    return params;
  }

  [[nodiscard]] std::span<const Entry> entries() const {
    return {entries_.data(), entries_.size()};
  }
  /// The bytes of an entry that is not NULL.
  [[nodiscard]] const char* data(const Entry& entry) const { return buffer_.data() + entry.offset; }

 private:
  template <class T>
  void add(const T& value) {
    if constexpr (is_optional<T>) {
      using Value = typename T::value_type;
      if (value) {
        add(*value);
      } else {
        entries_.push_back({Codec<Value>::type, 0, -1});
      }
    } else {
      const std::size_t from = buffer_.size();
      Codec<T>::encode(buffer_, value);
      entries_.push_back({Codec<T>::type, static_cast<std::uint32_t>(from),
                          static_cast<std::int32_t>(buffer_.size() - from)});
    }
  }

  boost::container::static_vector<Entry, limit> entries_;
  ParameterBuffer buffer_;
};

}  // namespace frontdesk::db
