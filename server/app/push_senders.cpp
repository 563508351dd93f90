#include "app/push_senders.hpp"

#include "app/push_settings.hpp"
#include "notifications/fcm_sender.hpp"
#include "notifications/web_push_sender.hpp"
#include "queue/development_inbox.hpp"

#include <functional>
#include <string>
#include <utility>

namespace frontdesk::app {
namespace {

void show_circuit(Process& process, const char* service, std::function<Circuit::State()> state) {
  process.metrics.gauge_from(
      "outbound_circuit_state", "Of a service that is called: 0 closed, 1 half open, 2 open.",
      [state = std::move(state)] { return static_cast<double>(state()); }, {{"service", service}});
}

std::unique_ptr<queue::Sender> make_fcm_sender(asio::io_context& context, db::Pool& pool,
                                               Process& process) {
  auto sender = std::make_unique<notifications::FcmSender>(context, pool, process.data_key,
                                                           fcm_service(process.config));
  show_circuit(process, "fcm", [service = sender->service()] { return service.state(); });
  return sender;
}

std::unique_ptr<queue::Sender> make_web_push_sender(asio::io_context& context, db::Pool& pool,
                                                    P256Key key, Process& process) {
  const auto& config = process.config;
  auto sender = std::make_unique<notifications::WebPushSender>(
      context, pool, process.data_key, push_hosts(config), config.outbound_ca,
      outbound::Vapid(std::move(key), config.vapid_subject));
  show_circuit(process, "webpush", [state = sender->client().state()] { return state->load(); });
  return sender;
}

}  // namespace

std::vector<std::unique_ptr<queue::Sender>> make_push_senders(asio::io_context& context,
                                                              db::Pool& pool, Process& process) {
  std::vector<std::unique_ptr<queue::Sender>> all;
  const bool shows_others = process.config.development();
  if (process.config.fcm_account) {
    all.push_back(make_fcm_sender(context, pool, process));
  } else if (shows_others) {
    all.push_back(std::make_unique<queue::DevelopmentSender>("fcm"));
  }
  if (auto key = vapid_key(process.config)) {
    all.push_back(make_web_push_sender(context, pool, std::move(*key), process));
  } else if (shows_others) {
    all.push_back(std::make_unique<queue::DevelopmentSender>("webpush"));
  }
  return all;
}

}  // namespace frontdesk::app
