#include "http/fields.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace frontdesk::http {
namespace {

/// A hostile body can hold thousands of unknown fields: the answer stays small.
constexpr std::size_t max_errors = 50;

/// Whole doubles up to here stand for exactly one integer.
constexpr double max_exact_double = 9007199254740992.0;

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

bool fits_one_line(std::string_view text) {
  return !std::ranges::any_of(text, is_control) &&
         (text.empty() || text.find_first_not_of(' ') != std::string_view::npos);
}

/// A field name that a stranger chose, cut between two characters.
std::string_view shortened(std::string_view name) {
  constexpr std::size_t max_bytes = 100;
  if (name.size() <= max_bytes) return name;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
  return name.substr(0, end);
}

std::string sentence(std::string_view name, std::string_view rest) {
  std::string text(name);
  text.append(rest);
  return text;
}

}  // namespace

void FieldReader::reject(std::string_view name, std::string code, std::string message) {
  if (errors_.size() >= max_errors) return;
  errors_.push_back({std::string(name), std::move(code), std::move(message)});
}

void FieldReader::adopt(std::string_view name, std::vector<FieldError> errors) {
  for (FieldError& error : errors) {
    reject(sentence(name, ".") + error.field, std::move(error.code), std::move(error.message));
  }
}

std::optional<Error> FieldReader::error() {
  if (!summary_) reject_unknown();
  if (good()) return std::nullopt;
  Error error{.kind = ErrorKind::invalid, .code = "validation_failed", .message = {}};
  if (summary_) {
    error.message = *std::move(summary_);
    return error;
  }
  error.fields = std::move(errors_);
  error.message =
      error.fields.size() == 1 ? error.fields.front().message : "Some fields are not valid.";
  return error;
}

FieldReader::Found FieldReader::look_up(std::string_view name, Presence presence,
                                        Found::Kind wanted) {
  const Found found = find(name, wanted);
  if (found.kind == Found::Kind::absent && presence == Presence::required && !summary_) {
    reject(name, "required", sentence(name, " is required."));
  }
  return found;
}

template <class T, class Parse>
std::optional<T> FieldReader::parsed_text(std::string_view name, Presence presence, Parse parse,
                                          std::string_view expectation) {
  const Found found = look_up(name, presence);
  if (found.kind == Found::Kind::absent) return std::nullopt;
  if (found.kind == Found::Kind::text) {
    if (auto value = parse(found.text)) return value;
  }
  reject(name, "invalid", sentence(name, expectation));
  return std::nullopt;
}

std::optional<Uuid> FieldReader::uuid(std::string_view name, Presence presence) {
  return parsed_text<Uuid>(name, presence, &Uuid::parse, " must be an id (a UUID).");
}

std::optional<LocalDate> FieldReader::date(std::string_view name, Presence presence) {
  return parsed_text<LocalDate>(name, presence, &parse_date,
                                " must be a date such as 2026-03-29, from 2000 to 2100.");
}

std::optional<LocalTime> FieldReader::time(std::string_view name, Presence presence) {
  return parsed_text<LocalTime>(name, presence, &parse_time, " must be a time such as 14:30.");
}

std::optional<LocalTime> FieldReader::end_time(std::string_view name) {
  return parsed_text<LocalTime>(name, Presence::required, &parse_end_time,
                                " must be a time such as 14:30, at most 24:00.");
}

std::optional<Instant> FieldReader::instant(std::string_view name, Presence presence) {
  return parsed_text<Instant>(name, presence, &parse_instant,
                              " must be a time with an offset such as 2026-03-29T12:30:00Z.");
}

std::optional<std::string> FieldReader::text(std::string_view name, TextLimits limits,
                                             Presence presence) {
  const Found found = look_up(name, presence);
  if (found.kind == Found::Kind::absent) return std::nullopt;
  if (found.kind != Found::Kind::text) {
    reject(name, "invalid", sentence(name, " must be a text."));
    return std::nullopt;
  }
  const std::size_t length = count_characters(found.text);
  if (length < limits.min) {
    reject(name, "too_short",
           sentence(name, " must have at least ") + std::to_string(limits.min) +
               (limits.min == 1 ? " character." : " characters."));
  } else if (length > limits.max) {
    reject(name, "too_long",
           sentence(name, " must have at most ") + std::to_string(limits.max) + " characters.");
  } else if (limits.one_line && !fits_one_line(found.text)) {
    reject(name, "invalid", sentence(name, " must be a single line that is not blank."));
  } else {
    return std::string(found.text);
  }
  return std::nullopt;
}

std::optional<std::string_view> FieldReader::choice(std::string_view name,
                                                    std::initializer_list<std::string_view> choices,
                                                    Presence presence) {
  const Found found = look_up(name, presence);
  if (found.kind == Found::Kind::absent) return std::nullopt;
  std::string expectation = " must be one of";
  for (const std::string_view candidate : choices) {
    if (found.kind == Found::Kind::text && found.text == candidate) return candidate;
    expectation.append(expectation.ends_with("of") ? " " : ", ").append(candidate);
  }
  reject(name, "invalid", sentence(name, expectation) + ".");
  return std::nullopt;
}

std::optional<std::int64_t> FieldReader::whole_number(std::string_view name, std::int64_t min,
                                                      std::int64_t max, Presence presence) {
  const Found found = look_up(name, presence, Found::Kind::integer);
  if (found.kind == Found::Kind::absent) return std::nullopt;
  if (found.kind != Found::Kind::integer) {
    reject(name, "invalid", sentence(name, " must be a whole number."));
  } else if (found.overflow || found.integer < min || found.integer > max) {
    reject(name, "out_of_range",
           sentence(name, " must be from ") + std::to_string(min) + " to " + std::to_string(max) +
               ".");
  } else {
    return found.integer;
  }
  return std::nullopt;
}

std::optional<bool> FieldReader::boolean(std::string_view name, Presence presence) {
  const Found found = look_up(name, presence, Found::Kind::boolean);
  if (found.kind == Found::Kind::absent) return std::nullopt;
  if (found.kind == Found::Kind::boolean) return found.boolean;
  reject(name, "invalid", sentence(name, " must be true or false."));
  return std::nullopt;
}

Fields::Fields(const boost::json::value& value) {
  if (value.is_null()) return;
  if (!value.is_object()) {
    reject_all("The body must be a JSON object.");
    return;
  }
  object_ = &value.get_object();
  asked_.resize(object_->size(), false);
}

bool Fields::given(std::string_view name) const {
  return object_ != nullptr && object_->contains(name);
}

const boost::json::value* Fields::nested(std::string_view name, Presence presence) {
  if (look_up(name, presence, Found::Kind::other).kind == Found::Kind::absent) return nullptr;
  const boost::json::value& value = *object_->if_contains(name);
  if (value.is_object()) return &value;
  reject(name, "invalid", sentence(name, " must be an object."));
  return nullptr;
}

const boost::json::array* Fields::array(std::string_view name, std::size_t max_count,
                                        Presence presence) {
  if (look_up(name, presence).kind == Found::Kind::absent) return nullptr;
  const auto* array = object_->if_contains(name)->if_array();
  if (array != nullptr && array->size() <= max_count) return array;
  const auto most = " must be a list of at most " + std::to_string(max_count) + ".";
  reject(name, array == nullptr ? "invalid" : "too_long", sentence(name, most));
  return nullptr;
}

std::optional<std::vector<Uuid>> Fields::uuids(std::string_view name, std::size_t max_count) {
  const auto* items = array(name, max_count);
  if (items == nullptr) return std::nullopt;
  std::vector<Uuid> uuids;
  for (const auto& item : *items) {
    const auto uuid = item.is_string() ? Uuid::parse(item.get_string()) : std::nullopt;
    if (uuid) uuids.push_back(*uuid);
  }
  if (uuids.size() == items->size()) return uuids;
  reject(name, "invalid", sentence(name, " must be a list of ids (UUIDs)."));
  return std::nullopt;
}

std::optional<std::vector<std::int32_t>> Fields::integers(std::string_view name,
                                                          std::size_t max_count, std::int32_t min,
                                                          std::int32_t max) {
  const auto* items = array(name, max_count);
  if (items == nullptr) return std::nullopt;
  std::vector<std::int32_t> numbers;
  for (const auto& item : *items) {
    const auto* number = item.if_int64();
    if (number == nullptr) {
      reject(name, "invalid", sentence(name, " must be a list of whole numbers."));
      return std::nullopt;
    }
    if (*number < min || *number > max) {
      reject(name, "out_of_range",
             sentence(name, " must hold numbers from " + std::to_string(min) + " to " +
                                std::to_string(max) + "."));
      return std::nullopt;
    }
    if (std::ranges::find(numbers, *number) != numbers.end()) {
      reject(name, "repeated", sentence(name, " must not hold a number twice."));
      return std::nullopt;
    }
    numbers.push_back(static_cast<std::int32_t>(*number));
  }
  return numbers;
}

std::optional<std::vector<std::string>> Fields::texts(std::string_view name, std::size_t max_count,
                                                      bool may_be_absent) {
  const auto* items =
      array(name, max_count, may_be_absent ? Presence::optional : Presence::required);
  if (items == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : *items) {
    if (item.is_string()) texts.emplace_back(item.get_string());
  }
  if (texts.size() == items->size()) return texts;
  reject(name, "invalid", sentence(name, " must be a list of texts."));
  return std::nullopt;
}

FieldReader::Found Fields::find(std::string_view name, Found::Kind /*wanted*/) {
  using Kind = Found::Kind;
  if (object_ == nullptr) return {};
  const auto member = object_->find(name);
  if (member == object_->end()) return {};
  asked_[static_cast<std::size_t>(member - object_->begin())] = true;
  const boost::json::value& value = member->value();
  switch (value.kind()) {
    case boost::json::kind::null:
      return {};
    case boost::json::kind::bool_:
      return {.kind = Kind::boolean, .boolean = value.get_bool()};
    case boost::json::kind::string: {
      const auto& text = value.get_string();
      return {.kind = Kind::text, .text = {text.data(), text.size()}};
    }
    case boost::json::kind::int64:
      return {.kind = Kind::integer, .integer = value.get_int64()};
    case boost::json::kind::uint64:
      return {.kind = Kind::integer, .overflow = true};
    case boost::json::kind::double_: {
      // JSON has one number type: 2.0 and 2e0 are the integer 2.
      const double number = value.get_double();
      if (std::trunc(number) != number) return {.kind = Kind::other};
      if (std::abs(number) > max_exact_double) return {.kind = Kind::integer, .overflow = true};
      return {.kind = Kind::integer, .integer = static_cast<std::int64_t>(number)};
    }
    default:
      return {.kind = Kind::other};
  }
}

void Fields::reject_unknown() {
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    if (asked_[i]) continue;
    const auto key = (object_->begin() + static_cast<std::ptrdiff_t>(i))->key();
    const std::string_view name(key.data(), key.size());
    reject(shortened(name), "unknown_field", "This field is not known here.");
  }
}

FieldReader::Found QueryFields::read_as(Found::Kind wanted, std::string_view text) {
  using Kind = Found::Kind;
  if (wanted == Kind::boolean && (text == "true" || text == "false")) {
    return {.kind = Kind::boolean, .boolean = text == "true"};
  }
  if (wanted == Kind::integer) {
    Found found{.kind = Kind::integer};
    const auto [stop, problem] = std::from_chars(text.begin(), text.end(), found.integer);
    found.overflow = problem == std::errc::result_out_of_range;
    if (stop == text.end() && (problem == std::errc{} || found.overflow)) return found;
  }
  return {.kind = Kind::text, .text = text};
}

FieldReader::Found QueryFields::find(std::string_view name, Found::Kind wanted) {
  Found found;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (parameters_[i].first != name) continue;
    if (found.kind != Found::Kind::absent && !asked_[i]) {
      reject(name, "repeated", sentence(name, " must be given once."));
    }
    if (found.kind == Found::Kind::absent) {
      found = read_as(wanted, parameters_[i].second);
    }
    asked_[i] = true;
  }
  return found;
}

void QueryFields::reject_unknown() {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (asked_[i]) continue;
    reject(shortened(parameters_[i].first), "unknown_field", "This parameter is not known here.");
  }
}

}  // namespace frontdesk::http
