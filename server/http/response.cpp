#include "http/response.hpp"

#include <boost/json/serialize.hpp>

namespace frontdesk::http {

Response no_content() {
  return Response{.status = 204, .content_type = {}};
}

Response refusal(const Error& error) {
  Response response{.status = status_of(error.kind)};
  response.body.reserve(256);
  JsonWriter json(response.body);
  json.begin_object();
  json.member("success", false);
  json.member("message", error.message);
  json.member("code", error.code);
  json.key("errors").begin_array();
  for (const FieldError& field : error.fields) {
    json.begin_object();
    json.member("field", field.field);
    json.member("code", field.code);
    json.member("message", field.message);
    json.end_object();
  }
  json.end_array();
  if (!error.details.empty()) json.key("details").raw(boost::json::serialize(error.details));
  json.end_object();
  if (error.retry_after) {
    response.headers.emplace_back("Retry-After", std::to_string(error.retry_after->count()));
  }
  return response;
}

unsigned status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::malformed:
      return 400;
    case ErrorKind::unauthenticated:
      return 401;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::method_not_allowed:
      return 405;
    case ErrorKind::timed_out:
      return 408;
    case ErrorKind::conflict:
      return 409;
    case ErrorKind::stale:
      return 412;
    case ErrorKind::too_large:
      return 413;
    case ErrorKind::target_too_long:
      return 414;
    case ErrorKind::unsupported_media:
      return 415;
    case ErrorKind::expectation_failed:
      return 417;
    case ErrorKind::invalid:
      return 422;
    case ErrorKind::too_many:
      return 429;
    case ErrorKind::headers_too_large:
      return 431;
    case ErrorKind::internal:
      return 500;
    case ErrorKind::not_implemented:
      return 501;
    case ErrorKind::unavailable:
      return 503;
  }
  return 500;
}

}  // namespace frontdesk::http
