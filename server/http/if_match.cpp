#include "http/if_match.hpp"

#include <charconv>

namespace frontdesk::http {

Result<std::optional<std::int64_t>> read_if_match(std::string_view if_match) {
  if (if_match.empty() || if_match == "*") return std::nullopt;
  std::string_view digits = if_match;
  if (digits.size() >= 2 && digits.front() == '"' && digits.back() == '"') {
    digits = digits.substr(1, digits.size() - 2);
  }
  std::int64_t version = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), version);
  if (problem != std::errc{} || end != digits.data() + digits.size() || version < 0) {
    return refuse(Error{.kind = ErrorKind::malformed,
                        .code = "invalid_if_match",
                        .message = "If-Match takes the version of what is to be changed."});
  }
  return version;
}

}  // namespace frontdesk::http
