#include "core/error.hpp"

namespace frontdesk {

Error invalid_field(std::string field, std::string code, std::string message) {
  std::string summary = message;
  return Error{.kind = ErrorKind::invalid,
               .code = "validation_failed",
               .message = std::move(summary),
               .fields = {FieldError{std::move(field), std::move(code), std::move(message)}}};
}

Error not_found(std::string message) {
  return Error{.kind = ErrorKind::not_found, .code = "not_found", .message = std::move(message)};
}

Error unavailable(std::chrono::seconds retry_after) {
  return Error{.kind = ErrorKind::unavailable,
               .code = "unavailable",
               .message = "The service is busy. Please try again in a moment.",
               .retry_after = retry_after};
}

}  // namespace frontdesk
