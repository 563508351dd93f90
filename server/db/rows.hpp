#pragma once

#include "core/ensure.hpp"
#include "db/codec.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>

struct pg_result;  // libpq's PGresult

namespace frontdesk::db {

/// One row of a result; a view that is valid while its Rows live.
class Row {
 public:
  Row(const pg_result* result, int index) : result_(result), index_(index) {}

  /// The value of a column, counted from 0. `T` is any type that Params takes, std::string or
  /// std::string_view (valid while the Rows live) for text, std::optional<T> where the column may
  /// be NULL. A `T` that does not fit the column's type, and a NULL in a plain `T`, are bugs
  /// (ENSURE).
  template <class T>
  [[nodiscard]] T get(int column) const {
    const Cell cell = cell_at(column);
    if constexpr (is_optional<T>) {
      using Value = typename T::value_type;
      ENSURE(accepts<Value>(cell.type));
      if (cell.is_null) return std::nullopt;
      return decode<Value>(cell.bytes);
    } else {
      ENSURE(accepts<T>(cell.type));
      ENSURE(!cell.is_null);
      return decode<T>(cell.bytes);
    }
  }

  [[nodiscard]] bool is_null(int column) const { return cell_at(column).is_null; }

 private:
  [[nodiscard]] Cell cell_at(int column) const;

  const pg_result* result_;
  int index_;
};

/// The rows of one statement, in the binary format, read in place.
///
///     const Rows rows = co_await connection.execute(sql::list_services, category, limit);
///     for (const Row row : rows) { row.get<ServiceId>(0); row.get<std::optional<std::string>>(1);
///     }
class Rows {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Row;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    Iterator(const pg_result* result, int index) : result_(result), index_(index) {}
    Row operator*() const { return {result_, index_}; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++index_;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

   private:
    const pg_result* result_ = nullptr;
    int index_ = 0;
  };

  /// No rows.
  Rows() = default;

  /// Takes over a result of libpq.
  explicit Rows(pg_result* result) : result_(result) {}

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(count()); }
  [[nodiscard]] bool empty() const { return count() == 0; }
  [[nodiscard]] Row operator[](std::size_t index) const {
    ENSURE(index < size());
    return {result_.get(), static_cast<int>(index)};
  }
  [[nodiscard]] Iterator begin() const { return {result_.get(), 0}; }
  [[nodiscard]] Iterator end() const { return {result_.get(), count()}; }

  /// How many rows an INSERT, UPDATE or DELETE touched, a SELECT returned; 0 for other commands.
  [[nodiscard]] std::int64_t affected() const;

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };

  [[nodiscard]] int count() const;

  std::unique_ptr<pg_result, Clear> result_;
};

}  // namespace frontdesk::db
