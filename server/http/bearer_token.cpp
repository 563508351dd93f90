#include "http/bearer_token.hpp"

#include "http/field_syntax.hpp"

namespace frontdesk::http {
namespace {

/// `token68` of RFC 9110 section 11.2.
bool is_token68(std::string_view text) {
  const auto end = text.find_last_not_of('=');
  if (end == std::string_view::npos) return false;
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
  return text.substr(0, end + 1).find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

Credentials read_credentials(const RequestHead& head) {
  Credentials credentials;
  for (const auto& [name, value] : head.fields) {
    if (name != "authorization") continue;
    if (credentials.present) return {.present = true, .bearer_token = std::nullopt};
    credentials.present = true;
    const auto space = value.find(' ');
    if (space == std::string::npos) continue;
    const std::string_view text = value;
    const std::string_view token = trim_white_space(text.substr(space));
    if (equals_ignoring_case(text.substr(0, space), "Bearer") && is_token68(token)) {
      credentials.bearer_token = token;
    }
  }
  return credentials;
}

}  // namespace frontdesk::http
