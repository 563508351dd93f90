#pragma once

#include "accounts/shared.hpp"
#include "app/config.hpp"
#include "app/reference_routes.hpp"
#include "core/seal.hpp"
#include "http/answer_cache.hpp"
#include "http/body_gate.hpp"
#include "http/connection_limits.hpp"
#include "http/rate_limiter.hpp"
#include "media/image_shop.hpp"
#include "observe/health.hpp"
#include "observe/log.hpp"
#include "observe/metrics.hpp"
#include "outbound/reach.hpp"
#include "queue/bell.hpp"
#include "storage/object_store.hpp"
#include "storage/work_threads.hpp"

#include <memory>

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
  http::AnswerCache media_files;
  http::BodyGate upload_gate;
  const std::unique_ptr<storage::ObjectStore> store;
  storage::WorkThreads storage_threads;
  media::ImageShop image_shop;
  accounts::Shared accounts;
  const Reference reference;
};

/// The mail server of the configuration, with what it is told of us. `config` has one (ENSURE).
outbound::SmtpServer smtp_server(const Config& config);

/// The e-mail address that calendars see invitations come from: where mails come from, and where
/// there are none, one at the host of the public URL that takes no answers.
std::string organizer(const Config& config);

/// Where webhooks may be: the Internet, and the networks of the configuration (R34).
outbound::Reach webhook_reach(const Config& config);

/// Says in the log that no mail will ever leave, where that is so.
void warn_without_sender(Process& process);
/// Where images are kept: S3 where it is configured, otherwise a folder of the data folder.
std::unique_ptr<storage::ObjectStore> make_store(const Config& config);

/// What the accounts feature is told.
accounts::Options account_options(const Config& config, observe::Metrics* metrics);

}  // namespace frontdesk::app
