#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::notifications {

/// Where a browser wants its messages (RFC 8030), once it is known to be a push service.
struct PushEndpoint {
  std::string host;  ///< lower case; a name, or an address of the operator's list
  std::uint16_t port = 443;
  std::string origin;  ///< `https://host`, with the port unless it is 443: what VAPID names
  std::string url;     ///< put together from the parts that were looked at
  /// The operator has named this very address, so it is called though it may be a private one.
  bool is_listed_address = false;
};

/// Which push services may be called. Endpoints come from browsers, that is from anybody: without
/// a list this server would call whatever host a stranger names (R34).
class PushHosts {
 public:
  static constexpr std::size_t max_endpoint_bytes = 2048;

  /// Those of Chrome, Firefox, Edge and Safari, and `more`: entries as is_entry() takes them.
  explicit PushHosts(std::vector<std::string> more = {});

  /// `push.example.org`, `*.push.example.org` (any depth below, not itself),
  /// `push.example.org:8443`, `127.0.0.1:8443`, `[::1]:8443`; without a port it is 443.
  static bool is_entry(std::string_view text);

  /// Reads an endpoint. nullopt for what is not https, has user info, a fragment or an encoded
  /// host, is longer than max_endpoint_bytes, or is at a host or a port that the list does not
  /// have.
  [[nodiscard]] std::optional<PushEndpoint> vet(std::string_view endpoint) const;

 private:
  struct Entry {
    std::string host;  ///< without `*`: then it begins with a dot
    std::uint16_t port;
    bool is_address;
  };
  static std::optional<Entry> parse(std::string_view text);

  std::vector<Entry> entries_;
};

}  // namespace frontdesk::notifications
