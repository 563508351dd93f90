#include "db/migrator.hpp"
#include "db/setup_error.hpp"
#include "support/database.hpp"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::db {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::run;

constexpr Migration first{1, "0001_first", "aaaa",
                          "CREATE TABLE a (n integer); INSERT INTO a VALUES (1)"};
constexpr Migration second{2, "0002_second", "bbbb", "CREATE TABLE audit_logs (n integer)"};
constexpr Migration third{3, "0003_third", "cccc",
                          "CREATE TABLE c (n integer); CREATE TABLE c (n integer)"};
const std::vector<Migration> two{first, second};

class Migrator : public ::testing::Test {
 protected:
  void SetUp() override {
    BlockingConnection superuser(testing::cluster().superuser_url());
    superuser.run("DROP DATABASE IF EXISTS migrated WITH (FORCE)");
    superuser.run("CREATE DATABASE migrated OWNER frontdesk_owner");
  }

  static std::string url_for(std::string_view role) {
    return "host=" + testing::cluster().socket_folder().string() +
           " port=5432 dbname=migrated user=" + std::string(role);
  }
  static std::string owner() { return url_for("frontdesk_owner"); }
  static std::string app() { return url_for("frontdesk_app"); }

  static MigrationReport migrate_to(const std::vector<Migration>& migrations) {
    return migrate(owner(), app(), migrations);
  }
  static std::string refusal_of(const std::vector<Migration>& migrations) {
    try {
      migrate_to(migrations);
    } catch (const SetupError& error) {
      return error.what();
    }
    return "";
  }
  static std::string value(const std::string& sql) {
    return BlockingConnection(owner()).value(sql);
  }
};

TEST_F(Migrator, applies_what_is_missing_and_nothing_twice) {
  EXPECT_THAT(migrate_to({first}).applied, ::testing::ElementsAre("0001_first"));
  EXPECT_THAT(migrate_to(two).applied, ::testing::ElementsAre("0002_second"));
  const auto report = migrate_to(two);
  EXPECT_THAT(report.applied, IsEmpty());
  EXPECT_EQ(report.version, 2);
  EXPECT_EQ(value("SELECT count(*) FROM a"), "1");
}

TEST_F(Migrator, lets_one_of_many_instances_work) {
  const std::string owner_url = owner(), app_url = app();
  std::atomic<int> applied = 0;
  std::vector<std::thread> instances;
  for (int i = 0; i < 6; ++i) {
    instances.emplace_back([&] {
      try {
        applied += static_cast<int>(migrate(owner_url, app_url, two).applied.size());
      } catch (const std::exception& failure) {
        ADD_FAILURE() << failure.what();
      }
    });
  }
  for (auto& instance : instances) instance.join();
  EXPECT_EQ(applied, 2);
}

TEST_F(Migrator, refuses_a_migration_that_was_changed_after_it_was_applied) {
  migrate_to(two);
  auto changed = two;
  changed[0].checksum = "dddd";
  EXPECT_THAT(refusal_of(changed), HasSubstr("0001_first was changed"));
}

TEST_F(Migrator, refuses_a_gap) {
  migrate_to(two);
  BlockingConnection(owner()).run("DELETE FROM schema_migrations WHERE version = 1");
  EXPECT_THAT(refusal_of(two), HasSubstr("lacks 0001_first"));
}

TEST_F(Migrator, refuses_a_database_of_a_newer_version) {
  migrate_to(two);
  EXPECT_THAT(refusal_of({first}), HasSubstr("newer Frontdesk"));
}

TEST_F(Migrator, leaves_nothing_of_a_migration_that_fails) {
  EXPECT_THAT(refusal_of({first, second, third}), HasSubstr("0003_third failed"));
  EXPECT_EQ(value("SELECT to_regclass('c') IS NULL"), "t");
  EXPECT_EQ(value("SELECT max(version) FROM schema_migrations"), "2") << "those before it stand";
  EXPECT_THAT(migrate_to(two).applied, IsEmpty());
}

TEST_F(Migrator, R73_gives_the_server_s_role_rows_but_no_past_of_the_audit_log) {
  migrate_to(two);
  BlockingConnection server(app());
  server.run("INSERT INTO a VALUES (2); UPDATE a SET n = 3; DELETE FROM a");
  server.run("INSERT INTO audit_logs VALUES (1)");
  EXPECT_EQ(server.value("SELECT n FROM audit_logs"), "1");
  for (const char* forbidden : {"UPDATE audit_logs SET n = 2", "DELETE FROM audit_logs",
                                "TRUNCATE audit_logs", "TRUNCATE a", "DROP TABLE a",
                                "CREATE TABLE x (n integer)", "DELETE FROM schema_migrations"}) {
    try {
      server.run(forbidden);
      ADD_FAILURE() << forbidden;
    } catch (const SqlError& error) {
      EXPECT_EQ(error.sqlstate(), "42501") << forbidden;
    }
  }
}

TEST_F(Migrator, quotes_the_name_of_the_server_s_role) {
  const std::string name = "odd \"role\"; --";
  BlockingConnection superuser(testing::cluster().superuser_url());
  superuser.run("CREATE ROLE " + superuser.quoted_name(name) + " LOGIN");
  const std::string url = "host=" + testing::cluster().socket_folder().string() +
                          " port=5432 dbname=migrated user='" + name + "'";
  migrate(owner(), url, two);
  EXPECT_EQ(BlockingConnection(url).value("SELECT n FROM a"), "1");
}

TEST_F(Migrator, says_which_role_is_missing) {
  try {
    migrate(owner(), url_for("nobody_knows"), two);
    ADD_FAILURE();
  } catch (const SetupError& error) {
    EXPECT_THAT(error.what(), HasSubstr("nobody_knows"));
    EXPECT_THAT(error.what(), HasSubstr("CREATE ROLE"));
  }
}

TEST_F(Migrator, warns_where_one_role_does_both) {
  std::vector<std::string> lines;
  migrate(owner(), owner(), two, [&](std::string_view line) { lines.emplace_back(line); });
  EXPECT_THAT(lines.back(), HasSubstr("R73"));
}

TEST_F(Migrator, tells_readiness_whether_the_database_is_current) {
  const auto is_current = [] {
    const auto connection = run(Connection::open({.url = app()}, deadline_in(20s)));
    return run(migrations_current(*connection));
  };
  const auto embedded = embedded_migrations();
  migrate(owner(), app(), embedded.first(embedded.size() - 1));
  EXPECT_FALSE(is_current());
  migrate(owner(), app());
  EXPECT_TRUE(is_current());
  const auto note = [](const std::string& sql) { BlockingConnection(owner()).run(sql); };
  note("INSERT INTO schema_migrations VALUES (9999, 'of a newer server', 'x')");
  EXPECT_TRUE(is_current()) << "old servers run on while the new ones start";
  note("UPDATE schema_migrations SET checksum = 'x' WHERE version = 1");
  EXPECT_FALSE(is_current());
}

}  // namespace
}  // namespace frontdesk::db
