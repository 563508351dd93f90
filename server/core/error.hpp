#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/object.hpp>

namespace frontdesk {

/// What sort of refusal it is. http maps each kind to one status (R31).
enum class ErrorKind {
  malformed,           ///< 400: the request cannot be read at all
  unauthenticated,     ///< 401
  forbidden,           ///< 403
  not_found,           ///< 404: absent, or somebody else's (R16)
  method_not_allowed,  ///< 405
  timed_out,           ///< 408
  conflict,            ///< 409
  stale,               ///< 412: If-Match names an older version
  too_large,           ///< 413
  target_too_long,     ///< 414
  unsupported_media,   ///< 415
  expectation_failed,  ///< 417
  invalid,             ///< 422: a field or query value
  too_many,            ///< 429
  headers_too_large,   ///< 431
  internal,            ///< 500: never the answer to input, whatever it is
  not_implemented,     ///< 501
  unavailable,         ///< 503: come back after retry_after
};

/// What is wrong with one field of a request body, path or query.
struct FieldError {
  std::string field;    ///< as the client named it, nested ones with dots: `customer.email`
  std::string code;     ///< stable token: `required`, `invalid`, `too_long`, `unknown_field`, …
  std::string message;  ///< one sentence for a person
};

/// A refusal: an outcome that the caller may be told. The envelope of api.md is made of this.
struct Error {
  ErrorKind kind;
  std::string code;                     ///< stable token, listed in api/openapi.yaml
  std::string message;                  ///< one sentence for a person
  std::vector<FieldError> fields = {};  ///< `errors` of the envelope
  boost::json::object details = {};     ///< what a client needs to go on; left out when empty
  std::optional<std::chrono::seconds> retry_after = {};  ///< sent as Retry-After
};

/// A value, or the reason why there is none.
template <class T>
using Result = std::expected<T, Error>;

/// `return refuse(error)` in a function that returns a Result.
inline std::unexpected<Error> refuse(Error error) {
  return std::unexpected<Error>(std::move(error));
}

/// The refusal of a single bad field: 422 `validation_failed`, with the field's own code.
Error invalid_field(std::string field, std::string code, std::string message);

/// The one answer for what is absent and for what belongs to somebody else (R16).
Error not_found(std::string message = "There is nothing at this address.");

/// The world broke: PostgreSQL is away, a deadline passed, a disk is full. Thrown, caught in the
/// HTTP session and the worker only, logged there once with the request id.
class Fault : public std::runtime_error {
 public:
  /// `what` is for the log; `answer` is all that a client is told.
  Fault(const std::string& what, Error answer)
      : std::runtime_error(what), answer_(std::move(answer)) {}

  [[nodiscard]] const Error& answer() const noexcept { return answer_; }

 private:
  Error answer_;
};

/// The answer of a fault that may pass by itself: 503 `unavailable` with Retry-After.
Error unavailable(std::chrono::seconds retry_after = std::chrono::seconds{1});

}  // namespace frontdesk
