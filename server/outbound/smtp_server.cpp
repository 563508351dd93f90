#include "outbound/smtp_server.hpp"

#include "core/email_address.hpp"

#include <algorithm>
#include <charconv>

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>

namespace frontdesk::outbound {
namespace {

namespace urls = boost::urls;

constexpr std::uint16_t submission_port = 587;   // RFC 6409
constexpr std::uint16_t submissions_port = 465;  // RFC 8314

bool is_loopback(const std::string& host) {
  boost::system::error_code failure;
  const auto address = boost::asio::ip::make_address(host, failure);
  return failure ? host == "localhost" : address.is_loopback();
}

bool is_one_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// How TLS is used, or what is wrong with the way that the URL says it.
std::expected<SmtpServer::Tls, std::string> tls_of(const urls::url_view& url,
                                                   const std::string& host) {
  if (url.scheme() == "smtps") {
    if (url.has_query()) return std::unexpected("smtps:// takes no ?tls=");
    return SmtpServer::Tls::implicit;
  }
  if (!url.has_query()) {
    return is_loopback(host) ? SmtpServer::Tls::never : SmtpServer::Tls::starttls;
  }
  if (url.query() == "tls=required") return SmtpServer::Tls::starttls;
  if (url.query() == "tls=never") return SmtpServer::Tls::never;
  return std::unexpected("it takes ?tls=required or ?tls=never and nothing else after the port");
}

std::optional<std::uint16_t> port_of(const urls::url_view& url, SmtpServer::Tls tls) {
  if (!url.has_port()) return tls == SmtpServer::Tls::implicit ? submissions_port : submission_port;
  const std::string text(url.port());
  std::uint16_t port = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failure != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

}  // namespace

std::expected<SmtpServer, std::string> parse_smtp_url(std::string_view text) {
  const auto parsed = urls::parse_uri(text);
  if (!parsed || (parsed->scheme() != "smtp" && parsed->scheme() != "smtps")) {
    return std::unexpected("it is not a URL such as smtp://user:password@mail.example.org:587");
  }
  if (parsed->host().empty()) return std::unexpected("it names no host");
  if ((!parsed->encoded_path().empty() && parsed->encoded_path() != "/") ||
      parsed->has_fragment()) {
    return std::unexpected("it goes on after the port");
  }
  SmtpServer server;
  server.host = parsed->host_address();
  server.user = parsed->user();
  server.password = parsed->password();
  if (server.user.empty() != server.password.empty()) {
    return std::unexpected("it names a user without a password, or a password without a user");
  }
  if (!is_one_line(server.user) || !is_one_line(server.password) || !is_one_line(server.host)) {
    return std::unexpected("it holds a control character");
  }
  const auto tls = tls_of(*parsed, server.host);
  if (!tls) return std::unexpected(tls.error());
  server.tls = *tls;
  const auto port = port_of(*parsed, server.tls);
  if (!port) return std::unexpected("its port is not one from 1 to 65535");
  server.port = *port;
  if (server.tls == SmtpServer::Tls::never && !server.user.empty() && !is_loopback(server.host)) {
    return std::unexpected("with ?tls=never its password would leave this machine in clear text");
  }
  return server;
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
  text = trimmed(text);
  Mailbox mailbox;
  if (text.ends_with('>')) {
    const auto bracket = text.rfind('<');
    if (bracket == std::string_view::npos) return std::nullopt;
    auto name = trimmed(text.substr(0, bracket));
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
      name = name.substr(1, name.size() - 2);
    }
    mailbox.name = name;
    text = text.substr(bracket + 1, text.size() - bracket - 2);
  }
  const auto address = EmailAddress::parse(text);
  const bool is_plain_name = is_one_line(mailbox.name) && mailbox.name.size() <= 200 &&
                             mailbox.name.find_first_of("<>\"") == std::string::npos;
  if (!address || !is_plain_name) return std::nullopt;
  mailbox.address = address->text();
  return mailbox;
}

}  // namespace frontdesk::outbound
