#include "app/outbox_command.hpp"

#include "app/database.hpp"
#include "app/run_task.hpp"
#include "notifications/notifications.hpp"

#include <cstdio>
#include <stdexcept>

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

using notifications::Notifications;
using queue::Entry;

constexpr std::chrono::seconds patience{30};
constexpr int page_size = 100;

// Opens what the command needs, runs `command(notifications, order)` and closes it again.
class Desk {
 public:
  explicit Desk(const Config& config)
      : database_(Database::own_or_running(
            config, [](std::string_view line) { fmt::print(stderr, "frontdesk: {}\n", line); })),
        key_(std::span(config.data_key).first<DataKey::size_bytes>()),
        io_(1),
        pool_(io_, {.url = database_.url(), .size = 1}),
        notifications_(pool_, key_) {}

  template <class Command>
  int run(Command command, const OutboxOrder& order) {
    return run_task(io_, in_pool(pool_, notifications_, command, order));
  }

 private:
  // A pool whose PostgreSQL is away goes on trying, and the command would not end: it is closed.
  template <class Command>
  static Task<int> in_pool(db::Pool& pool, Notifications& desk, Command command,
                           const OutboxOrder& order) {
    std::exception_ptr fault;
    int status = 0;
    try {
      status = co_await command(desk, order);
    } catch (const std::exception&) {
      fault = std::current_exception();
    }
    co_await pool.close(deadline_in(patience));
    if (fault) std::rethrow_exception(fault);
    co_return status;
  }

  Database database_;
  DataKey key_;
  asio::io_context io_;
  db::Pool pool_;
  Notifications notifications_;
};

Actor operator_of(const char* command) {
  Actor nobody;
  nobody.request_id = command;
  return nobody;
}

Uuid id_of(const OutboxOrder& order) {
  const auto id = Uuid::parse(order.id);
  if (!id)
    throw std::runtime_error("The id is that of a message, as `frontdesk outbox list` prints it.");
  return *id;
}

void print(const Entry& entry) {
  fmt::print("{}  {:9}  {:7}  {:2}  {}  {:28}  {}{}{}\n", entry.id.to_string(), entry.status,
             entry.channel, entry.attempts,
             format_instant(std::chrono::floor<std::chrono::seconds>(entry.created_at)),
             entry.event, entry.recipient.value_or("-"), entry.last_error ? "  " : "",
             entry.last_error.value_or(""));
}

Task<int> list(Notifications& desk, const OutboxOrder& order) {
  PageRequest<std::int64_t> page;
  int left = order.limit;
  bool more = true;
  while (more && left > 0) {
    page.limit = std::min(left, page_size);
    const auto found = co_await desk.outbox({.status = order.status, .channel = order.channel},
                                            page, deadline_in(patience));
    for (const auto& entry : found.items) print(entry);
    left -= static_cast<int>(found.items.size());
    more = found.more && !found.items.empty();
    if (more) page.after = found.items.back().sequence;
  }
  if (more) fmt::print(stderr, "frontdesk: there are more; --limit shows them\n");
  co_return 0;
}

Task<int> retry_all(Notifications& desk, const OutboxOrder& order) {
  PageRequest<std::int64_t> page;
  page.limit = page_size;
  int count = 0;
  for (bool more = true; more;) {
    const auto found = co_await desk.outbox({.status = "dead", .channel = order.channel}, page,
                                            deadline_in(patience));
    for (const auto& entry : found.items) {
      const auto done =
          co_await desk.retry(operator_of("outbox-retry"), entry.id, deadline_in(patience));
      count += done ? 1 : 0;
    }
    more = found.more;
    if (more) page.after = found.items.back().sequence;
  }
  fmt::print("{} messages leave again.\n", count);
  co_return 0;
}

Task<int> retry_one(Notifications& desk, const OutboxOrder& order) {
  const auto done =
      co_await desk.retry(operator_of("outbox-retry"), id_of(order), deadline_in(patience));
  if (!done) throw std::runtime_error(done.error().message);
  fmt::print("{} leaves again.\n", order.id);
  co_return 0;
}

Task<int> discard_one(Notifications& desk, const OutboxOrder& order) {
  const auto done =
      co_await desk.discard(operator_of("outbox-discard"), id_of(order), deadline_in(patience));
  if (!done) throw std::runtime_error(done.error().message);
  fmt::print("{} is gone.\n", order.id);
  co_return 0;
}

}  // namespace

int list_outbox(const Config& config, const OutboxOrder& order) {
  return Desk(config).run(&list, order);
}

int retry_outbox(const Config& config, const OutboxOrder& order) {
  if (order.all_dead == !order.id.empty()) {
    throw std::runtime_error("Name one message, or --all-dead.");
  }
  return Desk(config).run(order.all_dead ? &retry_all : &retry_one, order);
}

int discard_outbox(const Config& config, const OutboxOrder& order) {
  return Desk(config).run(&discard_one, order);
}

}  // namespace frontdesk::app
