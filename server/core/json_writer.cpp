#include "core/json_writer.hpp"

#include <charconv>

namespace frontdesk {

void JsonWriter::separate() {
  if (needs_comma_) out_.push_back(',');
  needs_comma_ = true;
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  out_.push_back('{');
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  out_.push_back('}');
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  out_.push_back('[');
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  out_.push_back(']');
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  out_.push_back('"');
  out_.append(name);
  out_.append("\":", 2);
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  out_.push_back('"');
  std::size_t clean_from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out_.append(text, clean_from, i - clean_from);
    clean_from = i + 1;
    switch (c) {
      case '"':
        out_.append("\\\"", 2);
        break;
      case '\\':
        out_.append("\\\\", 2);
        break;
      case '\n':
        out_.append("\\n", 2);
        break;
      case '\r':
        out_.append("\\r", 2);
        break;
      case '\t':
        out_.append("\\t", 2);
        break;
      default:
        out_.append("\\u00", 4);
        out_.push_back("0123456789abcdef"[c >> 4]);
        out_.push_back("0123456789abcdef"[c & 0x0f]);
    }
  }
  out_.append(text, clean_from);
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::value(bool boolean) {
  separate();
  out_.append(boolean ? "true" : "false");
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  separate();
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out_.append(digits, static_cast<std::size_t>(end - digits));
  return *this;
}

JsonWriter& JsonWriter::value(const Uuid& uuid) {
  separate();
  out_.push_back('"');
  uuid.append_to(out_);
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::value(Instant instant) {
  separate();
  out_.push_back('"');
  append_instant(out_, instant);
  out_.push_back('"');
  return *this;
}
JsonWriter& JsonWriter::value(LocalDate date) {
  separate();
  out_.push_back('"');
  append_date(out_, date);
  out_.push_back('"');
  return *this;
}
JsonWriter& JsonWriter::value(LocalTime time) {
  separate();
  out_.push_back('"');
  append_time(out_, time);
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::value(const Money& money) {
  begin_object();
  member("amount", money.amount_minor);
  member("currency", money.currency);
  return end_object();
}

JsonWriter& JsonWriter::null() {
  separate();
  out_.append("null", 4);
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_.append(json);
  return *this;
}

}  // namespace frontdesk
