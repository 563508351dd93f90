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

const PathParameters::Value& Request::path_parameter(std::string_view name) const {
  std::size_t place = 0;
  while (place < path_parameters_.count && path_parameters_.values[place].first != name) ++place;
  ENSURE(place < path_parameters_.count);  // the route's pattern has no such parameter
  return path_parameters_.values[place].second;
}

Uuid Request::path_uuid(std::string_view name) const {
  const auto* uuid = std::get_if<Uuid>(&path_parameter(name));
  ENSURE(uuid != nullptr);
  return *uuid;
}

LocalDate Request::path_date() const {
  const auto* date = std::get_if<LocalDate>(&path_parameter("date"));
  ENSURE(date != nullptr);
  return *date;
}

const std::string& Request::path_file() const {
  const auto* file = std::get_if<std::string>(&path_parameter("file"));
  ENSURE(file != nullptr);
  return *file;
}

}  // namespace frontdesk::http
