#include "demo/demo.hpp"

#include "demo/scripts.hpp"

#include <memory>
#include <stdexcept>

#include <libpq-fe.h>

namespace frontdesk::demo {
namespace {

// Any fixed number that nothing else locks.
constexpr std::string_view lock = "SELECT pg_advisory_xact_lock(7310)";
constexpr std::string_view emptiness =
    "SELECT NOT EXISTS (SELECT FROM users) AND NOT EXISTS (SELECT FROM services)";

using Session = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

// The simple protocol: a script holds many statements.
Answer run(PGconn* session, std::string_view script) {
  Answer answer(PQexec(session, std::string(script).c_str()), &PQclear);
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(std::string("the demo data could not be loaded: ") +
                             PQerrorMessage(session));
  }
  return answer;
}

void set_password_hash(PGconn* session, const std::string& hash) {
  const char* values[] = {hash.c_str()};
  Answer answer(PQexecParams(session, "SELECT set_config('demo.password_hash', $1, true)", 1,
                             nullptr, values, nullptr, nullptr, 0),
                &PQclear);
  if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) {
    throw std::runtime_error(PQerrorMessage(session));
  }
}

}  // namespace

Outcome load(const std::string& url, Size size, const std::string& password_hash) {
  const Session session(PQconnectdb(url.c_str()), &PQfinish);
  if (PQstatus(session.get()) != CONNECTION_OK) {
    throw std::runtime_error(PQerrorMessage(session.get()));
  }
  PQsetNoticeProcessor(session.get(), [](void*, const char*) {}, nullptr);
  run(session.get(), "BEGIN");
  run(session.get(), lock);
  const auto empty = run(session.get(), emptiness);
  if (PQgetvalue(empty.get(), 0, 0)[0] != 't') return Outcome::not_empty;
  set_password_hash(session.get(), password_hash);
  run(session.get(), (size == Size::bench ? scripts::bench : scripts::business).text);
  run(session.get(), "COMMIT");
  run(session.get(), "ANALYZE");
  return Outcome::loaded;
}

}  // namespace frontdesk::demo
