#include "accounts/one_time_code.hpp"

#include "core/random.hpp"

#include <fmt/format.h>

namespace frontdesk::accounts {

std::string_view text_of(CodePurpose purpose) {
  switch (purpose) {
    case CodePurpose::email_verification:
      return "email_verification";
    case CodePurpose::password_reset:
      return "password_reset";
    case CodePurpose::email_change:
      return "email_change";
    case CodePurpose::phone_verification:
      return "phone_verification";
  }
  return "";
}

std::string generate_code() {
  return fmt::format("{:06}", random_below(1'000'000));
}

Sha256Digest CodeSealer::seal(CodePurpose purpose, const Uuid& flow, std::string_view target,
                              std::string_view code) const {
  // NUL occurs in none of the parts, so no two lists of parts read the same.
  std::string text(text_of(purpose));
  text.push_back('\0');
  flow.append_to(text);
  text.push_back('\0');
  text.append(target);
  text.push_back('\0');
  text.append(code);
  return key_.digest(text);
}

}  // namespace frontdesk::accounts
