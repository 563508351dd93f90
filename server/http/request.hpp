#pragma once

#include "core/actor.hpp"
#include "core/civil.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/uuid.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/json/value.hpp>

namespace frontdesk::http {

enum class Method { get, head, post, put, patch, delete_, options };
inline constexpr std::size_t method_count = 7;

/// `GET`, `DELETE`, …
std::string_view name_of(Method method);

/// Parameters of a path in the order of the pattern. Names are views into the route's pattern.
/// `date` is a day, `file` a file's name, every other one a UUID.
struct PathParameters {
  using Value = std::variant<Uuid, LocalDate, std::string>;
  static constexpr std::size_t max_count = 4;
  std::array<std::pair<std::string_view, Value>, max_count> values;
  std::size_t count = 0;
};

/// One request, as a handler sees it: framed, routed, authenticated, within its limits. Lives until
/// the handler's coroutine has ended; every view points into it.
class Request {
 public:
  [[nodiscard]] Method method() const { return method_; }
  /// Path as routed, percent-decoded per segment; without the query.
  [[nodiscard]] std::string_view path() const { return path_; }
  /// First value of a header, name in any case; empty where it is absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  /// Decoded query parameters in order. Parse them with QueryFields (fields.hpp).
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& query() const {
    return query_;
  }
  /// The body as JSON, already held to R30; null where there was none.
  [[nodiscard]] const boost::json::value& json() const { return json_; }
  /// The body as it came, for a fingerprint (R51).
  [[nodiscard]] std::string_view body() const { return body_; }
  [[nodiscard]] const Actor& actor() const { return actor_; }
  [[nodiscard]] Deadline deadline() const { return deadline_; }

  /// A path parameter, `{id}` in the pattern. The router has already answered 404 for one that is
  /// not a UUID, so asking for an absent one is a bug.
  template <class IdType>
  [[nodiscard]] IdType path_id(std::string_view name = "id") const {
    return IdType(path_uuid(name));
  }
  [[nodiscard]] Uuid path_uuid(std::string_view name) const;
  /// The parameter `{date}` of the pattern, which the router has read likewise.
  [[nodiscard]] LocalDate path_date() const;
  /// The parameter `{file}` of the pattern: 1 to 32 of a-z 0-9 - and dots, none at its beginning.
  [[nodiscard]] const std::string& path_file() const;

 private:
  [[nodiscard]] const PathParameters::Value& path_parameter(std::string_view name) const;

  friend class RequestBuilder;  // http/request_builder.hpp: the pipeline and tests fill one
  Method method_ = Method::get;
  std::string path_;
  std::vector<std::pair<std::string, std::string>> query_;
  std::vector<std::pair<std::string, std::string>> headers_;
  PathParameters path_parameters_;
  std::string body_;
  boost::json::value json_;
  Actor actor_;
  Deadline deadline_{};
};

}  // namespace frontdesk::http
