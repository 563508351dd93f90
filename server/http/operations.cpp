#include "http/operations.hpp"

namespace frontdesk::http {
namespace {

Response status_ok() {
  return ok([](JsonWriter& json) {
    json.begin_object();
    json.member("status", "ok");
    json.end_object();
  });
}

Task<Response> answer_health() {
  co_return status_ok();
}

Task<Response> answer_readiness(observe::Readiness& readiness, Deadline deadline) {
  const auto report = co_await readiness.report(deadline);
  if (report.ready) co_return status_ok();
  Error error = unavailable();
  error.message = "This instance does not take requests at the moment.";
  boost::json::object checks;
  for (const auto& [name, outcome] : report.checks) checks[name] = outcome;
  error.details["checks"] = std::move(checks);
  co_return refusal(error);
}

Task<Response> answer_metrics(observe::Metrics& metrics) {
  co_return Response{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                     .body = metrics.exposition()};
}

Route operations_route(std::string_view path, std::string_view operation, Handler handler) {
  return {.method = Method::get,
          .pattern = path,
          .operation = operation,
          .access = Access::anyone(),
          .ownership = Ownership::none,
          .handler = std::move(handler),
          .budget = RateBudget::uncounted};
}

}  // namespace

RouteTable health_routes(observe::Readiness& readiness) {
  return {
      operations_route("/healthz", "getHealth", [](const Request&) { return answer_health(); }),
      operations_route("/readyz", "getReadiness",
                       [&readiness](const Request& request) {
                         return answer_readiness(readiness, request.deadline());
                       }),
  };
}

RouteTable metrics_routes(observe::Metrics& metrics) {
  return {operations_route("/metrics", "getMetrics",
                           [&metrics](const Request&) { return answer_metrics(metrics); })};
}

}  // namespace frontdesk::http
