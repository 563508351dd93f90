#pragma once

#include "core/error.hpp"
#include "http/request.hpp"
#include "http/route.hpp"

#include <array>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk::http {

/// The method of a request line; nullopt for a token that we do not know (501).
std::optional<Method> method_from_token(std::string_view token);

/// Finds the route of a request. Immutable once made, so that threads may share one.
///
/// Matching: segment by segment, percent-decoded, a literal before a parameter. An encoded slash is
/// data and `.` and `..` are ordinary names, so neither leaves its place; `//` and a slash at the
/// end are other paths. The parameter `{date}` is a day (parse_date), every other one a UUID; what
/// cannot be read as what the pattern has there is 404 (R31). HEAD is answered where
/// GET is; `OPTIONS *` asks about the server as a whole (RFC 9110 section 9.3.7).
class Router {
 public:
  /// A path that exists for some method, and what can be done there.
  struct Match {
    const Route* route = nullptr;  ///< nullptr: OPTIONS
    PathParameters parameters;
    std::string_view allow;  ///< value of Allow: every method of this path
  };
  /// Why there is no match: 400 (bad escape), 404, or 405 with `allow` not empty.
  struct Mismatch {
    Error error;
    std::string_view allow;
  };

  /// Throws std::invalid_argument where two routes would answer the same request, where a pattern
  /// is not `/a/{b}/c` with at most PathParameters::max_count parameters, and where a route has no
  /// handler, a permission to check but none named, or a method that the router answers by itself.
  explicit Router(RouteTable table);

  /// `path` is the target's part before the `?`. The views in a match live as long as the router.
  [[nodiscard]] std::expected<Match, Mismatch> find(Method method, std::string_view path) const;

  /// All routes, for tests that hold them against api/openapi.yaml (R15).
  [[nodiscard]] const RouteTable& table() const { return table_; }

 private:
  struct Node {
    std::vector<std::pair<std::string_view, std::unique_ptr<Node>>> literals;
    std::unique_ptr<Node> id;                         ///< below a parameter that is a UUID
    std::unique_ptr<Node> date;                       ///< below `{date}`
    std::unique_ptr<Node> file;                       ///< below `{file}`
    std::array<const Route*, method_count> routes{};  ///< HEAD has the route of GET
    std::string allow;                                ///< empty: no route ends here

    Node& literal_child(std::string_view segment);
    Node& parameter_child(std::string_view name);
    [[nodiscard]] const Node* find_literal(std::string_view segment) const;
  };

  /// One step down for one undecoded segment; nullptr where there is none. Adds to `parameters`.
  static Result<const Node*> step(const Node& node, std::string_view segment,
                                  PathParameters& parameters);
  void insert(const Route& route);

  RouteTable table_;
  std::vector<std::vector<std::string_view>> parameter_names_;  ///< by position in the table
  Node root_;
  std::string server_allow_;  ///< what some path allows: the answer to `OPTIONS *`
};

}  // namespace frontdesk::http
