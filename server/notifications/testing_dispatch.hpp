#pragma once

#include "appointments/testing_business.hpp"
#include "notifications/notifications.hpp"
#include "queue/event.hpp"
#include "queue/outbox.hpp"
#include "queue/sealed_message.hpp"
#include "queue/worker.hpp"

#include <memory>
#include <sstream>
#include <string>
#include <vector>

/// A business with a dispatcher whose messages nobody sends, for the _pgtests of this folder.
namespace frontdesk::notifications::testing {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;
namespace shop = appointments::testing;

/// A row of the outbox, opened.
struct Row {
  Uuid id;
  queue::Message message;
  std::string status;
};

class DispatchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    shop::open_business();
    service = shop::add_service();
    login = shop::add_user("Mara Login");
    member = shop::add_staff({service}, "Mara", login);
    customer = shop::add_user("Ada");
  }

  static std::string email_of(const UserId& user) { return user.to_string() + "@example.test"; }

  AppointmentId book(appointments::Booking booking) { return book(customer, std::move(booking)); }
  AppointmentId book(const UserId& who, appointments::Booking booking) {
    const auto answer = run(appointments.book(shop::actor(who, {Permission::appointments_manage}),
                                              std::move(booking), std::nullopt, shop::soon()));
    if (!answer) throw std::runtime_error("not booked: " + answer.error().code);
    return *AppointmentId::parse(boost::json::parse(answer->data).at("id").as_string());
  }
  AppointmentId book(std::string_view time = "10:00") {
    return book({.service = service, .start = shop::at(time)});
  }
  Actor manager() { return shop::actor(boss, {Permission::appointments_manage}); }
  void cancel(const AppointmentId& id) {
    const auto done = run(appointments.cancel(manager(), {.id = id}, "ill", {}, shop::soon()));
    ASSERT_TRUE(done) << done.error().code;
  }
  void move(const AppointmentId& id, std::string_view time, std::optional<StaffId> to = {}) {
    const auto done = run(appointments.reschedule(
        manager(), {.id = id}, {.start = shop::at(time), .staff = to}, {}, shop::soon()));
    ASSERT_TRUE(done) << done.error().code;
  }

  /// Puts an event of no feature into the outbox.
  Uuid enqueue(queue::Message message) {
    const auto id = Uuid::generate();
    run(
        [](db::Pool& on, const queue::Outbox& into, const Uuid& as,
           const queue::Message& what) -> Task<void> {
          auto lease = co_await on.acquire(deadline_in(5s));
          db::Batch batch;
          into.enqueue_once(batch, as, what);
          co_await lease->execute_batch(std::move(batch));
        },
        *pool, outbox, id, message);
    return id;
  }
  static queue::Message event(std::string name, std::string text) {
    return {.event = std::move(name),
            .channel = "event",
            .to = {},
            .subject = {},
            .text = std::move(text),
            .html = {}};
  }

  /// What can still be read in the outbox, in its order.
  std::vector<Row> rows(const std::string& where) {
    const db::Statement list{
        "list_outbox",
        "SELECT id, sealed, event, channel, user_id, appointment_id, status FROM outbox "
        "WHERE sealed IS NOT NULL ORDER BY sequence"};
    const auto ids = sql_value("SELECT string_agg(id::text, ' ') FROM outbox WHERE " + where);
    const auto lease = run(pool->acquire(deadline_in(5s)));
    const auto found = run(lease->execute(list));
    std::vector<Row> opened;
    for (const auto row : found) {
      const auto id = row.get<Uuid>(0);
      if (ids.find(id.to_string()) == std::string::npos) continue;
      auto message = queue::open_message(key, id, row.get<db::Bytes>(1));
      EXPECT_TRUE(message);
      message->event = row.get<std::string>(2);
      message->channel = row.get<std::string>(3);
      message->user = row.get<std::optional<UserId>>(4);
      message->appointment = row.get<std::optional<AppointmentId>>(5);
      opened.push_back({id, std::move(*message), row.get<std::string>(6)});
    }
    return opened;
  }
  /// Mails to an address, the first made first.
  std::vector<queue::Message> mails(const std::string& to) {
    std::vector<queue::Message> found;
    for (auto& row : rows("channel = 'email'")) {
      if (row.message.to == to) found.push_back(std::move(row.message));
    }
    return found;
  }
  std::vector<std::string> told(const std::string& to) {
    std::vector<std::string> events;
    for (const auto& mail : mails(to)) events.push_back(mail.event);
    return events;
  }

  /// What the customer wants of bookings, beside the defaults.
  void choose(const std::string& channel, bool wanted) {
    sql("INSERT INTO notification_preferences VALUES ('" + customer.to_string() +
        "', 'bookings', '" + channel + "', " + (wanted ? "true" : "false") + ")");
  }
  /// A phone of an account that is logged in with it; its id.
  Uuid register_phone(const UserId& user) {
    auto actor = shop::actor(user, {});
    actor.session = SessionId::generate();
    sql("INSERT INTO sessions (id, user_id, address, expires_at) VALUES ('" +
        actor.session->to_string() + "', '" + user.to_string() +
        "', '192.0.2.1', now() + interval '1 day')");
    const Device phone{Uuid::generate(), Platform::android,
                       FcmTarget{FcmTarget::Kind::token, "token-of-some-length-and-more"}};
    Devices devices(*pool, key, PushHosts({}), std::nullopt);
    EXPECT_TRUE(run(devices.register_device(actor, phone, shop::soon())));
    return phone.id;
  }
  /// The events in somebody's list in the app, the first first.
  static std::vector<std::string> listed(const UserId& user) {
    const auto all = sql_value(
        "SELECT coalesce(string_agg(event, ' ' ORDER BY created_at), '') "
        "FROM inbox_items WHERE user_id = '" +
        user.to_string() + "'");
    std::vector<std::string> events;
    std::istringstream words(all);
    for (std::string word; words >> word;) events.push_back(word);
    return events;
  }

  /// What a worker does until no event is due.
  void dispatch() {
    std::vector<std::unique_ptr<queue::Sender>> senders;
    senders.push_back(std::make_unique<Dispatcher>(*pool, key, options));
    queue::Worker worker(frontdesk::testing::io(), *pool, key, std::move(senders), {});
    while (run(worker.deliver_batch()) > 0) {
    }
  }
  queue::Delivery dispatch(const Row& row) {
    Dispatcher dispatcher(*pool, key, options);
    return run(dispatcher.send(row.id, row.message, deadline_in(10s)));
  }
  queue::Delivery dispatch(queue::Message message) {
    return dispatch(Row{.id = Uuid::generate(), .message = std::move(message), .status = {}});
  }

  ServiceId service;
  UserId customer;
  UserId login;
  UserId boss = UserId::generate();
  StaffId member;
  DataKey key{std::array<std::uint8_t, DataKey::size_bytes>{7}};
  queue::Outbox outbox{key};
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool({.size = 8});
  appointments::Appointments appointments{*pool, outbox};
  DispatcherOptions options{.public_origin = "https://book.example.test",
                            .organizer = "desk@example.test"};
};

}  // namespace frontdesk::notifications::testing
