#include "notifications/devices.hpp"
#include "notifications/statements.hpp"
#include "support/database.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;
using ::testing::SizeIs;

constexpr std::array<std::uint8_t, DataKey::size_bytes> key_bytes{1, 2, 3};
constexpr std::array<std::uint8_t, DataKey::size_bytes> other_key_bytes{4, 5, 6};

PushTarget token(const std::string& value) {
  return FcmTarget{FcmTarget::Kind::token, value};
}

class DevicesPg : public ::testing::Test {
 protected:
  void SetUp() override {
    frontdesk::testing::reset();
    ann = log_in("ann");
    ben = log_in("ben");
  }

  static Deadline soon() { return deadline_in(20s); }

  // An account, if it is not there yet, and a login of it.
  static Actor log_in(const std::string& name) {
    const auto email = name + "@example.test";
    sql(
        fmt::format("INSERT INTO users (id, role_id, name, email, password_hash) "
                    "SELECT '{}', id, '{}', '{}', 'x' FROM roles WHERE name = 'customer' "
                    "ON CONFLICT DO NOTHING",
                    UserId::generate().to_string(), name, email));
    const auto user =
        UserId::parse(sql_value(fmt::format("SELECT id FROM users WHERE email = '{}'", email)));
    const auto session = SessionId::generate();
    sql(
        fmt::format("INSERT INTO sessions (id, user_id, address, expires_at) "
                    "VALUES ('{}', '{}', '192.0.2.1', now() + interval '1 day')",
                    session.to_string(), user->to_string()));
    return {.user = *user,
            .session = session,
            .permissions = {},
            .address = "192.0.2.1",
            .request_id = "test"};
  }

  Result<RegisteredDevice> put(const Actor& actor, const Uuid& id, const PushTarget& target) {
    const Device device{id, Platform::android, target};
    return run(devices.register_device(actor, device, soon()));
  }

  std::vector<PushAddress> addresses(const Actor& actor, const DataKey& with) {
    return run(
        [](db::Pool& on, const DataKey& under, const UserId& of) -> Task<std::vector<PushAddress>> {
          auto lease = co_await on.acquire(soon());
          co_return co_await push_addresses_of(*lease, under, of);
        },
        *pool, with, *actor.user);
  }
  std::vector<PushAddress> addresses(const Actor& actor) { return addresses(actor, key); }

  std::optional<PushRecipient> recipient(std::string_view channel, const std::string& to) {
    return run(
        [](db::Pool& on, const DataKey& under, std::string_view by,
           const std::string& address) -> Task<std::optional<PushRecipient>> {
          auto lease = co_await on.acquire(soon());
          co_return co_await find_push_recipient(*lease, under, by, address);
        },
        *pool, key, channel, to);
  }

  const DataKey key{key_bytes};
  const DataKey other_key{other_key_bytes};
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool({.size = 4});
  Devices devices{*pool, key, PushHosts(), std::nullopt};
  Actor ann;
  Actor ben;
  const Uuid phone = Uuid::generate();
};

TEST_F(DevicesPg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(DevicesPg, an_address_leads_back_to_its_device) {
  ASSERT_TRUE(put(ann, phone, token("one")));
  const auto found = addresses(ann);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].device, phone);
  EXPECT_EQ(found[0].channel, "fcm");
  EXPECT_EQ(found[0].to.find("one"), std::string::npos) << "where it is stays in the table";
  const auto reached = recipient("fcm", found[0].to);
  ASSERT_TRUE(reached);
  EXPECT_EQ(reached->target, token("one"));
}

TEST_F(DevicesPg, a_message_that_waits_never_reaches_the_next_owner) {
  ASSERT_TRUE(put(ann, phone, token("one")));
  const auto to = addresses(ann).at(0).to;
  ASSERT_TRUE(put(ben, phone, token("one")));
  EXPECT_FALSE(recipient("fcm", to));
  EXPECT_THAT(addresses(ann), SizeIs(0));
  EXPECT_THAT(addresses(ben), SizeIs(1));
}

TEST_F(DevicesPg, a_message_that_waits_follows_a_new_token) {
  ASSERT_TRUE(put(ann, phone, token("one")));
  const auto to = addresses(ann).at(0).to;
  ASSERT_TRUE(put(ann, phone, token("two")));
  EXPECT_EQ(recipient("fcm", to)->target, token("two"));
  ASSERT_TRUE(put(ann, phone, WebPushTarget{"https://web.push.apple.com/x", {4}, {}}));
  EXPECT_FALSE(recipient("fcm", to)) << "by another channel now";
}

TEST_F(DevicesPg, addresses_that_nobody_wrote_reach_nobody) {
  for (const auto* to :
       {"", "x", "[]", "{}", R"({"device": 1, "user": 2})", R"({"device": "x", "user": "y"})"}) {
    EXPECT_FALSE(recipient("fcm", to)) << to;
  }
}

TEST_F(DevicesPg, who_is_disabled_gets_nothing) {
  ASSERT_TRUE(put(ann, phone, token("one")));
  const auto to = addresses(ann).at(0).to;
  sql("UPDATE users SET status = 'disabled' WHERE name = 'ann'");
  EXPECT_THAT(addresses(ann), SizeIs(0));
  EXPECT_FALSE(recipient("fcm", to));
  EXPECT_EQ(put(ann, phone, token("one")).error().code, "unauthenticated");
}

TEST_F(DevicesPg, R12_a_login_that_has_ended_registers_nothing) {
  sql("UPDATE sessions SET revoked_at = now()");
  EXPECT_EQ(put(ann, phone, token("one")).error().code, "unauthenticated");
  EXPECT_EQ(sql_count("SELECT count(*) FROM devices"), 0);
}

TEST_F(DevicesPg, R12_a_registration_that_meets_a_logout_waits_for_it) {
  sql(fmt::format("BEGIN; UPDATE sessions SET revoked_at = now() WHERE id = '{}'",
                  ann.session->to_string()));
  std::optional<Result<RegisteredDevice>> registered;
  const Device device{phone, Platform::android, token("one")};
  asio::co_spawn(
      frontdesk::testing::io(),
      [](Devices& into, const Actor& actor, const Device& what,
         std::optional<Result<RegisteredDevice>>& result) -> Task<void> {
        result.emplace(co_await into.register_device(actor, what, soon()));
      }(devices, ann, device, registered),
      asio::detached);
  frontdesk::testing::await(
      [] { return sql_count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1; });
  sql("COMMIT");
  frontdesk::testing::await([&] { return registered.has_value(); });
  EXPECT_EQ(registered->error().code, "unauthenticated");
  EXPECT_EQ(sql_count("SELECT count(*) FROM devices"), 0);
}

TEST_F(DevicesPg, whatever_ends_a_login_forgets_its_devices_alone) {
  const auto elsewhere = log_in("ann");
  ASSERT_TRUE(put(ann, phone, token("one")));
  ASSERT_TRUE(put(elsewhere, Uuid::generate(), token("two")));
  sql(fmt::format("UPDATE sessions SET revoked_at = now() WHERE id = '{}'",
                  ann.session->to_string()));
  EXPECT_THAT(addresses(ann), SizeIs(1));
  EXPECT_FALSE(addresses(ann).at(0).device == phone);
}

TEST_F(DevicesPg, what_another_key_sealed_is_left_out) {
  ASSERT_TRUE(put(ann, phone, token("one")));
  EXPECT_THAT(addresses(ann, other_key), SizeIs(0));
}

TEST_F(DevicesPg, the_one_registered_last_comes_first) {
  const auto tablet = Uuid::generate();
  ASSERT_TRUE(put(ann, phone, token("one")));
  ASSERT_TRUE(put(ann, tablet, token("two")));
  ASSERT_TRUE(put(ann, phone, token("one")));
  const auto found = addresses(ann);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].device, phone);
}

TEST_F(DevicesPg, a_device_that_is_gone_is_forgotten_unless_it_has_a_new_address) {
  ASSERT_TRUE(put(ann, phone, token("one")));
  ASSERT_TRUE(put(ann, phone, token("two")));
  const PushRecipient before{phone, token("one")};
  run(forget_device(*pool, key, before, soon()));
  EXPECT_THAT(addresses(ann), SizeIs(1));
  const PushRecipient now{phone, token("two")};
  run(forget_device(*pool, key, now, soon()));
  run(forget_device(*pool, key, now, soon()));
  EXPECT_THAT(addresses(ann), SizeIs(0));
  EXPECT_EQ(sql_value("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_logs"),
            "device.register device.register device.forget");
}

TEST_F(DevicesPg, two_who_register_one_phone_at_once_leave_one_device) {
  for (int round = 0; round < 20; ++round) {
    int done = 0;
    for (const auto* actor : {&ann, &ben}) {
      asio::co_spawn(
          frontdesk::testing::io(),
          [](Devices& into, const Actor& who, int& count) -> Task<void> {
            const Device device{Uuid::generate(), Platform::ios, token("the same")};
            const auto result = co_await into.register_device(who, device, soon());
            EXPECT_TRUE(result.has_value());
            ++count;
          }(devices, *actor, done),
          asio::detached);
    }
    frontdesk::testing::await([&] { return done == 2; });
    EXPECT_EQ(sql_count("SELECT count(*) FROM devices"), 1);
  }
}

TEST_F(DevicesPg, one_person_who_registers_many_at_once_keeps_twenty) {
  int done = 0;
  for (int i = 0; i < 30; ++i) {
    asio::co_spawn(
        frontdesk::testing::io(),
        [](Devices& into, const Actor& who, int number, int& count) -> Task<void> {
          const Device device{Uuid::generate(), Platform::ios, token(std::to_string(number))};
          const auto result = co_await into.register_device(who, device, soon());
          EXPECT_TRUE(result.has_value());
          ++count;
        }(devices, ann, i, done),
        asio::detached);
  }
  frontdesk::testing::await([&] { return done == 30; });
  EXPECT_EQ(sql_count("SELECT count(*) FROM devices"), max_devices);
}

TEST_F(DevicesPg, what_nobody_has_registered_for_270_days_is_forgotten) {
  ASSERT_TRUE(put(ann, phone, token("one")));
  ASSERT_TRUE(put(ben, Uuid::generate(), token("two")));
  sql("UPDATE devices SET registered_at = now() - interval '271 days' WHERE id = '" +
      phone.to_string() + "'");
  run(devices.clean(100, soon()));
  EXPECT_EQ(sql_count("SELECT count(*) FROM devices"), 1);
  EXPECT_THAT(addresses(ben), SizeIs(1));
}

}  // namespace
}  // namespace frontdesk::notifications
