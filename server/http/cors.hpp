#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk::http {

/// Which other origins' pages may call this server (R36): an exact list, compared byte by byte. The
/// answers name the one origin that asked, with credentials, so `*` can never occur.
class Cors {
 public:
  /// Throws std::invalid_argument for `*`, `null` and anything else that is not an http or https
  /// `scheme://host[:port]` in lower case, as browsers send it.
  explicit Cors(const std::vector<std::string>& allowed_origins);

  /// Whether answers depend on Origin at all.
  [[nodiscard]] bool enabled() const { return !lines_.empty(); }

  /// Header lines of an answer to this origin; empty for one that is not on the list, for none, and
  /// for `null`. Valid as long as this object.
  [[nodiscard]] std::string_view lines_for(std::string_view origin) const;

  /// Adds what the answer to a preflight has beside lines_for; `allow` is the path's methods.
  static void append_preflight_headers(std::vector<std::pair<std::string, std::string>>& headers,
                                       std::string_view allow);

 private:
  std::map<std::string, std::string, std::less<>> lines_;  ///< by origin
};

}  // namespace frontdesk::http
