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

using Link = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

// The simple protocol: a script holds many statements.
Answer run(PGconn* link, std::string_view script) {
  Answer answer(PQexec(link, std::string(script).c_str()), &PQclear);
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(std::string("the demo data could not be loaded: ") +
                             PQerrorMessage(link));
  }
  return answer;
}

Link connect(const std::string& url) {
  Link link(PQconnectdb(url.c_str()), &PQfinish);
  if (PQstatus(link.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(link.get()));
  PQsetNoticeProcessor(link.get(), [](void*, const char*) {}, nullptr);
  return link;
}

bool answers_true(PGconn* link, std::string_view question) {
  return PQgetvalue(run(link, question).get(), 0, 0)[0] == 't';
}

void set_password_hash(PGconn* link, const std::string& hash) {
  const char* values[] = {hash.c_str()};
  Answer answer(PQexecParams(link, "SELECT set_config('demo.password_hash', $1, true)", 1,
                             nullptr, values, nullptr, nullptr, 0),
                &PQclear);
  if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) {
    throw std::runtime_error(PQerrorMessage(link));
  }
}

}  // namespace

bool is_empty(const std::string& url) { return answers_true(connect(url).get(), emptiness); }

std::vector<Session> sessions(const std::string& url, int limit) {
  const auto link = connect(url);
  const auto rows = run(link.get(), "SELECT user_id, id FROM sessions WHERE revoked_at IS NULL AND "
                                    "expires_at > now() ORDER BY id LIMIT " + std::to_string(limit));
  std::vector<Session> found;
  for (int row = 0; row < PQntuples(rows.get()); ++row) {
    const auto user = UserId::parse(PQgetvalue(rows.get(), row, 0));
    const auto session = SessionId::parse(PQgetvalue(rows.get(), row, 1));
    if (user && session) found.push_back({*user, *session});
  }
  return found;
}

Outcome load(const std::string& url, Size size, const std::string& password_hash) {
  const auto link = connect(url);
  run(link.get(), "BEGIN");
  run(link.get(), lock);
  if (!answers_true(link.get(), emptiness)) return Outcome::not_empty;
  set_password_hash(link.get(), password_hash);
  run(link.get(), (size == Size::bench ? scripts::bench : scripts::business).text);
  run(link.get(), "COMMIT");
  run(link.get(), "ANALYZE");
  return Outcome::loaded;
}

}  // namespace frontdesk::demo
