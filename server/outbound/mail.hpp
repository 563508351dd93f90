#pragma once

#include "outbound/smtp_server.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace frontdesk::outbound {

/// A part of a mail beside its text and HTML.
struct MailPart {
  std::string content_type;  ///< with parameters: `text/calendar; method=REQUEST; charset=utf-8`
  std::string filename;
  std::string content;
  bool is_alternative =
      false;  ///< one more form of the text: among the alternatives, without a name
};

/// A mail to one person, before it has a form. All texts are UTF-8; none but the bodies holds CR or
/// LF (R33).
struct Mail {
  Mailbox from;
  Mailbox to;
  std::string subject;
  std::string text;
  std::string html = {};  ///< may be empty
  std::vector<MailPart> parts = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< more: name, value
  std::string message_id;                                         ///< `id@domain`
  std::chrono::system_clock::time_point date;
};

/// The mail as it goes over the line (RFC 5322, 2045, 2047, 2231), lines ending with CR LF: text
/// and HTML as alternatives, files beside them; marked as sent by a program (RFC 3834).
std::string compose(const Mail& mail);

/// `address` with its domain in ASCII (RFC 5890); empty where the local part is not ASCII, which
/// only few servers take (RFC 6531).
std::string ascii_address(const std::string& address);

}  // namespace frontdesk::outbound
