#pragma once

#include "http/route.hpp"
#include "observe/health.hpp"
#include "observe/metrics.hpp"

namespace frontdesk::http {

/// GET /healthz: alive, touches nothing. GET /readyz: 503 `unavailable`, with what objects under
/// details.checks, while `readiness` says no (R44). Neither is counted or asks who calls.
RouteTable health_routes(observe::Readiness& readiness);

/// GET /metrics in Prometheus's text format: for a listener of its own, which the world cannot
/// reach.
RouteTable metrics_routes(observe::Metrics& metrics);

}  // namespace frontdesk::http
