#include "backup/store.hpp"

#include "backup/statements.hpp"

namespace frontdesk::backup::store {
namespace {

std::string text(const db::Statement& statement) {
  return std::string(statement.text);
}

}  // namespace

std::string begin_snapshot(db::BlockingConnection& connection) {
  connection.run(text(sql::limit_lock_wait));
  connection.run(text(sql::begin_snapshot));
  return connection.value(text(sql::export_snapshot));
}

std::optional<Schema> find_schema(db::BlockingConnection& connection) {
  if (connection.value(text(sql::has_migrations)) != "t") return std::nullopt;
  const auto rows = connection.query(text(sql::find_newest_migration));
  if (rows.empty()) return std::nullopt;
  return Schema{std::stoi(rows[0][0].value()), rows[0][1].value()};
}

int server_version(db::BlockingConnection& connection) {
  return std::stoi(connection.value(text(sql::server_version)));
}

std::vector<std::string> list_unproven(db::BlockingConnection& connection) {
  std::vector<std::string> names;
  for (const auto& row : connection.query(text(sql::list_unproven))) {
    names.push_back(row[0].value());
  }
  return names;
}

void end_sessions(db::BlockingConnection& connection) {
  connection.run(text(sql::end_sessions));
  connection.run(text(sql::delete_password_resets));
  connection.run(text(sql::delete_email_changes));
}

void analyze(db::BlockingConnection& connection) {
  connection.run(text(sql::analyze));
}

}  // namespace frontdesk::backup::store
