#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"
#include "core/zone.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace frontdesk::availability {

/// What is wrong with a document, one sentence each, led by the field: `staff[0].id: is missing`.
class Problems {
 public:
  /// The first ones say enough.
  static constexpr std::size_t most = 20;

  void add(std::string_view field, std::string_view what);
  [[nodiscard]] bool none() const { return texts_.empty(); }
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_;
};

/// The fields of one JSON object, read into types. Each accessor notes what is wrong and then gives
/// nothing, or the fallback; null counts as absent. done() notes the fields that nobody asked for.
class ObjectReader {
 public:
  /// `value` and `problems` must outlive it; `path` names the object, empty for the document.
  ObjectReader(const boost::json::value& value, std::string path, Problems& problems);

  [[nodiscard]] bool is_object() const { return object_ != nullptr; }

  /// The value of a field; null where it is absent.
  const boost::json::value* find(std::string_view name);
  const boost::json::value* require(std::string_view name);

  std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t min,
                                               std::int64_t max);
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<LocalDate> date(std::string_view name);
  std::optional<LocalTime> time(std::string_view name);
  std::optional<LocalTime> end_time(std::string_view name);
  std::optional<Instant> instant(std::string_view name);
  std::optional<Zone> zone(std::string_view name);
  std::optional<Zone> optional_zone(std::string_view name);
  std::optional<std::string_view> optional_text(std::string_view name);

  /// Calls `read(element, path)` for each element of an array of at most `limit`; an absent one is
  /// empty.
  template <class Read>
  void each(std::string_view name, std::size_t limit, const Read& read) {
    if (const boost::json::array* elements = array(name, limit)) {
      for (std::size_t i = 0; i < elements->size(); ++i) {
        read((*elements)[i], path_of(name) + '[' + std::to_string(i) + ']');
      }
    }
  }

  void reject(std::string_view name, std::string_view what);
  [[nodiscard]] std::string path_of(std::string_view name) const;

  /// Ends the reading.
  void done();

 private:
  const boost::json::array* array(std::string_view name, std::size_t limit);
  template <class T, class Parse>
  std::optional<T> parsed(const boost::json::value* value, std::string_view name, Parse parse,
                          std::string_view expectation);

  const boost::json::object* object_ = nullptr;
  std::string path_;
  Problems& problems_;
  std::vector<std::string_view> asked_;
};

}  // namespace frontdesk::availability
