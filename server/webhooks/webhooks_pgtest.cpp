#include "queue/worker.hpp"
#include "support/database.hpp"
#include "webhooks/payload.hpp"
#include "webhooks/record_attempt.hpp"
#include "webhooks/statements.hpp"
#include "webhooks/webhooks.hpp"

#include <array>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::webhooks {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::array<std::uint8_t, DataKey::size_bytes> key_bytes{1, 2, 3};

// Takes whatever a worker hands it.
class CollectingSender final : public queue::Sender {
 public:
  using Sent = std::vector<std::pair<Uuid, queue::Message>>;
  CollectingSender(Sent& sent, std::string_view channel) : sent_(sent), channel_(channel) {}
  [[nodiscard]] std::string_view channel() const override { return channel_; }
  Task<queue::Delivery> send(const Uuid& id, const queue::Message& message, Deadline) override {
    sent_.emplace_back(id, message);
    co_return queue::Delivery{queue::Delivery::Outcome::delivered};
  }

 private:
  Sent& sent_;
  std::string_view channel_;
};

class WebhooksPg : public ::testing::Test {
 protected:
  void SetUp() override { frontdesk::testing::reset(); }

  EndpointId add(std::vector<std::string> events) {
    const auto issued = run(webhooks.add({},
                                         {.url = "https://hooks.example.test/?token=1",
                                          .description = {},
                                          .events = std::move(events)},
                                         deadline_in(5s)));
    EXPECT_TRUE(issued);
    return issued->endpoint.id;
  }

  void announce_event(const Uuid& event_id, std::string_view event,
                      const AppointmentId& appointment) {
    struct What {
      Uuid id;
      std::string_view event;
      AppointmentId appointment;
    } const what{event_id, event, appointment};
    run(
        [](db::Pool& on, const queue::Outbox& into, const What& told) -> Task<void> {
          auto lease = co_await on.acquire(deadline_in(5s));
          co_await announce(*lease, into, told.id, told.event, told.appointment, R"({"id":"a"})",
                            *parse_instant("2026-03-02T09:00:00Z"));
        },
        *pool, outbox, what);
  }

  std::vector<std::pair<Uuid, queue::Message>> deliver(std::string_view channel = "webhook") {
    CollectingSender::Sent sent;
    std::vector<std::unique_ptr<queue::Sender>> senders;
    senders.push_back(std::make_unique<CollectingSender>(sent, channel));
    queue::Worker worker(frontdesk::testing::io(), *pool, key, std::move(senders), {});
    run(worker.deliver_batch());
    return sent;
  }

  store::Attempt attempt_of(EndpointId endpoint, std::optional<std::string> error) {
    const auto message = Uuid::generate();
    return {.message = message,
            .endpoint = endpoint,
            .event = "appointment.booked",
            .appointment = std::nullopt,
            .sealed = key.seal("{}", message),
            .status_code = error ? 500 : 204,
            .duration = 12ms,
            .error = std::move(error)};
  }

  void record(const store::Attempt& attempt, bool is_gone = false) {
    const Consequences consequences{
        .is_gone = is_gone, .days_until_disabled = 5, .site_link = "https://book.example.test"};
    run(record_attempt(*pool, outbox, attempt, consequences, deadline_in(5s)));
  }

  Page<Delivery> deliveries(EndpointId id, std::optional<bool> delivered = {}) {
    auto page = run(webhooks.deliveries(
        id, delivered, {.limit = 100, .after = {}, .with_total = false}, deadline_in(5s)));
    EXPECT_TRUE(page);
    return std::move(*page);
  }

  const DataKey key{key_bytes};
  queue::Outbox outbox{key};
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  Webhooks webhooks{*pool, key, outbox, {}};
};

TEST_F(WebhooksPg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(WebhooksPg, R50_I8_an_event_that_is_announced_twice_is_one_message_an_endpoint) {
  const auto all = add({"appointment.*"});
  const auto booked = add({"appointment.booked"});
  add({"appointment.cancelled"});
  const auto event = Uuid::generate();
  const auto appointment = AppointmentId::generate();
  announce_event(event, "appointment.booked", appointment);
  announce_event(event, "appointment.booked", appointment);
  const auto sent = deliver();
  ASSERT_THAT(sent, SizeIs(2));
  for (const auto& [id, message] : sent) {
    EXPECT_TRUE(message.to == all.to_string() || message.to == booked.to_string());
    EXPECT_EQ(id, message_id(event, *EndpointId::parse(message.to)));
    EXPECT_EQ(
        message.text,
        R"({"type":"appointment.booked","timestamp":"2026-03-02T09:00:00Z","data":{"id":"a"}})");
  }
  announce_event(event, "appointment.booked", appointment);
  EXPECT_THAT(deliver(), IsEmpty()) << "delivered ones, too, are known";
}

TEST_F(WebhooksPg, an_endpoint_that_is_off_is_told_of_nothing) {
  const auto id = add({"appointment.*"});
  EXPECT_TRUE(run(webhooks.update({}, id, {.active = false}, std::nullopt, deadline_in(5s))));
  announce_event(Uuid::generate(), "appointment.booked", AppointmentId::generate());
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox"), 0);
}

TEST_F(WebhooksPg, messages_about_one_appointment_keep_their_order_at_each_endpoint) {
  add({"appointment.*"});
  add({"appointment.*"});
  const auto appointment = AppointmentId::generate();
  announce_event(Uuid::generate(), "appointment.booked", appointment);
  announce_event(Uuid::generate(), "appointment.cancelled", appointment);
  announce_event(Uuid::generate(), "appointment.booked", AppointmentId::generate());
  std::vector<std::string> events;
  for (const auto& [id, message] : deliver()) events.push_back(message.event);
  EXPECT_THAT(events, ElementsAre("appointment.booked", "appointment.booked", "appointment.booked",
                                  "appointment.booked"));
  EXPECT_THAT(deliver(), SizeIs(2));
}

TEST_F(WebhooksPg, neither_secret_nor_body_is_readable_in_the_database) {
  const auto issued = run(
      webhooks.add({}, {.url = "https://a.test", .description = {}, .events = {"appointment.*"}},
                   deadline_in(5s)));
  announce_event(Uuid::generate(), "appointment.booked", AppointmentId::generate());
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE encode(sealed, 'escape') LIKE '%data%'"),
            0);
  EXPECT_EQ(sql_count("SELECT count(*) FROM webhook_endpoints WHERE length(secret) = 32 OR "
                      "position(decode(substr($1, 7), 'base64') IN secret) > 0",
                      {issued->secret}),
            0);
}

TEST_F(WebhooksPg, attempts_at_one_message_are_counted) {
  const auto id = add({"appointment.*"});
  auto attempt = attempt_of(id, "answered 500");
  record(attempt);
  attempt.error.reset();
  attempt.status_code = 200;
  record(attempt);
  const auto all = deliveries(id);
  ASSERT_THAT(all.items, SizeIs(2));
  EXPECT_EQ(all.items[0].attempt, 2) << "the newest first";
  EXPECT_TRUE(all.items[0].delivered);
  EXPECT_EQ(all.items[1].error, "answered 500");
  EXPECT_EQ(all.items[1].duration, 12ms);
  EXPECT_THAT(deliveries(id, false).items, SizeIs(1));
  EXPECT_THAT(deliveries(id, true).items, SizeIs(1));
}

TEST_F(WebhooksPg, five_days_of_failure_switch_an_endpoint_off_and_say_so_once) {
  const auto id = add({"appointment.*"});
  record(attempt_of(id, "answered 500"));
  sql("UPDATE webhook_endpoints SET failing_since = now() - interval '4 days 23 hours'");
  record(attempt_of(id, "answered 500"));
  EXPECT_TRUE(run(webhooks.endpoint(id, deadline_in(5s)))->active);
  sql("UPDATE webhook_endpoints SET failing_since = now() - interval '5 days'");
  record(attempt_of(id, "answered 500"));
  record(attempt_of(id, "answered 500"));
  const auto endpoint = run(webhooks.endpoint(id, deadline_in(5s)));
  EXPECT_FALSE(endpoint->active);
  EXPECT_EQ(endpoint->disabled_because, DisabledBecause::failing);
  EXPECT_EQ(endpoint->version, 2);
  const auto told = deliver("event");
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].second.event, "webhook.disabled");
  EXPECT_EQ(told[0].second.text, R"({"endpoint":"https://hooks.example.test/","days":5,)"
                                 R"("site_link":"https://book.example.test"})");
  EXPECT_EQ(sql_value("SELECT action || ' ' || details FROM audit_logs WHERE action = $1",
                      {"webhook.disable"}),
            R"(webhook.disable {"because": "failing"})");
}

TEST_F(WebhooksPg, a_success_ends_the_days_of_failure) {
  const auto id = add({"appointment.*"});
  record(attempt_of(id, "answered 500"));
  sql("UPDATE webhook_endpoints SET failing_since = now() - interval '6 days'");
  record(attempt_of(id, std::nullopt));
  EXPECT_FALSE(run(webhooks.endpoint(id, deadline_in(5s)))->failing_since);
  record(attempt_of(id, "answered 500"));
  EXPECT_TRUE(run(webhooks.endpoint(id, deadline_in(5s)))->active);
}

TEST_F(WebhooksPg, to_switch_it_on_again_forgets_the_failures) {
  const auto id = add({"appointment.*"});
  record(attempt_of(id, "answered 500"));
  sql("UPDATE webhook_endpoints SET failing_since = now() - interval '6 days'");
  record(attempt_of(id, "answered 500"));
  const auto described =
      run(webhooks.update({}, id, {.description = "ours"}, std::nullopt, deadline_in(5s)));
  EXPECT_EQ(described->disabled_because, DisabledBecause::failing) << "nobody switched it on";
  const auto again = run(webhooks.update({}, id, {.active = true}, std::nullopt, deadline_in(5s)));
  EXPECT_TRUE(again->active);
  EXPECT_FALSE(again->disabled_because);
  EXPECT_FALSE(again->failing_since);
}

TEST_F(WebhooksPg, one_that_wants_no_calls_is_switched_off_without_a_notice) {
  const auto id = add({"appointment.*"});
  auto attempt = attempt_of(id, "answered 410");
  record(attempt, true);
  EXPECT_EQ(run(webhooks.endpoint(id, deadline_in(5s)))->disabled_because, DisabledBecause::gone);
  EXPECT_THAT(deliver("event"), IsEmpty());
}

TEST_F(WebhooksPg, an_attempt_at_an_endpoint_that_has_gone_meanwhile_leaves_nothing) {
  const auto id = add({"appointment.*"});
  EXPECT_TRUE(run(webhooks.remove({}, id, std::nullopt, deadline_in(5s))));
  record(attempt_of(id, "answered 500"));
  EXPECT_EQ(sql_count("SELECT count(*) FROM webhook_messages"), 0);
}

TEST_F(WebhooksPg, calls_are_known_for_30_days_and_the_last_1000_of_each_endpoint) {
  const auto busy = add({"appointment.*"});
  const auto other = add({"appointment.*"});
  const auto fill = [](EndpointId id, int count, std::string_view age) {
    sql(fmt::format(
        "WITH message AS (INSERT INTO webhook_messages (id, endpoint_id, event, sealed, "
        "created_at) "
        "SELECT gen_random_uuid(), '{0}', 'appointment.booked', '', now() - interval '{2}' "
        "FROM generate_series(1, {1}) RETURNING id) "
        "INSERT INTO webhook_deliveries (id, endpoint_id, message_id, event, attempt, delivered, "
        "duration_ms, attempted_at) SELECT gen_random_uuid(), '{0}', id, 'appointment.booked', 1, "
        "true, 1, now() - interval '{2}' FROM message",
        id.to_string(), count, age));
  };
  fill(busy, 1015, "5 days");
  fill(other, 5, "31 days");
  fill(other, 5, "29 days");
  // In batches of ten: 15 and 5 calls, and what they said.
  EXPECT_EQ(run(webhooks.clean(10, deadline_in(20s))), 40);
  const auto known = [](EndpointId id) {
    return sql_count("SELECT count(*) FROM webhook_deliveries WHERE endpoint_id = $1::uuid",
                     {id.to_string()});
  };
  EXPECT_EQ(known(busy), 1000);
  EXPECT_EQ(known(other), 5);
  EXPECT_EQ(sql_count("SELECT count(*) FROM webhook_messages"), 1005);
  EXPECT_EQ(run(webhooks.clean(10, deadline_in(20s))), 0);
}

TEST_F(WebhooksPg, a_former_secret_is_forgotten_after_its_day) {
  const auto id = add({"appointment.*"});
  EXPECT_TRUE(run(webhooks.rotate_secret({}, id, deadline_in(5s))));
  run(webhooks.clean(10, deadline_in(5s)));
  EXPECT_EQ(sql_count("SELECT count(*) FROM webhook_endpoints WHERE former_secret IS NOT NULL"), 1);
  sql("UPDATE webhook_endpoints SET former_until = now()");
  run(webhooks.clean(10, deadline_in(5s)));
  EXPECT_EQ(sql_count("SELECT count(*) FROM webhook_endpoints WHERE former_secret IS NOT NULL"), 0);
}

TEST_F(WebhooksPg, redelivery_sends_the_same_message_whatever_became_of_it) {
  const auto id = add({"appointment.*"});
  auto attempt = attempt_of(id, std::nullopt);
  record(attempt);
  const auto delivery = deliveries(id).items.at(0).id;
  for (const auto* state : {"forgotten", "delivered", "dead", "waiting"}) {
    if (std::string_view(state) != "forgotten") {
      sql(fmt::format("UPDATE outbox SET status = '{}'", state));
    }
    const auto message = run(webhooks.redeliver({}, id, delivery, deadline_in(5s)));
    ASSERT_TRUE(message) << state;
    const auto sent = deliver();
    ASSERT_THAT(sent, SizeIs(1)) << state;
    EXPECT_EQ(sent[0].first, attempt.message);
    EXPECT_EQ(sent[0].second.text, "{}");
  }
  sql("UPDATE outbox SET status = 'waiting', leased_until = now() + interval '1 minute'");
  EXPECT_EQ(run(webhooks.redeliver({}, id, delivery, deadline_in(5s))).error().code, "being_sent");
}

}  // namespace
}  // namespace frontdesk::webhooks
