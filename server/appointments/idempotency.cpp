#include "appointments/idempotency.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <boost/json/serialize.hpp>

namespace frontdesk::appointments {
namespace {

constexpr std::size_t longest_key = 255;

bool is_printable(char c) {
  return c >= 0x20 && c <= 0x7e;
}

// Recursion is bounded by the depth that strict JSON admits (R30).
void append_canonical(std::string& out, const boost::json::value& value) {
  if (const auto* object = value.if_object()) {
    std::vector<const boost::json::key_value_pair*> members;
    members.reserve(object->size());
    for (const auto& member : *object) members.push_back(&member);
    std::ranges::sort(members, {}, [](const auto* member) { return member->key(); });
    out.push_back('{');
    for (const auto* member : members) {
      out.append(boost::json::serialize(member->key()));
      out.push_back(':');
      append_canonical(out, member->value());
      out.push_back(',');
    }
    out.push_back('}');
  } else if (const auto* array = value.if_array()) {
    out.push_back('[');
    for (const auto& element : *array) {
      append_canonical(out, element);
      out.push_back(',');
    }
    out.push_back(']');
  } else {
    out.append(boost::json::serialize(value));
  }
}

}  // namespace

Result<std::optional<IdempotencyKey>> read_key(std::string_view header, std::string_view route,
                                               std::string_view path,
                                               const boost::json::value& body) {
  if (header.empty()) return std::nullopt;
  if (header.size() > longest_key || !std::ranges::all_of(header, is_printable)) {
    return refuse(Error{.kind = ErrorKind::malformed,
                        .code = "invalid_idempotency_key",
                        .message = "An Idempotency-Key has 1 to 255 printable characters."});
  }
  return IdempotencyKey{.route = std::string(route),
                        .key = std::string(header),
                        .fingerprint = fingerprint_of(path, body)};
}

Sha256Digest fingerprint_of(std::string_view path, const boost::json::value& body) {
  std::string text(path);
  text.push_back('\n');
  append_canonical(text, body);
  return sha256(text);
}

Result<Answer> repeat(const Sha256Digest& fingerprint, const Sha256Digest& kept, Answer answer) {
  if (fingerprint == kept) return answer;
  return refuse(Error{.kind = ErrorKind::invalid,
                      .code = "idempotency_key_reused",
                      .message = "This Idempotency-Key was used for another request."});
}

Error request_in_progress() {
  return Error{.kind = ErrorKind::conflict,
               .code = "request_in_progress",
               .message = "A request with this Idempotency-Key is still being answered.",
               .retry_after = std::chrono::seconds{1}};
}

}  // namespace frontdesk::appointments
