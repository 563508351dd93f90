#include "db/connection.hpp"

#include "db/session.hpp"

#include <array>

#include <boost/container/static_vector.hpp>

namespace frontdesk::db {
namespace {

using Commands = boost::container::static_vector<Session::Command, Batch::limit>;

Commands commands_of(const Batch& batch) {
  Commands commands;
  for (const auto& command : batch.commands()) {
    commands.push_back({&command.statement, &command.params});
  }
  return commands;
}

}  // namespace

Task<std::unique_ptr<Connection>> Connection::open(const SessionOptions& options, Deadline deadline,
                                                   std::shared_ptr<Canceller> canceller) {
  if (!canceller) canceller = std::make_shared<Canceller>();
  co_return std::make_unique<Connection>(
      co_await Session::open(options, deadline, std::move(canceller)));
}

Connection::Connection(std::shared_ptr<Session> session) : session_(std::move(session)) {}
Connection::~Connection() = default;

Task<Rows> Connection::run(Statement statement, Params params) {
  const std::array commands{Session::Command{&statement, &params}};
  Rows rows;
  co_await session_->exchange(commands, {&rows, 1}, Session::Ending::none);
  co_return rows;
}

Task<std::vector<Rows>> Connection::execute_batch(Batch batch) {
  std::vector<Rows> results(batch.commands().size());
  if (results.empty()) co_return results;
  const auto commands = commands_of(batch);
  co_await session_->exchange(commands, results, Session::Ending::none);
  co_return results;
}

void Connection::set_deadline(Deadline deadline) {
  session_->set_deadline(deadline);
}
void Connection::begin_with_next() {
  session_->begin_with_next();
}

Task<void> Connection::commit() {
  if (session_->begin_is_due()) {
    session_->forget_begin();
    co_return;
  }
  co_await session_->exchange({}, {}, Session::Ending::commit);
}

Task<std::vector<Rows>> Connection::execute_and_commit(Batch batch) {
  std::vector<Rows> results(batch.commands().size());
  if (results.empty()) {
    co_await commit();
    co_return results;
  }
  const auto commands = commands_of(batch);
  co_await session_->exchange(commands, results, Session::Ending::commit);
  co_return results;
}

Task<bool> Connection::settle(Deadline deadline) {
  return session_->settle(deadline);
}
bool Connection::is_settled() const {
  return session_->is_settled();
}
bool Connection::is_broken() const {
  return session_->is_broken();
}
bool Connection::has_hung_up() {
  return session_->has_hung_up();
}
int Connection::backend_pid() const {
  return session_->backend_pid();
}

}  // namespace frontdesk::db
