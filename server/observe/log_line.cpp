#include "observe/log_line.hpp"

#include "core/json_writer.hpp"
#include "core/utf8.hpp"

#include <array>

#include <fmt/format.h>

namespace frontdesk::observe {
namespace {

constexpr std::array<std::string_view, 5> level_names{"debug", "info", "warning", "error", "off"};
constexpr std::size_t max_text_bytes = 4096;

std::string_view cut(std::string_view text) {
  if (text.size() <= max_text_bytes) return text;
  std::size_t end = max_text_bytes;
  while (end > max_text_bytes - 4 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

/// Every byte that is not part of a character becomes U+FFFD.
std::string repaired(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    std::size_t length = 1;
    while (length <= 4 && length <= text.size() && !is_utf8(text.substr(0, length))) ++length;
    if (length > 4 || length > text.size()) {
      result += "\xef\xbf\xbd";
      length = 1;
    } else {
      result += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return result;
}

void write_text(JsonWriter& json, std::string_view text) {
  text = cut(text);
  if (is_utf8(text)) {
    json.value(text);
  } else {
    json.value(repaired(text));
  }
}

/// The second's text changes once a second, but is wanted for every request.
std::string_view second_text(std::chrono::sys_seconds second) {
  thread_local std::chrono::sys_seconds cached{std::chrono::seconds{-1}};
  thread_local std::array<char, 20> text{};
  if (cached != second) {
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{second - day};
    fmt::format_to_n(text.data(), text.size(), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.",
                     static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
    cached = second;
  }
  return {text.data(), text.size()};
}

void append_time(std::string& out, std::chrono::system_clock::time_point time) {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(time - second).count();
  out.append(second_text(second));
  out.push_back(static_cast<char>('0' + milliseconds / 100));
  out.push_back(static_cast<char>('0' + milliseconds / 10 % 10));
  out.push_back(static_cast<char>('0' + milliseconds % 10));
  out.push_back('Z');
}

struct JsonValue {
  JsonWriter& json;
  void operator()(std::monostate /*nothing*/) const { json.null(); }
  void operator()(std::string_view text) const { write_text(json, text); }
  void operator()(std::int64_t number) const { json.value(number); }
  void operator()(bool boolean) const { json.value(boolean); }
  void operator()(const Uuid& uuid) const { json.value(uuid); }
  void operator()(double number) const {
    // JSON has no word for infinity.
    const std::string text = fmt::format("{}", number);
    if (text.find_first_not_of("0123456789.e+-") == std::string::npos) {
      json.raw(text);
    } else {
      json.value(text);
    }
  }
};

void append_printable(std::string& out, std::string_view text) {
  const std::string clean = is_utf8(text) ? std::string(cut(text)) : repaired(cut(text));
  for (const char c : clean) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(byte < 0x20 || byte == 0x7f ? '?' : c);
  }
}

struct ReadableValue {
  std::string& out;
  void operator()(std::monostate /*nothing*/) const { out += '-'; }
  void operator()(std::string_view text) const { append_printable(out, text); }
  void operator()(std::int64_t number) const { out += std::to_string(number); }
  void operator()(double number) const { out += fmt::format("{}", number); }
  void operator()(bool boolean) const { out += boolean ? "true" : "false"; }
  void operator()(const Uuid& uuid) const { uuid.append_to(out); }
};

}  // namespace

std::optional<Level> parse_level(std::string_view name) {
  for (std::size_t i = 0; i < level_names.size(); ++i) {
    if (level_names[i] == name) return static_cast<Level>(i);
  }
  return std::nullopt;
}

std::string_view name_of(Level level) {
  return level_names[static_cast<std::size_t>(level)];
}

void append_json_line(std::string& out, const LogEntry& entry) {
  out.append("{\"time\":\"");
  append_time(out, entry.time);
  out.append("\",\"level\":\"");
  out.append(name_of(entry.level));
  out.append("\",\"message\":");
  JsonWriter json(out);
  write_text(json, entry.message);
  for (const LogField& field : entry.fields) {
    json.key(field.key());
    std::visit(JsonValue{json}, field.value());
  }
  out.push_back('}');
}

void append_readable_line(std::string& out, const LogEntry& entry) {
  append_printable(out, entry.message);
  for (const LogField& field : entry.fields) {
    out.push_back(' ');
    out.append(field.key());
    out.push_back('=');
    std::visit(ReadableValue{out}, field.value());
  }
}

}  // namespace frontdesk::observe
