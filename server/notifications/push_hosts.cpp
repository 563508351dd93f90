#include "notifications/push_hosts.hpp"

#include "core/ensure.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace frontdesk::notifications {
namespace {

constexpr std::uint16_t https_port = 443;
constexpr std::size_t max_host_bytes = 253;

// Chrome and its relatives, Firefox, Edge, Safari.
constexpr std::array known{"fcm.googleapis.com", "*.push.services.mozilla.com",
                           "*.notify.windows.com", "*.push.apple.com"};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

bool is_label_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

// RFC 1123, in lower case: labels between dots.
bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > max_host_bytes) return false;
  if (host.front() == '.' || host.back() == '.') return false;
  if (host.find("..") != std::string_view::npos) return false;
  return std::ranges::all_of(host, [](char c) { return c == '.' || is_label_character(c); });
}

bool is_address(const std::string& host) {
  boost::system::error_code failure;
  boost::asio::ip::make_address(host, failure);
  return !failure;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failure != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

bool is_visible_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

PushHosts::PushHosts(std::vector<std::string> more) {
  more.insert(more.end(), known.begin(), known.end());
  for (const auto& text : more) {
    auto entry = parse(text);
    ENSURE(entry);
    entries_.push_back(std::move(*entry));
  }
}

bool PushHosts::is_entry(std::string_view text) {
  return parse(text).has_value();
}

std::optional<PushHosts::Entry> PushHosts::parse(std::string_view text) {
  Entry entry{{}, https_port, false};
  const auto colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && !text.ends_with(']');
  if (has_port) {
    const auto port = parse_port(text.substr(colon + 1));
    if (!port) return std::nullopt;
    entry.port = *port;
    text = text.substr(0, colon);
  }
  entry.host = lowered(text);
  if (text.starts_with('[') && text.ends_with(']')) {
    entry.host = entry.host.substr(1, entry.host.size() - 2);
    entry.is_address = true;
    const bool is_v6 = entry.host.find(':') != std::string::npos && is_address(entry.host);
    return is_v6 ? std::optional(std::move(entry)) : std::nullopt;
  }
  const bool has_wildcard = entry.host.starts_with("*.");
  if (has_wildcard) entry.host.erase(0, 1);
  if (!is_host_name(std::string_view(entry.host).substr(has_wildcard ? 1 : 0))) return std::nullopt;
  entry.is_address = !has_wildcard && is_address(entry.host);
  return entry;
}

std::optional<PushEndpoint> PushHosts::vet(std::string_view endpoint) const {
  if (endpoint.size() > max_endpoint_bytes || !is_visible_ascii(endpoint)) return std::nullopt;
  const auto url = boost::urls::parse_uri(endpoint);
  if (!url || lowered(url->scheme()) != "https" || url->has_userinfo() || url->has_fragment()) {
    return std::nullopt;
  }
  PushEndpoint found;
  found.host = lowered(url->encoded_host_address());
  if (url->has_port()) {
    const auto port = parse_port(url->port());
    if (!port) return std::nullopt;
    found.port = *port;
  }
  const auto entry = std::ranges::find_if(entries_, [&](const Entry& listed) {
    if (listed.port != found.port) return false;
    return listed.host.starts_with('.')
               ? found.host.size() > listed.host.size() && found.host.ends_with(listed.host) &&
                     is_host_name(found.host)
               : found.host == listed.host;
  });
  if (entry == entries_.end()) return std::nullopt;
  found.is_listed_address = entry->is_address;
  const bool is_v6 = found.host.find(':') != std::string::npos;
  found.origin = is_v6 ? "https://[" + found.host + "]" : "https://" + found.host;
  if (found.port != https_port) found.origin += ":" + std::to_string(found.port);
  found.url = found.origin + std::string(url->encoded_path().empty() ? "/" : "") +
              std::string(url->encoded_resource());
  return found;
}

}  // namespace frontdesk::notifications
