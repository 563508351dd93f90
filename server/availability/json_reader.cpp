#include "availability/json_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace frontdesk::availability {
namespace {

/// A name out of the document, fit for a terminal.
std::string printable(std::string_view name) {
  std::string text(name.substr(0, 60));
  std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

}  // namespace

void Problems::add(std::string_view field, std::string_view what) {
  if (texts_.size() < most) {
    texts_.push_back(field.empty() ? std::string(what) : fmt::format("{}: {}", field, what));
  }
}

ObjectReader::ObjectReader(const boost::json::value& value, std::string path, Problems& problems)
    : object_(value.if_object()), path_(std::move(path)), problems_(problems) {
  if (object_ == nullptr) problems_.add(path_, "must be an object");
}

std::string ObjectReader::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
}

void ObjectReader::reject(std::string_view name, std::string_view what) {
  problems_.add(path_of(name), what);
}

const boost::json::value* ObjectReader::find(std::string_view name) {
  asked_.push_back(name);
  if (object_ == nullptr) return nullptr;
  const boost::json::value* value = object_->if_contains(name);
  return value != nullptr && value->is_null() ? nullptr : value;
}

const boost::json::value* ObjectReader::require(std::string_view name) {
  const boost::json::value* value = find(name);
  if (value == nullptr && object_ != nullptr) reject(name, "is missing");
  return value;
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view name, std::int64_t min,
                                                           std::int64_t max) {
  const boost::json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  const std::int64_t* number = value->if_int64();
  if (number == nullptr || *number < min || *number > max) {
    reject(name, fmt::format("must be a whole number from {} to {}", min, max));
    return std::nullopt;
  }
  return *number;
}

std::optional<std::int64_t> ObjectReader::integer(std::string_view name, std::int64_t min,
                                                  std::int64_t max) {
  if (require(name) == nullptr) return std::nullopt;
  return optional_integer(name, min, max);
}

template <class T, class Parse>
std::optional<T> ObjectReader::parsed(const boost::json::value* value, std::string_view name,
                                      Parse parse, std::string_view expectation) {
  if (value == nullptr) return std::nullopt;
  std::optional<T> result;
  if (const boost::json::string* text = value->if_string()) {
    result = parse(std::string_view(text->data(), text->size()));
  }
  if (!result) reject(name, expectation);
  return result;
}

std::optional<LocalDate> ObjectReader::date(std::string_view name) {
  return parsed<LocalDate>(require(name), name, parse_date,
                           "must be a date of 2000 to 2100 such as 2026-03-29");
}

std::optional<LocalTime> ObjectReader::time(std::string_view name) {
  return parsed<LocalTime>(require(name), name, parse_time, "must be a time such as 09:30");
}

std::optional<LocalTime> ObjectReader::end_time(std::string_view name) {
  return parsed<LocalTime>(require(name), name, parse_end_time,
                           "must be a time such as 17:30, or 24:00");
}

std::optional<Instant> ObjectReader::instant(std::string_view name) {
  return parsed<Instant>(require(name), name, parse_instant,
                         "must be RFC 3339 with an offset, of 2000 to 2100, such as "
                         "2026-03-29T12:30:00Z");
}

std::optional<Zone> ObjectReader::zone(std::string_view name) {
  return parsed<Zone>(require(name), name, Zone::find,
                      "must be an IANA time zone such as Europe/Berlin");
}

std::optional<Zone> ObjectReader::optional_zone(std::string_view name) {
  return find(name) == nullptr ? std::nullopt : zone(name);
}

std::optional<std::string_view> ObjectReader::optional_text(std::string_view name) {
  return parsed<std::string_view>(
      find(name), name, [](std::string_view text) { return std::optional(text); },
      "must be a text");
}

const boost::json::array* ObjectReader::array(std::string_view name, std::size_t limit) {
  const boost::json::value* value = find(name);
  if (value == nullptr) return nullptr;
  const boost::json::array* elements = value->if_array();
  if (elements == nullptr) {
    reject(name, "must be an array");
  } else if (elements->size() > limit) {
    reject(name, fmt::format("must have at most {} elements", limit));
    return nullptr;
  }
  return elements;
}

void ObjectReader::done() {
  if (object_ == nullptr) return;
  for (const auto& field : *object_) {
    const std::string_view name(field.key().data(), field.key().size());
    if (std::ranges::find(asked_, name) == asked_.end()) reject(printable(name), "is unknown");
  }
}

}  // namespace frontdesk::availability
