#pragma once

#include "accounts/shared.hpp"
#include "app/config.hpp"
#include "app/reference_routes.hpp"
#include "core/seal.hpp"
#include "http/answer_cache.hpp"
#include "http/connection_limits.hpp"
#include "http/rate_limiter.hpp"
#include "observe/health.hpp"
#include "observe/log.hpp"
#include "observe/metrics.hpp"
#include "queue/bell.hpp"

namespace frontdesk::app {

/// What the threads of the process share. Everything in it may be used by all of them at once, and
/// outlives them.
struct Process {
  explicit Process(Config configuration);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  const Config config;
  observe::Logger log;
  observe::Metrics metrics;
  observe::Draining draining;
  const DataKey data_key;
  queue::Bell bell;  ///< from those who enqueue to the worker
  http::LocalRateLimiter limiter;
  http::ConnectionCount connections;
  http::AnswerCache catalogue_answers;
  accounts::Shared accounts;
  const Reference reference;
};

/// The mail server of the configuration, with what it is told of us. `config` has one (ENSURE).
outbound::SmtpServer smtp_server(const Config& config);

/// Says in the log that no message will ever leave, where that is so.
void warn_without_sender(Process& process);

/// What the accounts feature is told.
accounts::Options account_options(const Config& config, observe::Metrics* metrics);

}  // namespace frontdesk::app
