#include "app/metrics_endpoint.hpp"

#include "http/operations.hpp"

namespace frontdesk::app {

MetricsEndpoint::MetricsEndpoint(Process& process)
    : io_(1),
      work_(io_.get_executor()),
      port_(process.config.metrics_listen.address, process.config.metrics_listen.port),
      pipeline_(std::make_unique<http::Pipeline>(http::metrics_routes(process.metrics), nobody_,
                                                 process.limiter, process.metrics, process.log,
                                                 http::PipelineOptions{})),
      listener_(std::make_unique<http::Listener>(io_, port_, *pipeline_, process.connections)) {
  listener_->start();
  thread_ = std::thread([this] { io_.run(); });
}

MetricsEndpoint::~MetricsEndpoint() {
  io_.stop();
  thread_.join();
}

}  // namespace frontdesk::app
