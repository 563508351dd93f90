// What the strict parser accepts keeps every rule of R30, and whatever a body holds, the answer to
// it is itself strict JSON.
#include "core/ensure.hpp"
#include "core/utf8.hpp"
#include "http/fields.hpp"
#include "http/response.hpp"
#include "http/strict_json.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include <boost/json/serialize.hpp>

namespace {

namespace json = boost::json;
using frontdesk::http::Fields;

/// The deepest nesting in a text that is JSON, by its brackets alone.
std::size_t depth_of(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  ENSURE(depth == 0 && !in_string);
  return deepest;
}

void check_text(json::string_view text) {
  ENSURE(frontdesk::is_utf8({text.data(), text.size()}));
  ENSURE(text.find('\0') == json::string_view::npos);
}

void check_value(const json::value& value) {
  if (value.is_string()) check_text(value.get_string());
  if (value.is_double()) ENSURE(std::isfinite(value.get_double()));
  if (value.is_array()) {
    for (const json::value& element : value.get_array()) check_value(element);
  }
  if (value.is_object()) {
    std::set<std::string> names;
    for (const auto& member : value.get_object()) {
      check_text(member.key());
      ENSURE(names.insert(std::string(member.key())).second);
      check_value(member.value());
    }
  }
}

/// Boost reads a long fraction to within a last digit, so a double need not survive the way out and
/// back.
bool holds_double(const json::value& value) {
  if (value.is_array()) return std::ranges::any_of(value.get_array(), holds_double);
  if (value.is_object()) {
    return std::ranges::any_of(value.get_object(),
                               [](const auto& member) { return holds_double(member.value()); });
  }
  return value.is_double();
}

/// Reads the value as a booking's body would be, and holds what is answered to the same parser.
void check_fields(const json::value& value) {
  Fields fields(value);
  fields.id<frontdesk::ServiceId>("service_id");
  fields.optional_text("notes", {.max = 20});
  fields.text("name", {.min = 1, .max = 20, .one_line = true});
  fields.optional_integer<std::int32_t>("party_size", 1, 100);
  fields.optional_boolean("override");
  fields.optional_date("date");
  fields.optional_time("time");
  fields.optional_instant("starts_at");
  fields.optional_object("customer", [](Fields& customer) { customer.text("name"); });
  const auto error = fields.error();
  if (!error) return;
  ENSURE(error->fields.size() <= 50);
  ENSURE(frontdesk::http::parse_strict_json(frontdesk::http::refusal(*error).body));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = frontdesk::http::parse_strict_json(text);
  if (!value) {
    ENSURE(value.error().kind == frontdesk::ErrorKind::malformed);
    return 0;
  }
  ENSURE(frontdesk::is_utf8(text) && !text.contains('\0'));
  ENSURE(depth_of(text) <= 32);
  check_value(*value);
  const auto again = frontdesk::http::parse_strict_json(json::serialize(*value));
  ENSURE(again && (holds_double(*value) || *again == *value));
  check_fields(*value);
  return 0;
}
