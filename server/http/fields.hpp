#pragma once

#include "core/civil.hpp"
#include "core/error.hpp"
#include "core/instant.hpp"
#include "core/uuid.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace frontdesk::http {

/// Bounds of a text, both inclusive, in characters (code points), not bytes.
struct TextLimits {
  std::size_t min = 0;
  std::size_t max = 200;
  bool one_line =
      false;  ///< refuses control characters, and a text of blanks only: names, subjects
};

/// Reads named values into domain types and collects what is wrong with them, so that a caller
/// learns of all bad fields at once. What Fields and QueryFields share.
///
/// Each accessor returns nullopt where the value is absent or bad; JSON null counts as absent. The
/// required ones then note `required`, and all of them note what is wrong with a bad value; the
/// caller goes on, and asks error() before it uses anything:
///
///     http::Fields fields(request.json());
///     auto service = fields.id<ServiceId>("service_id");
///     auto staff   = fields.optional_id<StaffId>("staff_id");
///     auto notes   = fields.optional_text("notes", {.max = 2000});
///     if (auto error = fields.error()) co_return refusal(*error);
///
/// Names are literals: they are kept as views.
class FieldReader {
 public:
  FieldReader(const FieldReader&) = delete;
  FieldReader& operator=(const FieldReader&) = delete;

  /// A UUID in canonical form; anything else is `invalid`.
  template <class IdType>
  std::optional<IdType> id(std::string_view name) {
    return as_id<IdType>(uuid(name, Presence::required));
  }
  template <class IdType>
  std::optional<IdType> optional_id(std::string_view name) {
    return as_id<IdType>(uuid(name, Presence::optional));
  }

  /// A text within `limits`; otherwise `too_short`, `too_long` or `invalid`.
  std::optional<std::string> text(std::string_view name, TextLimits limits = {}) {
    return text(name, limits, Presence::required);
  }
  std::optional<std::string> optional_text(std::string_view name, TextLimits limits = {}) {
    return text(name, limits, Presence::optional);
  }

  /// One of `choices`, compared exactly; otherwise `invalid`. The view is the choice's own.
  std::optional<std::string_view> choice(std::string_view name,
                                         std::initializer_list<std::string_view> choices) {
    return choice(name, choices, Presence::required);
  }
  std::optional<std::string_view> optional_choice(std::string_view name,
                                                  std::initializer_list<std::string_view> choices) {
    return choice(name, choices, Presence::optional);
  }

  /// A whole number from `min` to `max`, both inclusive; `out_of_range` outside of them, `invalid`
  /// for a fraction or another type. `integer<std::int32_t>(…)` gives another type than int64.
  template <class T = std::int64_t>
  std::optional<T> integer(std::string_view name,
                           std::type_identity_t<T> min = std::numeric_limits<T>::min(),
                           std::type_identity_t<T> max = std::numeric_limits<T>::max()) {
    return as_integer<T>(whole_number(name, min, max, Presence::required));
  }
  template <class T = std::int64_t>
  std::optional<T> optional_integer(std::string_view name,
                                    std::type_identity_t<T> min = std::numeric_limits<T>::min(),
                                    std::type_identity_t<T> max = std::numeric_limits<T>::max()) {
    return as_integer<T>(whole_number(name, min, max, Presence::optional));
  }

  /// `true` or `false`; in a query the same two words.
  std::optional<bool> boolean(std::string_view name) { return boolean(name, Presence::required); }
  std::optional<bool> optional_boolean(std::string_view name) {
    return boolean(name, Presence::optional);
  }

  /// `2026-03-29`, see parse_date.
  std::optional<LocalDate> date(std::string_view name) { return date(name, Presence::required); }
  std::optional<LocalDate> optional_date(std::string_view name) {
    return date(name, Presence::optional);
  }

  /// `14:30`, see parse_time.
  std::optional<LocalTime> time(std::string_view name) { return time(name, Presence::required); }
  std::optional<LocalTime> optional_time(std::string_view name) {
    return time(name, Presence::optional);
  }

  /// As time(), and `24:00` too, see parse_end_time.
  std::optional<LocalTime> end_time(std::string_view name);

  /// RFC 3339 with an offset, see parse_instant.
  std::optional<Instant> instant(std::string_view name) {
    return instant(name, Presence::required);
  }
  std::optional<Instant> optional_instant(std::string_view name) {
    return instant(name, Presence::optional);
  }

  /// Notes an error of the caller's own, for rules over one field or several.
  void reject(std::string_view name, std::string code, std::string message);

  /// True as long as no accessor noted anything; fields that nobody asked for are not looked at.
  [[nodiscard]] bool good() const { return errors_.empty() && !summary_; }

  /// Ends the reading: 422 `validation_failed` with all bad fields, and with every field that
  /// nobody asked for as `unknown_field` (R17); nullopt where all is well. Call it once.
  std::optional<Error> error();

 protected:
  enum class Presence { required, optional };

  /// A value as it stands in the source, before it has a type.
  struct Found {
    enum class Kind { absent, text, integer, boolean, other };
    Kind kind = Kind::absent;
    std::string_view text = {};
    std::int64_t integer = 0;
    bool boolean = false;
    bool overflow = false;  ///< a whole number outside of int64
  };

  FieldReader() = default;
  ~FieldReader() = default;

  /// Looks `name` up, notes that it was asked for, and what is wrong where it occurs twice. A
  /// source that holds nothing but text reads it as `wanted`.
  virtual Found find(std::string_view name, Found::Kind wanted) = 0;
  /// Rejects every field that find() was not asked for.
  virtual void reject_unknown() = 0;

  /// find(), and `required` noted where it is absent and should not be.
  Found look_up(std::string_view name, Presence presence, Found::Kind wanted = Found::Kind::text);
  /// The refusal of the source as a whole, in place of all field errors.
  void reject_all(std::string summary) { summary_ = std::move(summary); }
  /// Adds the errors of a nested reader under `name.`.
  void adopt(std::string_view name, std::vector<FieldError> errors);
  [[nodiscard]] std::vector<FieldError> take_errors() { return std::move(errors_); }
  [[nodiscard]] bool source_refused() const { return summary_.has_value(); }

 private:
  template <class IdType>
  static std::optional<IdType> as_id(const std::optional<Uuid>& uuid) {
    return uuid ? std::optional<IdType>(IdType(*uuid)) : std::nullopt;
  }
  template <class T>
  static std::optional<T> as_integer(std::optional<std::int64_t> number) {
    return number ? std::optional<T>(static_cast<T>(*number)) : std::nullopt;
  }

  std::optional<Uuid> uuid(std::string_view name, Presence presence);
  std::optional<std::string> text(std::string_view name, TextLimits limits, Presence presence);
  std::optional<std::string_view> choice(std::string_view name,
                                         std::initializer_list<std::string_view> choices,
                                         Presence presence);
  std::optional<std::int64_t> whole_number(std::string_view name, std::int64_t min,
                                           std::int64_t max, Presence presence);
  std::optional<bool> boolean(std::string_view name, Presence presence);
  std::optional<LocalDate> date(std::string_view name, Presence presence);
  std::optional<LocalTime> time(std::string_view name, Presence presence);
  std::optional<Instant> instant(std::string_view name, Presence presence);
  template <class T, class Parse>
  std::optional<T> parsed_text(std::string_view name, Presence presence, Parse parse,
                               std::string_view expectation);

  std::vector<FieldError> errors_;
  std::optional<std::string> summary_;
};

/// The fields of a JSON body. A body that is not an object is 422 as a whole; an absent one reads
/// as an object without fields. The value must outlive the reader.
class Fields final : public FieldReader {
 public:
  explicit Fields(const boost::json::value& value);

  /// True where the field is there, be it null: tells "set to nothing" from "left alone" in a
  /// PATCH.
  [[nodiscard]] bool given(std::string_view name) const;

  /// An array of 0 to `max_count` ids, required: `invalid` where it is anything else, `too_long`
  /// where there are more.
  template <class IdType>
  std::optional<std::vector<IdType>> ids(std::string_view name, std::size_t max_count) {
    const auto found = uuids(name, max_count);
    if (!found) return std::nullopt;
    return std::vector<IdType>(found->begin(), found->end());
  }

  /// An array of 0 to `max_count` different whole numbers from `min` to `max`, required: `invalid`
  /// where it is no list of numbers, `out_of_range`, `repeated`, `too_long`.
  std::optional<std::vector<std::int32_t>> integers(std::string_view name, std::size_t max_count,
                                                    std::int32_t min, std::int32_t max);

  /// An array of 0 to `max_count` texts, required unless it `may_be_absent`: `invalid` where it is
  /// anything else, `too_long` where there are more.
  std::optional<std::vector<std::string>> texts(std::string_view name, std::size_t max_count,
                                                bool may_be_absent = false);

  /// An array of 0 to `max_count` objects, required, each read with `read(Fields&)`; errors are
  /// named `name.0.field`, and unknown fields are refused too. `too_long` where there are more.
  template <class Read>
  void objects(std::string_view name, std::size_t max_count, Read read) {
    const auto* items = array(name, max_count);
    if (items == nullptr) return;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const std::string item = std::string(name) + "." + std::to_string(i);
      if (!(*items)[i].is_object()) {
        reject(item, "invalid", item + " must be an object.");
        continue;
      }
      Fields child((*items)[i]);
      read(child);
      child.reject_unknown();
      adopt(item, child.take_errors());
    }
  }

  /// Reads a nested object with `read(Fields&)`; its errors are named `name.field`, and its unknown
  /// fields are refused too. False where it is absent or no object.
  template <class Read>
  bool optional_object(std::string_view name, Read read) {
    return object(name, Presence::optional, read);
  }
  /// The same, and `required` where it is absent.
  template <class Read>
  bool object(std::string_view name, Read read) {
    return object(name, Presence::required, read);
  }

 private:
  Found find(std::string_view name, Found::Kind wanted) override;
  void reject_unknown() override;

  template <class Read>
  bool object(std::string_view name, Presence presence, Read read) {
    const boost::json::value* value = nested(name, presence);
    if (value == nullptr) return false;
    Fields child(*value);
    read(child);
    child.reject_unknown();
    adopt(name, child.take_errors());
    return true;
  }
  const boost::json::value* nested(std::string_view name, Presence presence);
  /// Nothing, and what is wrong noted, where it is no array of at most `max_count`.
  const boost::json::array* array(std::string_view name, std::size_t max_count,
                                  Presence presence = Presence::required);
  std::optional<std::vector<Uuid>> uuids(std::string_view name, std::size_t max_count);

  const boost::json::object* object_ = nullptr;
  std::vector<bool> asked_;  ///< by position in the object
};

/// The parameters of a query, decoded. One that occurs twice is `repeated`. An empty value counts
/// as given. The parameters must outlive the reader.
class QueryFields final : public FieldReader {
 public:
  using Parameters = std::vector<std::pair<std::string, std::string>>;

  explicit QueryFields(const Parameters& parameters)
      : parameters_(parameters), asked_(parameters.size(), false) {}

 private:
  Found find(std::string_view name, Found::Kind wanted) override;
  void reject_unknown() override;

  static Found read_as(Found::Kind wanted, std::string_view text);

  const Parameters& parameters_;
  std::vector<bool> asked_;  ///< by position
};

}  // namespace frontdesk::http
