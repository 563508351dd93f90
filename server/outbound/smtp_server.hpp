#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::outbound {

/// A mail server that takes our messages, and how to talk to it.
struct SmtpServer {
  enum class Tls : std::uint8_t {
    implicit,  ///< from the first byte (RFC 8314)
    starttls,  ///< asked for, and nothing is said without it (RFC 3207)
    never,
  };

  std::string host;  ///< a name, or an address; IPv6 without brackets
  std::uint16_t port = 0;
  Tls tls = Tls::starttls;
  std::string user;  ///< empty: no login
  std::string password;

  /// What EHLO says.
  std::string own_name = "localhost";
  /// PEM file of authorities that count beside the system's; may be empty.
  std::string ca_file;
};

/// Reads `smtp://user:password@mail.example.org:587` or `smtps://…`. The user and the password are
/// percent-encoded. Ports default to 587 and 465. `smtp` uses STARTTLS and sends nothing where the
/// server has none, but to a loopback host, which is spoken to as it is; `?tls=required` and
/// `?tls=never` say otherwise. Refuses, with a sentence that holds no part of a password, anything
/// else, and a password that would leave the machine in clear text.
std::expected<SmtpServer, std::string> parse_smtp_url(std::string_view url);

/// A sender or a recipient: `Name <address>`.
struct Mailbox {
  std::string name;  ///< any text on one line; may be empty
  std::string address;

  [[nodiscard]] std::string_view domain() const {
    return std::string_view(address).substr(address.find('@') + 1);
  }
};

/// Reads `Name <address>`, `"Name" <address>` or a plain address. nullopt for anything else.
std::optional<Mailbox> parse_mailbox(std::string_view text);

}  // namespace frontdesk::outbound
