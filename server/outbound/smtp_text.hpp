#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::outbound {

/// A server's answer, all its lines (RFC 5321 4.2.1).
struct SmtpReply {
  unsigned code = 0;
  std::string text;  ///< as it came, lines parted by LF; the code is part of each

  [[nodiscard]] bool is_good() const { return code >= 200 && code < 400; }
  [[nodiscard]] std::string_view last_line() const;
  /// Whether it answers EHLO with this keyword (`STARTTLS`, `PIPELINING`).
  [[nodiscard]] bool offers(std::string_view keyword) const;
  /// Whether it answers EHLO with `AUTH …` that names this mechanism.
  [[nodiscard]] bool offers_login_by(std::string_view mechanism) const;
};

/// Takes a whole reply off the front of `input`. nullopt while there is none yet. Throws
/// std::runtime_error where what came is no reply, or has more than 16 KB.
std::optional<SmtpReply> take_reply(std::string& input);

/// A message as it follows DATA: lines that begin with a dot have one more, and a single one ends
/// it (RFC 5321 4.5.2). Lines of `mail` end with CR LF.
std::string as_content(std::string_view mail);

}  // namespace frontdesk::outbound
