#include "db/blocking_connection.hpp"

#include "db/connect_keywords.hpp"
#include "db/setup_error.hpp"
#include "db/sql_error.hpp"

#include <array>
#include <new>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace frontdesk::db {
namespace {

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string() : std::string(text);
}

void check(const Result& result, const PGconn* connection) {
  const auto status = PQresultStatus(result.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
    return;
  std::string message = field(result.get(), PG_DIAG_MESSAGE_PRIMARY);
  if (message.empty()) message = PQerrorMessage(connection);
  throw SqlError({.sqlstate = field(result.get(), PG_DIAG_SQLSTATE),
                  .constraint = field(result.get(), PG_DIAG_CONSTRAINT_NAME),
                  .table = field(result.get(), PG_DIAG_TABLE_NAME),
                  .message = std::move(message),
                  .statement = "setup"});
}

}  // namespace

BlockingConnection::BlockingConnection(const std::string& url) {
  auto keywords = parse_connect_url(url);
  keywords.emplace_back("client_encoding", "UTF8");
  keywords.emplace_back("fallback_application_name", "frontdesk");
  keywords.emplace_back("connect_timeout", "10");
  std::vector<const char*> names, values;
  for (const auto& [name, value] : keywords) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  connection_.reset(PQconnectdbParams(names.data(), values.data(), 0));
  if (!connection_) throw std::bad_alloc();
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    std::string reason = PQerrorMessage(connection_.get());
    while (!reason.empty() && reason.back() == '\n') reason.pop_back();
    throw SetupError(fmt::format("The database cannot be reached: {}", reason));
  }
  PQsetNoticeReceiver(connection_.get(), [](void*, const PGresult*) {}, nullptr);
}

BlockingConnection::~BlockingConnection() = default;

void BlockingConnection::Finish::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

void BlockingConnection::run(const std::string& sql) {
  check(Result(PQexec(connection_.get(), sql.c_str())), connection_.get());
}

BlockingConnection::Table BlockingConnection::query(const std::string& sql,
                                                    const std::vector<std::string>& parameters) {
  std::vector<const char*> values;
  for (const auto& parameter : parameters) values.push_back(parameter.c_str());
  const Result result(PQexecParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()),
                                   nullptr, values.data(), nullptr, nullptr, 0));
  check(result, connection_.get());
  Table table(static_cast<std::size_t>(PQntuples(result.get())));
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      auto& cells = table[static_cast<std::size_t>(row)];
      if (PQgetisnull(result.get(), row, column) != 0) {
        cells.emplace_back();
      } else {
        cells.emplace_back(PQgetvalue(result.get(), row, column));
      }
    }
  }
  return table;
}

std::string BlockingConnection::value(const std::string& sql,
                                      const std::vector<std::string>& parameters) {
  const Table table = query(sql, parameters);
  return table.empty() || table[0].empty() ? std::string() : table[0][0].value_or(std::string());
}

std::string BlockingConnection::quoted_name(std::string_view name) const {
  struct Free {
    void operator()(char* text) const { PQfreemem(text); }
  };
  const std::unique_ptr<char, Free> quoted(
      PQescapeIdentifier(connection_.get(), name.data(), name.size()));
  if (!quoted) throw SetupError(fmt::format("`{}` cannot be a name in the database.", name));
  return quoted.get();
}

std::function<void()> BlockingConnection::canceller() const {
  const std::shared_ptr<PGcancel> cancel(PQgetCancel(connection_.get()), PQfreeCancel);
  return [cancel] {
    std::array<char, 256> reason{};
    PQcancel(cancel.get(), reason.data(), static_cast<int>(reason.size()));
  };
}

std::string BlockingConnection::user() const {
  return PQuser(connection_.get());
}
std::string BlockingConnection::database() const {
  return PQdb(connection_.get());
}

}  // namespace frontdesk::db
