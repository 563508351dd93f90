#include "http/strict_json.hpp"

#include <cmath>
#include <cstdint>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

namespace frontdesk::http {
namespace {

namespace json = boost::json;
using json::error_code;

/// Builds the value as Boost's own parser does, and refuses on the way what R30 refuses.
class StrictHandler {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  StrictHandler() { stack_.reset(); }

  bool on_document_begin(error_code& /*error*/) { return true; }
  bool on_document_end(error_code& /*error*/) { return true; }
  bool on_array_begin(error_code& /*error*/) { return true; }
  bool on_object_begin(error_code& /*error*/) { return true; }
  bool on_array_end(std::size_t size, error_code& /*error*/) {
    stack_.push_array(size);
    return true;
  }
  bool on_object_end(std::size_t size, error_code& /*error*/) {
    members_read_ += size;
    stack_.push_object(size);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t /*total*/, error_code& error) {
    if (!accept_text(part, error)) return false;
    stack_.push_chars(part);
    return true;
  }
  bool on_key(json::string_view rest, std::size_t /*total*/, error_code& error) {
    if (!accept_text(rest, error)) return false;
    stack_.push_key(rest);
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t /*total*/, error_code& error) {
    if (!accept_text(part, error)) return false;
    stack_.push_chars(part);
    return true;
  }
  bool on_string(json::string_view rest, std::size_t /*total*/, error_code& error) {
    if (!accept_text(rest, error)) return false;
    stack_.push_string(rest);
    return true;
  }
  bool on_number_part(json::string_view /*part*/, error_code& /*error*/) { return true; }
  bool on_int64(std::int64_t number, json::string_view /*text*/, error_code& /*error*/) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view /*text*/, error_code& /*error*/) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view /*text*/, error_code& error) {
    if (!std::isfinite(number)) return refuse_with(json::error::exponent_overflow, error);
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool boolean, error_code& /*error*/) {
    stack_.push_bool(boolean);
    return true;
  }
  bool on_null(error_code& /*error*/) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view /*part*/, error_code& /*error*/) { return true; }
  bool on_comment(json::string_view /*part*/, error_code& /*error*/) { return true; }

  json::value release() { return stack_.release(); }
  /// Members as the text had them; the value keeps only the last of several with one name.
  [[nodiscard]] std::size_t members_read() const { return members_read_; }

 private:
  static bool refuse_with(json::error reason, error_code& error) {
    error = json::make_error_code(reason);
    return false;
  }
  static bool accept_text(json::string_view text, error_code& error) {
    if (text.find('\0') == json::string_view::npos) return true;
    return refuse_with(json::error::syntax, error);
  }

  json::value_stack stack_;
  std::size_t members_read_ = 0;
};

std::size_t count_members(const json::value& value) {
  std::size_t count = 0;
  if (value.is_object()) {
    count = value.get_object().size();
    for (const auto& member : value.get_object()) count += count_members(member.value());
  } else if (value.is_array()) {
    for (const auto& element : value.get_array()) count += count_members(element);
  }
  return count;
}

Error malformed(std::string message) {
  return Error{
      .kind = ErrorKind::malformed, .code = "malformed_json", .message = std::move(message)};
}

}  // namespace

Result<json::value> parse_strict_json(std::string_view text) {
  json::basic_parser<StrictHandler> parser(json::parse_options{});
  error_code error;
  const std::size_t parsed = parser.write_some(false, text.data(), text.size(), error);
  if (error || parsed != text.size() || !parser.done()) {
    return refuse(malformed("The body is not valid JSON."));
  }
  json::value value = parser.handler().release();
  if (count_members(value) != parser.handler().members_read()) {
    return refuse(malformed("The body names a field twice."));
  }
  return value;
}

}  // namespace frontdesk::http
