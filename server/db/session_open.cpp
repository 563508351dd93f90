// How a session comes to be, and goes.
#include "db/connect_keywords.hpp"
#include "db/session.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <sys/socket.h>

namespace frontdesk::db {
namespace {

pg_conn* start(const ConnectKeywords& keywords) {
  std::vector<const char*> names, values;
  for (const auto& [name, value] : keywords) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  return PQconnectStartParams(names.data(), values.data(), 0);
}

void ignore_notice(void*, const PGresult*) {}

}  // namespace

Task<std::shared_ptr<Session>> Session::open(const SessionOptions& options, Deadline deadline,
                                             std::shared_ptr<Canceller> canceller) {
  auto keywords = connect_keywords(options);
  co_await resolve_hosts(keywords);
  const auto executor = co_await asio::this_coro::executor;
  std::shared_ptr<Session> session(
      new Session(start(keywords), options, executor, std::move(canceller)));
  session->set_deadline(deadline);
  co_await session->connect();
  co_return session;
}

Session::Session(pg_conn* connection, const SessionOptions& options, const Executor& executor,
                 std::shared_ptr<Canceller> canceller)
    : connection_(connection),
      socket_(executor),
      watchdog_(executor),
      on_statement_(options.on_statement),
      canceller_(std::move(canceller)) {}

Session::~Session() {
  PQfinish(connection_);
}

Task<void> Session::connect() {
  if (connection_ == nullptr) throw std::bad_alloc();
  const auto failed = [this] { throw ConnectionLost(last_message()); };
  if (PQstatus(connection_) == CONNECTION_BAD) failed();
  watch_deadline();
  auto next = PGRES_POLLING_WRITING;
  while (next != PGRES_POLLING_OK) {
    watch_socket();  // each time: libpq may have gone on to another host
    before_wait();
    const auto [error] = co_await socket_.async_wait(
        next == PGRES_POLLING_READING ? Wait::wait_read : Wait::wait_write,
        asio::as_tuple(asio::use_awaitable_t<Executor>()));
    after_wait(static_cast<bool>(error));
    next = PQconnectPoll(connection_);
    if (next == PGRES_POLLING_FAILED) failed();
  }
  PQsetNoticeReceiver(connection_, ignore_notice, nullptr);
  if (PQsetnonblocking(connection_, 1) != 0 || PQenterPipelineMode(connection_) != 1) failed();
  watch_socket();
}

// Asio gets a descriptor of its own: libpq closes its one whenever it sees fit, and the number may
// be another connection's by the time Asio hears of it.
void Session::watch_socket() {
  const int descriptor = ::fcntl(PQsocket(connection_), F_DUPFD_CLOEXEC, 0);
  if (descriptor < 0) throw ConnectionLost("no descriptor left for a connection");
  socket_.close();
  socket_.assign(descriptor);
}

bool Session::has_hung_up() {
  const auto peek = [this] {
    char byte;
    return ::recv(PQsocket(connection_), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  };
  const auto is_quiet = [](auto received) {
    return received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
  };
  if (is_quiet(peek())) return false;
  // Something came unasked: a changed setting, or the reason for the end that follows it.
  if (PQconsumeInput(connection_) != 1) return true;
  PQisBusy(connection_);
  return PQstatus(connection_) == CONNECTION_BAD || !is_quiet(peek());
}

int Session::backend_pid() const {
  return PQbackendPID(connection_);
}

std::string Session::last_message() const {
  std::string message = PQerrorMessage(connection_);
  while (!message.empty() && message.back() == '\n') message.pop_back();
  return message;
}

}  // namespace frontdesk::db
