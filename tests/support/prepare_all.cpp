#include "db/sql_error.hpp"
#include "support/database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace frontdesk::testing {
namespace {

// The plan that the server gets: made without knowing the parameters.
void plan(db::BlockingConnection& connection, const db::Statement& statement) {
  connection.run(fmt::format("PREPARE checked AS {}", statement.text));
  const std::string parameters = connection.value(
      "SELECT repeat(', NULL', cardinality(parameter_types)) FROM pg_prepared_statements "
      "WHERE name = 'checked'");
  connection.run(parameters.empty()
                     ? std::string("EXPLAIN EXECUTE checked")
                     : fmt::format("EXPLAIN EXECUTE checked ({})", parameters.substr(2)));
}

}  // namespace

void prepare_all(std::span<const db::Statement* const> statements) {
  db::BlockingConnection connection(app_url());
  connection.run("SET plan_cache_mode = force_generic_plan");
  for (const auto* statement : statements) {
    try {
      plan(connection, *statement);
    } catch (const db::SqlError& error) {
      ADD_FAILURE() << statement->name << ": " << error.what();
    }
    connection.run("DEALLOCATE ALL");
  }
}

}  // namespace frontdesk::testing
