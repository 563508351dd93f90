#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "outbound/service.hpp"
#include "outbound/transfers.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk::outbound {

/// What somebody else's server is asked.
struct HttpRequest {
  std::string method = "GET";
  std::string url;  ///< http or https
  std::vector<std::pair<std::string, std::string>> headers =
      {};  ///< no CR, LF or NUL (ENSURE, R33)
  std::string body = {};
  /// Connect to this address, whatever the URL's name resolves to: the one that was checked (R34).
  /// Name, certificate and Host stay the URL's. Empty: as it resolves.
  std::string address = {};
  bool follow_redirects = false;                  ///< at most 3, and never from https to http
  std::size_t most_bytes = std::size_t{1} << 20;  ///< of the answer's body
};

/// What it answered.
struct HttpAnswer {
  unsigned status = 0;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< names in lower case
  std::string body = {};

  /// The first value of a header, its name in lower case; empty where there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Why there is no answer.
struct HttpFailure {
  enum class Kind : std::uint8_t {
    not_tried,      ///< its circuit is open, or too many calls wait
    no_connection,  ///< the name is not found, or nobody listens
    out_of_reach,   ///< its name leads to addresses only that may not be called (R34)
    untrusted,      ///< TLS: the certificate does not fit, or there is no common ground
    timed_out,
    too_large,
    broken,
  };
  Kind kind;
  std::string reason;  ///< for the operator
  /// The request was sent, or part of it: what it asks for may be done.
  bool may_have_arrived = false;
};

/// Calls one service by HTTP (R72): TCP stands within 2 s, at most 16 calls at a time, none while
/// its circuit is open; connections stay open between calls, and certificates are always verified.
/// An answer of 5xx counts as a failure of the service. Lives on one thread.
class HttpClient {
 public:
  /// `transfers` must outlive it. `ca_file`: authorities beside the system's, may be empty.
  HttpClient(asio::io_context& context, Transfers& transfers, std::string ca_file,
             ServiceLimits limits = {});

  Task<std::expected<HttpAnswer, HttpFailure>> perform(HttpRequest request, Deadline deadline);

  [[nodiscard]] const Service& service() const { return service_; }

 private:
  Transfers& transfers_;
  const std::string ca_file_;
  Service service_;
};

}  // namespace frontdesk::outbound
