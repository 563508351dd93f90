#pragma once

#include "core/uuid.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace frontdesk::observe {

/// How much it matters. `off` is for thresholds only.
enum class Level : std::uint8_t { debug, info, warning, error, off };

/// Reads `debug`, `info`, `warning`, `error` or `off`; nullopt for anything else.
std::optional<Level> parse_level(std::string_view name);
std::string_view name_of(Level level);

/// A named value of a log line, for the length of the call that logs it. Passwords, codes, tokens
/// and message bodies never are one (R33).
class LogField {
 public:
  using Value = std::variant<std::monostate, std::string_view, std::int64_t, double, bool, Uuid>;

  LogField(std::string_view key, std::string_view value) : key_(key), value_(value) {}
  LogField(std::string_view key, const char* value) : key_(key), value_(std::string_view(value)) {}
  LogField(std::string_view key, const std::string& value)
      : key_(key), value_(std::string_view(value)) {}
  LogField(std::string_view key, bool value) : key_(key), value_(value) {}
  LogField(std::string_view key, double value) : key_(key), value_(value) {}
  LogField(std::string_view key, const Uuid& value) : key_(key), value_(value) {}
  /// Nothing reads `null`.
  template <std::derived_from<Uuid> IdType>
  LogField(std::string_view key, const std::optional<IdType>& value) : key_(key) {
    if (value) value_ = static_cast<const Uuid&>(*value);
  }
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  LogField(std::string_view key, T value) : key_(key), value_(static_cast<std::int64_t>(value)) {}

  [[nodiscard]] std::string_view key() const { return key_; }
  [[nodiscard]] const Value& value() const { return value_; }

 private:
  std::string_view key_;  ///< a literal of ours: lower case with underscores
  Value value_;
};

using LogFields = std::initializer_list<LogField>;

/// One event.
struct LogEntry {
  std::chrono::system_clock::time_point time;
  Level level;
  std::string_view message;
  LogFields fields;
};

/// Appends one JSON object without a line end: `time` (RFC 3339 UTC, milliseconds), `level`,
/// `message`, then the fields. Whatever the texts hold, the result is one line of valid JSON:
/// control characters are escaped, bytes that are not UTF-8 become U+FFFD, a text of more than 4 KB
/// is cut.
void append_json_line(std::string& out, const LogEntry& entry);

/// Appends `message key=value …` for a person at a terminal; control characters, which could steer
/// the terminal, become `?`.
void append_readable_line(std::string& out, const LogEntry& entry);

}  // namespace frontdesk::observe
