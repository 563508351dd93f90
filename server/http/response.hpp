#pragma once

#include "core/error.hpp"
#include "core/json_writer.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk::http {

struct StaticContent;

/// What a handler answers. Framing, security headers, CORS, request id, ETag, compression and the
/// rate limit's headers are added by the pipeline. A `Content-Security-Policy`, `ETag` or
/// `Cache-Control` among `headers` takes the place of the pipeline's own. Names and values of
/// headers hold no control characters (a std::logic_error otherwise).
struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::shared_ptr<const StaticContent> content = {};  ///< in place of body and content_type
};

/// `{"success":true,"data":…}`; `write_data` writes exactly one JSON value.
template <class WriteData>
Response success(unsigned status, WriteData&& write_data) {
  Response response{.status = status};
  response.body.reserve(1024);
  response.body.append(R"({"success":true,"data":)");
  JsonWriter json(response.body);
  std::forward<WriteData>(write_data)(json);
  response.body.push_back('}');
  return response;
}

template <class WriteData>
Response ok(WriteData&& write_data) {
  return success(200, std::forward<WriteData>(write_data));
}
template <class WriteData>
Response created(WriteData&& write_data) {
  return success(201, std::forward<WriteData>(write_data));
}
template <class WriteData>
Response accepted(WriteData&& write_data) {
  return success(202, std::forward<WriteData>(write_data));
}

/// 204, no body.
Response no_content();

/// The error envelope of api.md with the status of R31, and Retry-After where the error has one.
Response refusal(const Error& error);

/// The status of a kind (R31).
unsigned status_of(ErrorKind kind);

}  // namespace frontdesk::http
