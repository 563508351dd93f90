#include "http/head_check.hpp"

#include "core/utf8.hpp"
#include "http/field_syntax.hpp"
#include "http/request_target.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>
#include <utility>

namespace frontdesk::http {
namespace {

using Refusal = std::optional<Error>;

constexpr std::size_t usual_field_count = 16;

Error target_too_long() {
  return {.kind = ErrorKind::target_too_long,
          .code = "target_too_long",
          .message = "The address of the request is longer than 4 KB."};
}

/// A head over its limit, by what makes it so long. `head` may have no end yet.
Error head_too_long(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\r'));
  const auto target = std::min(line.find(' '), line.size());
  const auto after = std::min(line.find(' ', target + 1), line.size());
  if (after - target > target_limit_bytes) return target_too_long();
  return {.kind = ErrorKind::headers_too_large,
          .code = "headers_too_large",
          .message = "The headers of the request are longer than 8 KB."};
}

struct ValueBytes {
  bool has_control;
  bool has_eight_bit;
};

/// Looks at every byte without a branch: most of a head is values, and this way the compiler
/// compares sixteen at a time.
ValueBytes look_at(std::string_view value) {
  unsigned char control = 0;
  unsigned char all = 0;
  for (const char c : value) {
    control |= static_cast<unsigned char>(!is_value_byte(c));
    all |= static_cast<unsigned char>(c);
  }
  return {control != 0, (all & 0x80) != 0};
}

/// Reads one head, field by field, into a CheckedHead.
class HeadReader {
 public:
  Refusal request_line(std::string_view line);
  Refusal field_line(std::string_view line);
  Refusal finish();
  CheckedHead take() { return std::move(head_); }

 private:
  Refusal special_field(std::string_view name, std::string_view value);
  Refusal content_length(std::string_view value);
  Refusal transfer_encoding(std::string_view value);
  Refusal connection(std::string_view value);
  Refusal expect(std::string_view value);
  Refusal host();

  CheckedHead head_;
  std::string target_authority_;
  std::size_t hosts_ = 0;
  bool asked_to_close_ = false;
  bool asked_to_keep_alive_ = false;
  bool unknown_expectation_ = false;
  bool has_content_length_ = false;
  bool has_transfer_encoding_ = false;
};

Refusal HeadReader::request_line(std::string_view line) {
  const auto method_end = line.find(' ');
  const auto target_end = line.rfind(' ');
  if (method_end == std::string_view::npos || method_end == target_end) {
    return malformed_request("The request line is not: method, target, version.");
  }
  const std::string_view method = line.substr(0, method_end);
  const std::string_view target = line.substr(method_end + 1, target_end - method_end - 1);
  const std::string_view version = line.substr(target_end + 1);
  if (!is_token(method)) return malformed_request("The method is not a token.");
  if (target.size() > target_limit_bytes) return target_too_long();
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return malformed_request("The version is neither HTTP/1.1 nor HTTP/1.0.");
  }
  auto parsed = parse_request_target(method, target);
  if (!parsed) return std::move(parsed.error());
  head_.is_http_1_0 = version.back() == '0';
  head_.request.method = method;
  head_.request.target = std::move(parsed->path_and_query);
  target_authority_ = std::move(parsed->authority);
  return {};
}

Refusal HeadReader::field_line(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') {
    return malformed_request("A header is folded over several lines.");
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return malformed_request("A header's name is not a token followed by a colon.");
  }
  const std::string_view value = trim_white_space(line.substr(colon + 1));
  const ValueBytes bytes = look_at(value);
  if (bytes.has_control) {
    return malformed_request("A header's value holds a control character.");
  }
  // obs-text is allowed as far as it is UTF-8 (cookies of other programs), so that nobody behind
  // this point has to cope with other bytes.
  if (bytes.has_eight_bit && !is_utf8(value)) {
    return malformed_request("A header's value is not UTF-8.");
  }
  auto& fields = head_.request.fields;
  if (fields.empty()) fields.reserve(usual_field_count);
  if (fields.size() == field_limit) return malformed_request("The request has over 100 headers.");
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(), to_lower_ascii);
  auto& field = fields.emplace_back(std::move(name), value);
  return special_field(field.first, field.second);
}

Refusal HeadReader::special_field(std::string_view name, std::string_view value) {
  switch (name.size()) {
    case 4:
      if (name == "host") ++hosts_;
      return {};
    case 6:
      return name == "expect" ? expect(value) : Refusal{};
    case 10:
      return name == "connection" ? connection(value) : Refusal{};
    case 14:
      return name == "content-length" ? content_length(value) : Refusal{};
    case 17:
      return name == "transfer-encoding" ? transfer_encoding(value) : Refusal{};
    default:
      return {};
  }
}

Refusal HeadReader::content_length(std::string_view value) {
  if (std::exchange(has_content_length_, true)) {
    return malformed_request("Content-Length is repeated.");
  }
  // from_chars takes neither a sign for unsigned types nor white space, and reports overflow.
  std::uint64_t length_bytes = 0;
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), length_bytes);
  if (error != std::errc{} || end != value.data() + value.size()) {
    return malformed_request("Content-Length is not a number.");
  }
  head_.body = {BodyFraming::Kind::content_length, length_bytes};
  return {};
}

Refusal HeadReader::transfer_encoding(std::string_view value) {
  if (std::exchange(has_transfer_encoding_, true) || !equals_ignoring_case(value, "chunked")) {
    return malformed_request("Transfer-Encoding is not exactly one `chunked`.");
  }
  head_.body = {BodyFraming::Kind::chunked, 0};
  return {};
}

Refusal HeadReader::connection(std::string_view value) {
  bool valid = true;
  for_each_element(value, [&](std::string_view option) {
    valid = valid && is_token(option);
    asked_to_close_ = asked_to_close_ || equals_ignoring_case(option, "close");
    asked_to_keep_alive_ = asked_to_keep_alive_ || equals_ignoring_case(option, "keep-alive");
  });
  return valid ? Refusal{} : malformed_request("Connection is not a list of tokens.");
}

Refusal HeadReader::expect(std::string_view value) {
  if (equals_ignoring_case(value, "100-continue")) {
    head_.expects_continue = true;
  } else {
    unknown_expectation_ = true;
  }
  return {};
}

Refusal HeadReader::host() {
  if (hosts_ > 1) return malformed_request("Host is repeated.");
  if (hosts_ == 0 && !head_.is_http_1_0) return malformed_request("Host is missing.");
  auto& fields = head_.request.fields;
  const auto field = std::ranges::find(fields, "host", [](const auto& f) { return f.first; });
  if (field != fields.end() && !is_host_and_port(field->second)) {
    return malformed_request("Host is not a name or address with an optional port.");
  }
  if (target_authority_.empty()) return {};
  if (field != fields.end()) {
    field->second = std::move(target_authority_);
  } else {
    fields.emplace_back("host", std::move(target_authority_));
  }
  return {};
}

Refusal HeadReader::finish() {
  if (auto refusal = host()) return refusal;
  if (has_transfer_encoding_ && (has_content_length_ || head_.is_http_1_0)) {
    return malformed_request("Transfer-Encoding stands beside Content-Length or in HTTP/1.0.");
  }
  if (unknown_expectation_) {
    return Error{.kind = ErrorKind::expectation_failed,
                 .code = "expectation_failed",
                 .message = "The only expectation that can be met is 100-continue."};
  }
  // RFC 9110 section 10.1.1: in HTTP/1.0 the expectation is to be ignored.
  if (head_.is_http_1_0) head_.expects_continue = false;
  head_.keep_alive = !asked_to_close_ && (!head_.is_http_1_0 || asked_to_keep_alive_);
  return {};
}

}  // namespace

Result<std::optional<std::size_t>> find_head_end(std::string_view bytes, std::size_t& scanned) {
  if (!bytes.empty() && !is_token_byte(bytes.front())) {
    return refuse(malformed_request("The request does not begin with a method."));
  }
  const std::string_view allowed = bytes.substr(0, head_limit_bytes);
  while (scanned < allowed.size()) {
    const auto line_feed = allowed.find('\n', scanned);
    if (line_feed == std::string_view::npos) break;
    const std::string_view before = allowed.substr(0, line_feed);
    if (!before.ends_with('\r')) {
      return refuse(malformed_request("A line of the head does not end with CR LF."));
    }
    scanned = line_feed + 1;
    if (before.ends_with("\r\n\r")) return scanned;
  }
  scanned = allowed.size();
  if (bytes.size() >= head_limit_bytes) return refuse(head_too_long(allowed));
  return std::nullopt;
}

Result<CheckedHead> check_head(std::string_view head) {
  if (head.size() > head_limit_bytes) return refuse(head_too_long(head));
  HeadReader reader;
  bool first = true;
  while (true) {
    const auto end = head.find("\r\n");
    if (end == std::string_view::npos) {
      return refuse(malformed_request("The head has no end."));
    }
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    if (line.empty() && !first) break;
    auto refusal = first ? reader.request_line(line) : reader.field_line(line);
    if (refusal) return refuse(*std::move(refusal));
    first = false;
  }
  if (!head.empty()) return refuse(malformed_request("The head goes on behind its end."));
  if (auto refusal = reader.finish()) return refuse(*std::move(refusal));
  return reader.take();
}

}  // namespace frontdesk::http
