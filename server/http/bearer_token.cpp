#include "http/bearer_token.hpp"

#include "http/field_syntax.hpp"

namespace frontdesk::http {

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
    if (equals_ignoring_case(text.substr(0, space), "Bearer") && !token.empty()) {
      credentials.bearer_token = token;
    }
  }
  return credentials;
}

}  // namespace frontdesk::http
