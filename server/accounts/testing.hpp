#pragma once

#include "accounts/accounts.hpp"
#include "accounts/session_check.hpp"
#include "queue/sealed_message.hpp"
#include "support/database.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::accounts {

using namespace std::chrono_literals;

/// An empty database, the accounts feature on it, and people who use it. For _pgtests only.
class AccountsTest : public ::testing::Test {
 protected:
  static constexpr const char* password = "correct horse battery";

  void SetUp() override { frontdesk::testing::reset(); }

  static Options options() {
    Options options;
    options.signing_keys = {{"k1", std::vector<std::uint8_t>(32, 1)}};
    options.pepper = std::vector<std::uint8_t>(32, 2);
    options.public_origin = "https://book.example.test";
    options.bcrypt_cost = 4;
    return options;
  }

  static Deadline soon() { return deadline_in(20s); }
  static EmailAddress address(std::string_view text) { return *EmailAddress::parse(text); }
  static Actor from(std::string client_address) {
    return {.user = {},
            .session = {},
            .permissions = {},
            .address = std::move(client_address),
            .request_id = "test"};
  }

  template <class T>
  static T run(Task<T> task) {
    return frontdesk::testing::run(std::move(task));
  }

  /// Runs all tasks side by side.
  template <class T>
  static std::vector<T> run_all(std::vector<Task<T>> tasks) {
    std::vector<T> results;
    const std::size_t count = tasks.size();
    for (auto& task : tasks) {
      asio::co_spawn(
          frontdesk::testing::io(),
          [](Task<T> inner, std::vector<T>& into) -> Task<void> {
            into.push_back(co_await std::move(inner));
          }(std::move(task), results),
          [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
          });
    }
    frontdesk::testing::await([&] { return results.size() == count; });
    return results;
  }

  Result<PendingRegistration> register_as(std::string_view email,
                                          std::string_view with = password) {
    const Registration registration{
        .name = "Ada Example", .email = address(email), .password = Secret(with)};
    return run(accounts.register_account(visitor, registration, soon()));
  }

  Result<Account> verify(std::string_view email, std::string code,
                         std::optional<Uuid> registration = {}) {
    const EmailVerification verification{address(email), std::move(code), registration};
    return run(accounts.verify_email(visitor, verification, soon()));
  }

  Result<LoggedIn> log_in(std::string_view email, std::string_view with = password,
                          const std::string& client_address = "192.0.2.1") {
    const Credentials credentials{.email = address(email), .password = Secret(with)};
    const Actor actor = from(client_address);
    return run(accounts.log_in(actor, credentials, soon()));
  }

  Result<TokenPair> refresh(std::string_view token) {
    const Secret secret(token);
    return run(accounts.refresh(visitor, secret, soon()));
  }

  Result<Actor> authenticate(std::string_view token) {
    return run(check.authenticate(token, soon()));
  }

  /// A verified account.
  Account customer(std::string_view email, std::string_view with = password) {
    const NewAccount wanted{.name = "Ada Example",
                            .email = address(email),
                            .password = Secret(with),
                            .role = RoleId(*Uuid::parse("00000000-0000-7000-8000-000000000004"))};
    return *run(accounts.create(visitor, wanted, soon()));
  }

  /// The events that an address, or whoever has it, is told of, oldest first.
  std::vector<queue::Message> events(std::string_view email) {
    static constexpr db::Statement list{
        "list_outbox",
        "SELECT id, sealed, event, (SELECT email FROM users WHERE users.id = user_id) FROM outbox "
        "WHERE channel = 'event' ORDER BY sequence"};
    const auto lease = run(pool->acquire(soon()));
    const auto rows = run(lease->execute(list));
    std::vector<queue::Message> found;
    for (const auto row : rows) {
      auto message = queue::open_message(key, row.get<Uuid>(0), row.get<db::Bytes>(1));
      if (!message) continue;
      const auto owner = row.get<std::optional<std::string>>(3);
      if (message->to.empty() ? owner == email : message->to == email) {
        message->event = row.get<std::string>(2);
        found.push_back(std::move(*message));
      }
    }
    return found;
  }

  /// A fact of the last event that an address is told of; empty where it has none.
  std::string last_fact(std::string_view email, std::string_view name) {
    const auto told = events(email);
    if (told.empty()) return "";
    const auto facts = boost::json::parse(told.back().text).as_object();
    const auto* fact = facts.if_contains(name);
    return fact == nullptr ? "" : boost::json::value_to<std::string>(*fact);
  }

  /// The code of the last event that an address is told of.
  std::string code_sent_to(std::string_view email) { return last_fact(email, "code"); }

  static std::string another(const std::string& code) {
    return code == "000000" ? "000001" : "000000";
  }

  static void age_sends(const std::string& by) {
    frontdesk::testing::sql("UPDATE code_sends SET sent_at = sent_at - interval '" + by + "'");
  }
  static void age_locks(const std::string& by) {
    frontdesk::testing::sql("UPDATE login_locks SET locked_until = locked_until - interval '" + by +
                            "', updated_at = updated_at - interval '" + by +
                            "', failed_at = ARRAY(SELECT f - interval '" + by +
                            "' FROM unnest(failed_at) f)");
  }
  static std::int64_t count(const std::string& from_where) {
    return frontdesk::testing::sql_count("SELECT count(*) FROM " + from_where);
  }

  int wrong_codes = 0;
  DataKey key{std::array<std::uint8_t, 32>{3}};
  queue::Outbox outbox{key};
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool({.size = 8});
  Shared shared{[this] {
    auto settings = options();
    settings.on_wrong_code = [this] { ++wrong_codes; };
    return settings;
  }()};
  Accounts accounts{*pool, outbox, shared};
  SessionCheck check{*pool, shared};
  Actor visitor = from("192.0.2.1");
};

/// The code of a refusal, `ok` for none.
template <class T>
std::string outcome(const Result<T>& result) {
  return result ? "ok" : result.error().code;
}

}  // namespace frontdesk::accounts
