#include "doctor/store.hpp"

#include "doctor/statements.hpp"

namespace frontdesk::doctor::store {
namespace {

std::string text(const db::Statement& statement) {
  return std::string(statement.text);
}

}  // namespace

Server load_server(db::BlockingConnection& connection) {
  const auto row = connection.query(text(sql::load_server)).at(0);
  return {.version = row[0].value(),
          .major_version = std::stoi(row[1].value()),
          .in_recovery = row[2].value() == "t",
          .fsync = row[3].value(),
          .full_page_writes = row[4].value(),
          .synchronous_commit = row[5].value()};
}

bool has_migrations(db::BlockingConnection& connection) {
  return connection.value(text(sql::has_migrations)) == "t";
}

std::vector<AppliedMigration> list_migrations(db::BlockingConnection& connection) {
  std::vector<AppliedMigration> applied;
  for (const auto& row : connection.query(text(sql::list_applied_migrations))) {
    applied.push_back({std::stoi(row[0].value()), row[1].value(), row[2].value()});
  }
  return applied;
}

double clock_seconds(db::BlockingConnection& connection) {
  return std::stod(connection.value(text(sql::read_clock)));
}

std::string time_zone(db::BlockingConnection& connection) {
  return connection.value(text(sql::find_time_zone));
}

bool knows_time_zone(db::BlockingConnection& connection, const std::string& zone) {
  return connection.value(text(sql::knows_time_zone), {zone}) == "t";
}

std::vector<std::string> list_leftover_databases(db::BlockingConnection& connection) {
  std::vector<std::string> names;
  for (const auto& row : connection.query(text(sql::list_leftover_databases))) {
    names.push_back(row[0].value());
  }
  return names;
}

}  // namespace frontdesk::doctor::store
