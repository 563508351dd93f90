#include "http/request.hpp"

#include "core/ensure.hpp"
#include "http/field_syntax.hpp"

namespace frontdesk::http {

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::delete_:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
  }
  return {};
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [field, value] : headers_) {
    if (equals_ignoring_case(field, name)) return value;
  }
  return {};
}

Uuid Request::path_uuid(std::string_view name) const {
  for (std::size_t i = 0; i < path_parameters_.count; ++i) {
    if (path_parameters_.values[i].first == name) return path_parameters_.values[i].second;
  }
  ENSURE(false && "the route's pattern has no such parameter");
  return {};
}

}  // namespace frontdesk::http
