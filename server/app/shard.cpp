#include "app/shard.hpp"

#include "accounts/avatar_routes.hpp"
#include "accounts/routes.hpp"
#include "app/inbox_routes.hpp"
#include "app/push_senders.hpp"
#include "app/push_settings.hpp"
#include "appointments/calendar_feed_routes.hpp"
#include "appointments/routes.hpp"
#include "availability/routes.hpp"
#include "availability/timetable_routes.hpp"
#include "catalog/image_routes.hpp"
#include "catalog/routes.hpp"
#include "core/ensure.hpp"
#include "db/migrator.hpp"
#include "gallery/routes.hpp"
#include "http/cached_read.hpp"
#include "http/operations.hpp"
#include "media/routes.hpp"
#include "notifications/device_routes.hpp"
#include "notifications/mail_sender.hpp"
#include "notifications/own_routes.hpp"
#include "notifications/reminder_guard.hpp"
#include "notifications/routes.hpp"
#include "notifications/sms_sender.hpp"
#include "notifications/sms_status_routes.hpp"
#include "staff/routes.hpp"
#include "webhooks/routes.hpp"
#include "webhooks/webhook_sender.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

namespace frontdesk::app {
namespace {

constexpr std::chrono::seconds drain_limit{30};
constexpr std::chrono::seconds worker_limit{15};  // a message that is being sent may take 10
constexpr std::chrono::seconds chore_limit{10};
constexpr std::int64_t chore_rows = 1000;
constexpr std::int64_t chore_images = 100;  // at a time
constexpr std::chrono::seconds image_chore_limit{60};

// What one chore cannot do holds up no other.
template <class Result>
Task<void> attempt(observe::Logger& log, std::string_view chore, Task<Result> task) {
  try {
    co_await std::move(task);
  } catch (const std::exception& fault) {
    log.warning("house-keeping", {{"chore", chore}, {"detail", fault.what()}});
  }
}

db::PoolOptions pool_options(Process& process, const std::string& url, unsigned size) {
  return {.url = url,
          .size = size,
          .on_statement =
              [&metrics = process.metrics](std::string_view statement,
                                           std::chrono::nanoseconds took, bool) {
                metrics.statement(statement).Observe(std::chrono::duration<double>(took).count());
              },
          .log = [&log = process.log](
                     std::string_view line) { log.warning("database", {{"detail", line}}); }};
}

http::PipelineOptions pipeline_options(const Config& config) {
  http::PipelineOptions options{.cors_origins = config.cors_origins};
  for (const auto& text : config.trusted_proxies) {
    const auto network = http::Cidr::parse(text);
    ENSURE(network);  // parse_config has refused the others
    options.trusted_proxies.push_back(*network);
  }
  return options;
}

void show_circuit(observe::Metrics& metrics, const char* name, const outbound::Service& service) {
  metrics.gauge_from(
      "outbound_circuit_state", "Of a service that is called: 0 closed, 1 half open, 2 open.",
      [service] { return static_cast<double>(service.state()); }, {{"service", name}});
}

void append(http::RouteTable& table, http::RouteTable more) {
  table.insert(table.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

}  // namespace

Shard::Shard(Process& process, const std::string& database_url, unsigned pool_size)
    : process_(process),
      io_(1),  // one thread: no locks inside
      work_(io_.get_executor()),
      pool_(io_, pool_options(process, database_url, pool_size)),
      outbox_(process.data_key, &process.bell),
      inbox_(pool_, process.data_key),
      media_(pool_, process.image_shop, process.storage_threads, *process.store),
      accounts_(pool_, outbox_, process.accounts),
      catalog_(pool_),
      gallery_(pool_),
      staff_(pool_),
      timetables_(pool_),
      availability_(pool_),
      appointments_(pool_, outbox_),
      calendar_feeds_(pool_, process.config.data_key, process.config.public_url),
      webhooks_(pool_, process.data_key, outbox_, webhook_reach(process.config)),
      notifications_(pool_, process.data_key, &process.bell),
      own_notifications_(pool_),
      devices_(pool_, process.data_key, push_hosts(process.config),
               vapid_public_key(process.config)),
      sms_statuses_(
          pool_,
          process.config.twilio ? std::optional(process.config.twilio->auth_token) : std::nullopt,
          process.config.public_url),
      readiness_(process.draining),
      session_check_(pool_, process.accounts),
      authenticator_(session_check_) {
  readiness_.add("database", [this](Deadline deadline) { return check_database(deadline); });
  pipeline_ = std::make_unique<http::Pipeline>(make_routes(), authenticator_, process.limiter,
                                               process.metrics, process.log,
                                               pipeline_options(process.config));
}

Shard::~Shard() = default;

http::RouteTable Shard::make_routes() {
  http::RouteTable table = accounts::routes(accounts_);
  append(table, accounts::avatar_routes(accounts_, media_, process_.upload_gate));
  append(table, make_catalogue_routes());
  append(table, availability::timetable_routes(timetables_));
  append(table, availability::routes(availability_));
  append(table, appointments::routes(appointments_));
  append(table, appointments::calendar_feed_routes(calendar_feeds_));
  append(table, webhooks::routes(webhooks_));
  append(table, notifications::routes(notifications_));
  append(table, notifications::own_routes(own_notifications_));
  append(table, notifications::device_routes(devices_));
  append(table, notifications::sms_status_routes(sms_statuses_));
  append(table, media::routes(media_, process_.accounts.avatar_links, process_.media_files));
  append(table, http::health_routes(readiness_));
  append(table, reference_routes(process_.reference));
  if (process_.config.development() && !process_.config.has_sender()) {
    append(table, inbox_routes(inbox_));
  }
  return table;
}

// What the public catalogue shows is kept; whoever changes any of it lets go of it.
http::RouteTable Shard::make_catalogue_routes() {
  auto& answers = process_.catalogue_answers;
  http::RouteTable table = catalog::routes(catalog_, answers);
  append(table, catalog::image_routes(catalog_, media_, process_.upload_gate));
  append(table, gallery::routes(gallery_, media_, process_.upload_gate, answers));
  append(table, staff::routes(staff_));
  for (http::Route& route : table) {
    if (route.method != http::Method::get) route = http::clearing(answers, std::move(route));
  }
  return table;
}

Task<std::optional<std::string>> Shard::check_database(Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  if (!co_await db::migrations_current(*lease)) co_return "migrations_pending";
  co_return std::nullopt;
}

void Shard::listen(http::ListeningPort& port) {
  listener_.emplace(io_, port, *pipeline_, process_.connections);
  listener_->start();
}

// Each channel's sender is on by its own settings; in development the inbox takes the mails of
// nobody.
std::vector<std::unique_ptr<queue::Sender>> Shard::make_senders() {
  const auto& config = process_.config;
  std::vector<std::unique_ptr<queue::Sender>> all;
  if (config.smtp) {
    auto sender =
        std::make_unique<notifications::MailSender>(io_, smtp_server(config), *config.mail_from);
    show_circuit(process_.metrics, "smtp", sender->service());
    all.push_back(std::move(sender));
  } else if (config.development()) {
    all.push_back(std::make_unique<queue::DevelopmentSender>("email"));
  }
  all.push_back(make_webhook_sender());
  if (auto sms = make_sms_sender()) all.push_back(std::move(sms));
  std::ranges::move(make_push_senders(io_, pool_, process_), std::back_inserter(all));
  for (auto& sender : all) {
    sender = std::make_unique<notifications::ReminderGuard>(pool_, std::move(sender));
  }
  // First: what it makes is then sent in the same round.
  auto dispatcher = std::make_unique<notifications::Dispatcher>(pool_, process_.data_key,
                                                                dispatcher_options(all));
  all.insert(all.begin(), std::move(dispatcher));
  return all;
}

notifications::DispatcherOptions Shard::dispatcher_options(
    const std::vector<std::unique_ptr<queue::Sender>>& senders) {
  const auto& config = process_.config;
  std::set<std::string, std::less<>> channels;
  for (const auto& sender : senders) channels.emplace(sender->channel());
  return {.public_origin = config.public_url,
          .organizer = organizer(config),
          .channels = std::move(channels),
          .templates = config.data_dir / "templates",
          .log = [&log = process_.log](
                     std::string_view line) { log.warning("templates", {{"detail", line}}); },
          .bell = &process_.bell};
}

// Always on: it needs no settings.
std::unique_ptr<queue::Sender> Shard::make_webhook_sender() {
  auto sender = std::make_unique<webhooks::WebhookSender>(
      io_, pool_, process_.data_key, outbox_,
      webhooks::SenderOptions{.reach = webhook_reach(process_.config),
                              .ca_file = process_.config.outbound_ca,
                              .site_link = process_.config.public_url,
                              .log = [&log = process_.log](std::string_view line) {
                                log.warning("webhooks", {{"detail", line}});
                              }});
  process_.metrics.gauge_from(
      "webhook_circuits_open", "Webhooks that are not called just now because they failed.",
      [open = sender->open_circuits()] { return static_cast<double>(open->load()); });
  return sender;
}

std::unique_ptr<queue::Sender> Shard::make_sms_sender() {
  const auto& config = process_.config;
  if (config.twilio) {
    auto sender = std::make_unique<notifications::SmsSender>(io_, *config.twilio,
                                                             config.outbound_ca, config.public_url);
    show_circuit(process_.metrics, "twilio", sender->service());
    return sender;
  }
  if (config.has_sms()) return std::make_unique<queue::DevelopmentSender>("sms");
  return nullptr;
}

void Shard::start_worker() {
  queue::WorkerOptions options{.metrics = &process_.metrics,
                               .bell = &process_.bell,
                               .log = [&log = process_.log](std::string_view line) {
                                 log.warning("worker", {{"detail", line}});
                               }};
  options.house_keeping = [this] { return clean(); };
  worker_ = std::make_unique<queue::Worker>(io_, pool_, process_.data_key, make_senders(),
                                            std::move(options));
  asio::co_spawn(io_, worker_->run(), asio::detached);
}

void Shard::watch_catalogue() {
  catalogue_watch_ = std::make_unique<CatalogueWatch>(io_, catalog_, process_.catalogue_answers);
  asio::co_spawn(io_, catalogue_watch_->run(), asio::detached);
}

Task<void> Shard::clean() {
  const auto limit = [] { return deadline_in(chore_limit); };
  auto& log = process_.log;
  co_await attempt(log, "agendas", notifications_.plan_agendas(limit()));
  co_await attempt(log, "accounts", accounts_.clean(chore_rows, limit()));
  co_await attempt(log, "idempotency keys", appointments_.forget_old_answers(limit()));
  co_await attempt(log, "sent SMS", notifications_.clean(chore_rows, limit()));
  co_await attempt(log, "notifications", own_notifications_.clean(chore_rows, limit()));
  co_await attempt(log, "webhooks", webhooks_.clean(chore_rows, limit()));
  co_await attempt(log, "devices", devices_.clean(chore_rows, limit()));
  co_await attempt(log, "images", media_.clean(chore_images, deadline_in(image_chore_limit)));
}

void Shard::run() {
  io_.run();
}

void Shard::stop() {
  asio::post(io_, [this] { asio::co_spawn(io_, drain(), asio::detached); });
}

Task<void> Shard::drain() {
  if (worker_) worker_->stop();
  if (catalogue_watch_) catalogue_watch_->stop();
  if (listener_) co_await listener_->drain(drain_limit);
  if (worker_) co_await worker_->finish(deadline_in(worker_limit));
  co_await pool_.close(deadline_in(std::chrono::seconds{5}));
  work_.reset();
  io_.stop();
}

}  // namespace frontdesk::app
