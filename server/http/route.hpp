#pragma once

#include "core/permission.hpp"
#include "core/task.hpp"
#include "http/body_gate.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace frontdesk::http {

/// Who may call a route at all. What they may see of it is Ownership.
struct Access {
  enum class Kind { anyone, logged_in, permission };
  Kind kind;
  std::optional<Permission> permission = {};

  static constexpr Access anyone() { return {Kind::anyone}; }
  static constexpr Access logged_in() { return {Kind::logged_in}; }
  static constexpr Access with(Permission p) { return {Kind::permission, p}; }
};

/// How rows are tied to the caller; the SQL of the route carries it out (R16).
enum class Ownership {
  none,            ///< no rows of a person: public or business-wide data
  self,            ///< the caller's own account
  own_or_granted,  ///< the caller's own rows; all rows with the permission the feature names
};

/// Which allowance a call uses up (R20).
enum class RateBudget {
  general,    ///< per address, or per user when logged in
  login,      ///< stricter: FRONTDESK_LOGIN_LIMIT
  code,       ///< stricter: FRONTDESK_CODE_LIMIT
  image,      ///< per user: FRONTDESK_IMAGE_LIMIT, as images take room
  missing,    ///< files: 404s count alone, as they cost a question to where files are kept
  uncounted,  ///< health, static files
};

/// What Cache-Control says (R35).
enum class Caching {
  no_store,   ///< everything behind a token
  no_cache,   ///< availability: may be kept, must be asked about
  shared,     ///< public catalogue: ETag and a short max-age, fit for a CDN; may be compressed
  immutable,  ///< files whose name changes with their content
};

/// What a body may be (R30).
enum class BodyMedia {
  json,   ///< application/json, parsed before the handler runs
  image,  ///< JPEG, PNG or WebP, or a form with one: see upload.hpp
  form,   ///< application/x-www-form-urlencoded; the handler reads it with parse_query
};

using Handler = std::function<Task<Response>(const Request&)>;

/// One row of the route table: everything that the pipeline must know before the handler runs.
/// There is no default for access, so a forgotten one does not compile (R15).
struct Route {
  Method method;
  std::string_view pattern;    ///< `/api/v1/appointments/{id}`; see Router
  std::string_view operation;  ///< operationId of api/openapi.yaml, metric label
  Access access;
  Ownership ownership;
  Handler handler;
  RateBudget budget = RateBudget::general;
  Caching caching = Caching::no_store;
  std::size_t body_limit_bytes = std::size_t{100} * 1024;
  BodyMedia body = BodyMedia::json;
  BodyGate* body_gate = nullptr;  ///< of a route for those who are logged in; must outlive it
};

using RouteTable = std::vector<Route>;

}  // namespace frontdesk::http
