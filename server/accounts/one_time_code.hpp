#pragma once

#include "core/digest.hpp"
#include "core/email_address.hpp"
#include "core/uuid.hpp"

#include <string>
#include <string_view>

namespace frontdesk::accounts {

/// What a code is for. A code of one purpose is worthless for another (R01).
enum class CodePurpose { email_verification, password_reset, email_change, phone_verification };

/// `email_verification`; the text in code_sends.purpose.
std::string_view text_of(CodePurpose purpose);

/// A new six-digit code from the system CSPRNG, leading zeros kept (R01).
std::string generate_code();

/// How codes rest in the database: as HMAC-SHA-256 under a key of the server, bound to their
/// purpose, their flow and their address or number (R01). Safe to use from several threads.
class CodeSealer {
 public:
  explicit CodeSealer(std::span<const std::uint8_t> key) : key_(key) {}

  [[nodiscard]] Sha256Digest seal(CodePurpose purpose, const Uuid& flow,
                                  const EmailAddress& address, std::string_view code) const {
    return seal(purpose, flow, address.text(), code);
  }
  /// `target`: an address or number in its one form, without NUL.
  [[nodiscard]] Sha256Digest seal(CodePurpose purpose, const Uuid& flow, std::string_view target,
                                  std::string_view code) const;

 private:
  HmacSha256Key key_;
};

}  // namespace frontdesk::accounts
