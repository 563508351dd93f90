#pragma once

#include "http/authenticator.hpp"
#include "http/client_address.hpp"
#include "http/exchange.hpp"
#include "http/rate_limiter.hpp"
#include "http/request_facts.hpp"
#include "http/response_composer.hpp"
#include "http/router.hpp"
#include "observe/log.hpp"
#include "observe/metrics.hpp"

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace frontdesk::http {

struct PipelineOptions {
  std::vector<Cidr> trusted_proxies = {};      ///< whose X-Forwarded-For counts (R21)
  std::vector<std::string> cors_origins = {};  ///< exact origins (R36)
  std::chrono::milliseconds handler_limit = std::chrono::seconds{10};  ///< R43
};

class PendingRequest;

/// What happens between a framed request and its answer, in this order: request id, client address,
/// route, token, rate budget, permission, media type and length; then body, JSON, handler, and
/// whatever came of it becomes one answer, one access line and one count in the metrics.
///
/// One per thread, with that thread's routes and authenticator; limiter, metrics and log are the
/// process's.
class Pipeline final : public Application {
 public:
  /// Throws std::invalid_argument for routes that clash (Router) and origins that are none (Cors).
  /// Everything passed by reference must outlive the pipeline.
  Pipeline(RouteTable routes, Authenticator& authenticator, RateLimiter& limiter,
           observe::Metrics& metrics, observe::Logger& log, PipelineOptions options);
  ~Pipeline() override;

  Task<std::variant<Admitted, Outgoing>> admit(RequestHead head) override;
  Task<Outgoing> answer(std::unique_ptr<Admission> state, std::string body) override;
  Outgoing reject(const Error& error, std::string_view peer_address) override;

  /// For tests that hold it against api/openapi.yaml and the permission matrix (R15).
  [[nodiscard]] const RouteTable& routes() const { return router_.table(); }

 private:
  /// The answer of a step that ends the request's way; nullopt: it goes on.
  using Refused = std::optional<Response>;

  RequestFacts identify(const RequestHead& head);
  Task<Refused> judge(const RequestHead& head, PendingRequest& pending);
  Refused find_route(const RequestHead& head, PendingRequest& pending);
  Task<Refused> check_caller(const RequestHead& head, PendingRequest& pending);
  Task<Refused> authenticate(const RequestHead& head, PendingRequest& pending);
  Task<Refused> spend(RequestFacts& facts, RatePolicy policy);
  Task<Refused> check_missing(RequestFacts& facts);
  Task<Refused> check_permission(PendingRequest& pending);

  /// The answer to what was thrown, logged.
  Response failure(const RequestFacts& facts, const std::exception_ptr& problem);
  /// Composes, counts and logs. `request` as in ResponseComposer::compose.
  Outgoing finish(Response&& response, const RequestFacts& facts, const Request* request);
  Outgoing finish_cancelled(const RequestFacts& facts, const Request& request);
  void record(const RequestFacts& facts, unsigned status, std::size_t body_bytes);

  Router router_;
  Authenticator& authenticator_;
  RateLimiter& limiter_;
  observe::Logger& log_;
  prometheus::Gauge& in_flight_;
  observe::OperationMetrics& unrouted_metrics_;
  observe::OperationMetrics& options_metrics_;
  std::vector<observe::OperationMetrics*> operation_metrics_;  ///< by position in the route table
  TrustedProxies proxies_;
  ResponseComposer composer_;
  std::chrono::milliseconds handler_limit_;
};

}  // namespace frontdesk::http
