#pragma once

#include "appointments/appointments.hpp"
#include "core/random.hpp"
#include "core/zone.hpp"
#include "support/database.hpp"

#include <array>
#include <fstream>
#include <initializer_list>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// A small business for the tests of this feature: everyone works from 09:00 to 17:00 every day in
/// Europe/Berlin, slots start every quarter of an hour.
namespace frontdesk::appointments::testing {

using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;

struct ServiceOptions {
  int duration = 30;
  int capacity = 1;
  int buffer_before = 0;
  int buffer_after = 0;
  bool active = true;
};

inline ServiceId add_service(ServiceOptions options = {}) {
  const auto id = ServiceId::generate();
  sql(
      fmt::format("INSERT INTO services (id, category_id, name, price, duration, buffer_before, "
                  "buffer_after, capacity, active) "
                  "SELECT '{}', id, 'Cut', 4500, {}, {}, {}, {}, {} FROM service_categories",
                  id.to_string(), options.duration, options.buffer_before, options.buffer_after,
                  options.capacity, options.active));
  return id;
}

inline UserId add_user(const std::string& name = "Ada") {
  const auto id = UserId::generate();
  sql(fmt::format(
      "INSERT INTO users (id, role_id, name, email, password_hash, email_verified) "
      "VALUES ('{0}', '00000000-0000-7000-8000-000000000004', '{1}', '{0}@example.test', "
      "'-', true)",
      id.to_string(), name));
  return id;
}

inline void offers(StaffId staff, ServiceId service) {
  sql(fmt::format("INSERT INTO staff_services (staff_id, service_id) VALUES ('{}', '{}')",
                  staff.to_string(), service.to_string()));
}

/// Position keeps the order in which members are added.
inline StaffId add_staff(std::initializer_list<ServiceId> services,
                         const std::string& name = "Mara", std::optional<UserId> login = {}) {
  const auto id = StaffId::generate();
  sql(
      fmt::format("INSERT INTO staff (id, user_id, name, position) "
                  "SELECT '{0}', {1}, '{2}', count(*) FROM staff;"
                  "INSERT INTO working_hours (staff_id, weekday, start_minute, end_minute) "
                  "SELECT '{0}', day, 540, 1020 FROM generate_series(0, 6) AS day",
                  id.to_string(), login ? "'" + login->to_string() + "'" : "NULL", name));
  for (const auto service : services) offers(id, service);
  return id;
}

/// Empties the tables and opens the business.
inline void open_business() {
  frontdesk::testing::reset();
  sql("INSERT INTO service_categories (id, name) VALUES (gen_random_uuid(), 'Hair')");
}

inline Actor actor(UserId user, std::initializer_list<Permission> permissions = {}) {
  Actor result{.user = user,
               .session = SessionId::generate(),
               .permissions = {},
               .address = "192.0.2.1",
               .request_id = "test"};
  for (const auto permission : permissions) result.permissions.insert(permission);
  return result;
}

/// The local date so many days from today.
inline LocalDate day(int days) {
  return *parse_date(
      sql_value(fmt::format("SELECT (now() AT TIME ZONE 'Europe/Berlin')::date + {}", days)));
}

/// A wall time that day.
inline WallTime at(std::string_view time, int days = 7) {
  return {.date = day(days), .time = *parse_time(time)};
}

inline Deadline soon() {
  return deadline_in(std::chrono::seconds{30});
}

inline IdempotencyKey key(std::string name, std::string_view body = "1") {
  return {.route = "bookAppointment", .key = std::move(name), .fingerprint = sha256(body)};
}

/// What must hold after any race and any fault (tests/race/invariants.sql).
inline void expect_invariants() {
  std::ifstream file(FRONTDESK_INVARIANTS);
  std::stringstream text;
  text << file.rdbuf();
  ASSERT_FALSE(text.str().empty()) << FRONTDESK_INVARIANTS;
  EXPECT_EQ(sql_value("SELECT string_agg(violated || ' ' || subject, E'\\n') FROM (\n" +
                      text.str() + "\n) AS violations"),
            "");
}

/// Runs all of them at the same time.
inline std::vector<Result<Answer>> run_together(std::vector<Task<Result<Answer>>> tasks) {
  std::vector<std::optional<Result<Answer>>> answers(tasks.size());
  std::size_t done = 0;
  const auto keep = [](Task<Result<Answer>> task,
                       std::optional<Result<Answer>>& into) -> Task<void> {
    into.emplace(co_await std::move(task));
  };
  std::exception_ptr failure;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    asio::co_spawn(frontdesk::testing::io(), keep(std::move(tasks[i]), answers[i]),
                   [&](std::exception_ptr thrown) {
                     if (thrown) failure = std::move(thrown);
                     ++done;
                   });
  }
  frontdesk::testing::await([&] { return done == answers.size(); }, std::chrono::seconds{60});
  if (failure) std::rethrow_exception(failure);
  std::vector<Result<Answer>> results;
  for (auto& answer : answers) results.push_back(std::move(*answer));
  return results;
}

/// `ok` for a success.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "ok" : result.error().code;
}

/// How often each code was answered.
inline std::map<std::string, int> tally(const std::vector<Result<Answer>>& results) {
  std::map<std::string, int> counts;
  for (const auto& result : results) ++counts[code_of(result)];
  return counts;
}

/// One pool, one outbox, the feature on top of them.
class BusinessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    open_business();
    pool_ = frontdesk::testing::make_pool({.size = 20});
    appointments_ = std::make_unique<Appointments>(*pool_, outbox_);
  }

  Result<Answer> book(const Actor& who, Booking booking, std::optional<IdempotencyKey> key = {}) {
    return frontdesk::testing::run(
        appointments_->book(who, std::move(booking), std::move(key), soon()));
  }
  /// Books and returns the id; the booking must succeed.
  AppointmentId booked(const Actor& who, Booking booking) {
    const auto answer = book(who, std::move(booking));
    if (!answer) throw std::runtime_error("not booked: " + answer.error().code);
    return *AppointmentId::parse(boost::json::parse(answer->data).at("id").as_string());
  }
  /// A page of a list that must not be refused.
  Page<Appointment> page(const Actor& who, Filter filter, Order order = Order::earliest_start,
                         PageRequest<ListKey> request = {}) {
    auto page = frontdesk::testing::run(
        appointments_->list(who, std::move(filter), order, request, soon()));
    if (!page) throw std::runtime_error("not listed: " + page.error().code);
    return std::move(*page);
  }
  Result<Appointment> find(const Actor& who, AppointmentId id) {
    return frontdesk::testing::run(appointments_->find(who, id, soon()));
  }

  Appointments& appointments() { return *appointments_; }
  const queue::Outbox& outbox() { return outbox_; }
  db::Pool& pool() { return *pool_; }

 private:
  static std::array<std::uint8_t, DataKey::size_bytes> random_key() {
    std::array<std::uint8_t, DataKey::size_bytes> key;
    fill_random(key);
    return key;
  }

  DataKey key_{random_key()};
  queue::Outbox outbox_{key_};
  std::unique_ptr<db::Pool> pool_;
  std::unique_ptr<Appointments> appointments_;
};

}  // namespace frontdesk::appointments::testing
