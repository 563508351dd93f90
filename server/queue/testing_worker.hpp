#pragma once

#include "queue/outbox.hpp"
#include "queue/wake_up.hpp"
#include "queue/worker.hpp"
#include "support/database.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

/// An outbox and workers whose only sender does as the test says, for the _pgtests of this folder.
namespace frontdesk::queue::testing {

using namespace std::chrono_literals;

/// What a test tells its senders, and what they tell it. Belongs to the thread of the tests.
struct Script {
  Delivery answer{Delivery::Outcome::delivered};
  std::size_t capacity = Sender::most_at_once;
  bool keeps_bodies = false;
  std::chrono::milliseconds takes{0};               ///< how long each call of send() lasts
  std::vector<std::pair<Uuid, Message>> sent = {};  ///< in the order in which they were begun
  std::size_t under_way = 0;
  std::size_t most_under_way = 0;
};

/// The sender of the channel `email`: notes what it is given and answers as its script says.
class ScriptedSender final : public Sender {
 public:
  /// `script` outlives the sender.
  explicit ScriptedSender(Script& script) : script_(script) {}
  [[nodiscard]] std::string_view channel() const override { return "email"; }
  [[nodiscard]] std::size_t capacity() const override { return script_.capacity; }
  [[nodiscard]] bool keeps_bodies() const override { return script_.keeps_bodies; }
  Task<Delivery> send(const Uuid& id, const Message& message, Deadline) override {
    script_.sent.emplace_back(id, message);
    script_.most_under_way = std::max(script_.most_under_way, ++script_.under_way);
    if (script_.takes.count() > 0) {
      co_await WakeUp(frontdesk::testing::io()).wait(deadline_in(script_.takes));
    }
    --script_.under_way;
    co_return script_.answer;
  }

 private:
  Script& script_;
};

/// An empty database, an outbox on it, and workers that share one script.
class WorkerTest : public ::testing::Test {
 protected:
  void SetUp() override { frontdesk::testing::reset(); }

  /// A message of no appointment, due at once.
  void enqueue(const std::string& to, const std::string& channel = "email") {
    enqueue({.event = "auth.code",
             .channel = channel,
             .to = to,
             .subject = "Your code",
             .text = "Your code is 123456",
             .html = ""});
  }

  /// An e-mail that keeps the order of its appointment.
  void enqueue_about(const AppointmentId& appointment, const std::string& to,
                     const std::string& text) {
    enqueue({.event = "appointment.booked",
             .channel = "email",
             .to = to,
             .subject = "Your appointment",
             .text = text,
             .html = "",
             .appointment = appointment});
  }

  void enqueue(const Message& message) {
    frontdesk::testing::run(
        [](db::Pool& on, Outbox& into, const Message& what) -> Task<void> {
          auto lease = co_await on.acquire(deadline_in(5s));
          co_await into.enqueue(*lease, what);
        },
        *pool, outbox, message);
  }

  Worker make_worker(WorkerOptions options = {}) {
    std::vector<std::unique_ptr<Sender>> senders;
    senders.push_back(std::make_unique<ScriptedSender>(script));
    return Worker(frontdesk::testing::io(), *pool, key, std::move(senders), std::move(options));
  }

  const DataKey key{std::array<std::uint8_t, DataKey::size_bytes>{1, 2, 3}};
  Outbox outbox{key};
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  Script script;
  Delivery& answer = script.answer;
  std::vector<std::pair<Uuid, Message>>& sent = script.sent;
};

}  // namespace frontdesk::queue::testing
