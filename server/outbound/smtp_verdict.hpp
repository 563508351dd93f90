#pragma once

#include "outbound/verdict.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace frontdesk::outbound {

/// How far the talk with a mail server went: what was said last (RFC 5321).
enum class SmtpStage : std::uint8_t {
  connecting,
  greeting,  ///< the server's, and EHLO
  starttls,
  login,      ///< AUTH
  sender,     ///< MAIL
  recipient,  ///< RCPT
  data,       ///< DATA
  content,    ///< the whole message; how that ended is not known until it is answered
};

/// What the log and the dead letter call it.
std::string_view name_of(SmtpStage stage);

/// All that is known of an attempt.
struct SmtpEnd {
  bool is_accepted = true;
  SmtpStage stage = SmtpStage::connecting;
  unsigned reply = 0;      ///< the server's last one, 0 where there was none at this stage
  std::string reply_text;  ///< its last line
  std::string fault;       ///< what broke, where it was no reply
};

/// A server that refuses our login or our sender is unavailable: that is configuration, and no
/// message may be lost for it. One that hangs or hangs up over a message has refused it for now,
/// unless it has all of it: then it may have taken it.
Verdict judge(const SmtpEnd& end);

/// Whether the server is worth calling again: it did its work, or refused a message for what that
/// is (the circuit's question, R72).
bool is_serving(const SmtpEnd& end);

}  // namespace frontdesk::outbound
