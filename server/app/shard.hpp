#pragma once

#include "accounts/accounts.hpp"
#include "accounts/bearer_wire.hpp"
#include "app/catalogue_watch.hpp"
#include "app/process.hpp"
#include "appointments/appointments.hpp"
#include "appointments/calendar_feeds.hpp"
#include "availability/availability.hpp"
#include "catalog/catalog.hpp"
#include "db/pool.hpp"
#include "gallery/gallery.hpp"
#include "http/listener.hpp"
#include "http/pipeline.hpp"
#include "media/media.hpp"
#include "notifications/devices.hpp"
#include "notifications/notifications.hpp"
#include "notifications/sms_statuses.hpp"
#include "observe/health.hpp"
#include "queue/development_inbox.hpp"
#include "queue/outbox.hpp"
#include "queue/worker.hpp"
#include "staff/staff.hpp"
#include "webhooks/webhooks.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

namespace frontdesk::app {

/// One thread of the server: an io_context with its share of the database connections, the features
/// on top of them, and a listener. Shards share nothing but Process.
class Shard {
 public:
  /// `pool_size` connections to `database_url`. `process` must outlive the shard.
  Shard(Process& process, const std::string& database_url, unsigned pool_size);
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;
  ~Shard();

  /// Takes the port for this shard; before run().
  void listen(http::ListeningPort& port);
  /// Delivers the outbox on this shard; before run().
  void start_worker();

  /// Looks on this shard for changes of the catalogue by others; before run().
  void watch_catalogue();

  /// Serves until stop() has done its work. Blocks its thread.
  void run();

  /// From any thread, once: refuses new connections, finishes what is in flight (R44), ends run().
  void stop();

  [[nodiscard]] asio::io_context& io() { return io_; }
  [[nodiscard]] const http::RouteTable& routes() const { return pipeline_->routes(); }
  [[nodiscard]] db::PoolStatistics pool_statistics() const { return pool_.statistics(); }

 private:
  [[nodiscard]] http::RouteTable make_routes();
  [[nodiscard]] http::RouteTable make_catalogue_routes();
  [[nodiscard]] std::vector<std::unique_ptr<queue::Sender>> make_senders();
  /// For one that makes messages for these.
  [[nodiscard]] notifications::DispatcherOptions dispatcher_options(
      const std::vector<std::unique_ptr<queue::Sender>>& senders);
  [[nodiscard]] std::unique_ptr<queue::Sender> make_webhook_sender();
  [[nodiscard]] std::unique_ptr<queue::Sender> make_sms_sender();
  Task<void> drain();
  Task<void> clean();
  Task<std::optional<std::string>> check_database(Deadline deadline);

  Process& process_;
  asio::io_context io_;
  asio::executor_work_guard<Executor> work_;
  db::Pool pool_;
  queue::Outbox outbox_;
  queue::DevelopmentInbox inbox_;
  media::Media media_;
  accounts::Accounts accounts_;
  catalog::Catalog catalog_;
  gallery::Gallery gallery_;
  staff::Staff staff_;
  availability::Timetables timetables_;
  availability::Availability availability_;
  appointments::Appointments appointments_;
  appointments::CalendarFeeds calendar_feeds_;
  webhooks::Webhooks webhooks_;
  notifications::Notifications notifications_;
  notifications::OwnNotifications own_notifications_;
  notifications::Devices devices_;
  notifications::SmsStatuses sms_statuses_;
  observe::Readiness readiness_;
  accounts::SessionCheck session_check_;
  accounts::BearerAuthenticator authenticator_;
  std::unique_ptr<http::Pipeline> pipeline_;
  std::optional<http::Listener> listener_;
  std::unique_ptr<queue::Worker> worker_;
  std::unique_ptr<CatalogueWatch> catalogue_watch_;
};

}  // namespace frontdesk::app
