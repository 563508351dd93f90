#pragma once

#include "catalog/catalog.hpp"
#include "support/database.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::catalog {

using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;

/// `ok`, or the code of the refusal.
template <class T>
std::string outcome(const Result<T>& result) {
  return result ? "ok" : result.error().code;
}

/// Something that is under way while the test does other things.
template <class T>
class UnderWay {
 public:
  explicit UnderWay(Task<T> task) {
    const auto keep = [](Task<T> inner, std::optional<T>& into) -> Task<void> {
      into.emplace(co_await std::move(inner));
    };
    asio::co_spawn(frontdesk::testing::io(), keep(std::move(task), result_), asio::detached);
  }
  /// Lets it go on until somebody waits for an advisory lock; false when it has ended before.
  bool waits_for_a_lock() {
    frontdesk::testing::await([&] {
      return result_ || sql_count(
                            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
                            "AND NOT granted") > 0;
    });
    return !result_;
  }
  const T& result() {
    frontdesk::testing::await([&] { return result_.has_value(); });
    return *result_;
  }

 private:
  std::optional<T> result_;
};

/// An empty database, the feature on it, and somebody who may change it. For _pgtests only.
class CatalogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    frontdesk::testing::reset();
    pool = frontdesk::testing::make_pool({.size = 8});
    catalog = std::make_unique<Catalog>(*pool);
  }

  static Deadline soon() { return deadline_in(std::chrono::seconds{20}); }
  template <class T>
  static T run(Task<T> task) {
    return frontdesk::testing::run(std::move(task));
  }

  /// What becomes of two changes that both come to the one row of `table` before either has it.
  template <class T>
  static std::vector<std::string> meet_at(const std::string& table, Task<Result<T>> one,
                                          Task<Result<T>> other) {
    sql("BEGIN; SELECT FROM " + table + " FOR UPDATE");
    UnderWay first(std::move(one));
    UnderWay second(std::move(other));
    frontdesk::testing::await(
        [] { return sql_count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 2; });
    sql("COMMIT");
    return {outcome(first.result()), outcome(second.result())};
  }

  /// `action fields` of the entries in the audit log, in order.
  static std::string audited() {
    return sql_value(
        "SELECT string_agg(action || coalesce(' ' || (details->>'fields'), ''), '; ' "
        "ORDER BY id) FROM audit_logs");
  }

  /// A category with a service and a member who does it; all have the id that ends in `1`.
  static void offer_something() {
    sql(R"(
      INSERT INTO service_categories (id, name) VALUES ('00000000-0000-7000-8000-0000000000c1', 'Hair');
      INSERT INTO services (id, category_id, name, price, duration) VALUES
        ('00000000-0000-7000-8000-0000000000d1', '00000000-0000-7000-8000-0000000000c1', 'Cut', 4500, 45);
      INSERT INTO staff (id, name) VALUES ('00000000-0000-7000-8000-0000000000a1', 'Mara');
      INSERT INTO staff_services VALUES
        ('00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-0000000000d1'))");
  }
  /// An appointment of that service with that member, from one time to another.
  static void book(const std::string& starts_at, const std::string& ends_at,
                   const std::string& status = "confirmed") {
    sql(fmt::format(
        "WITH time AS (INSERT INTO occupations (id, staff_id, service_id, starts_at, "
        "ends_at, during, capacity, booked, active) "
        "SELECT gen_random_uuid(), staff_id, service_id, '{0}', '{1}', "
        "tstzrange('{0}', '{1}'), 1, 1, '{2}' IN ('pending', 'confirmed') "
        "FROM staff_services RETURNING id, staff_id, service_id) "
        "INSERT INTO appointments (id, service_id, staff_id, occupation_id, date, time, "
        "timezone, starts_at, ends_at, duration, price, currency, status) "
        "SELECT gen_random_uuid(), service_id, staff_id, id, '2030-01-01', '09:00', "
        "'Europe/Berlin', '{0}', '{1}', 45, 4500, 'EUR', '{2}' FROM time",
        starts_at, ends_at, status));
  }

  Actor manager{.user = UserId::generate(),
                .session = SessionId::generate(),
                .permissions = {},
                .address = "192.0.2.1",
                .request_id = "test"};
  std::unique_ptr<db::Pool> pool;
  std::unique_ptr<Catalog> catalog;
};

}  // namespace frontdesk::catalog
