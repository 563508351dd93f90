#pragma once

#include "app/process.hpp"
#include "db/pool.hpp"
#include "http/authenticator.hpp"
#include "http/listener.hpp"
#include "http/listening_port.hpp"
#include "http/pipeline.hpp"

#include <functional>
#include <memory>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

namespace frontdesk::app {

/// GET /metrics on FRONTDESK_METRICS_LISTEN, on a thread of its own: it answers while the others
/// are busy, and tells nothing to those who reach only the public port.
class MetricsEndpoint {
 public:
  /// Takes the port and begins to serve. Throws where the port is taken. `process` must outlive it.
  explicit MetricsEndpoint(Process& process);
  MetricsEndpoint(const MetricsEndpoint&) = delete;
  MetricsEndpoint& operator=(const MetricsEndpoint&) = delete;
  /// Ends its connections at once and joins the thread.
  ~MetricsEndpoint();

 private:
  asio::io_context io_;
  asio::executor_work_guard<Executor> work_;
  http::NoAccounts nobody_;
  http::ListeningPort port_;
  std::unique_ptr<http::Pipeline> pipeline_;
  std::unique_ptr<http::Listener> listener_;
  std::thread thread_;
};

}  // namespace frontdesk::app
