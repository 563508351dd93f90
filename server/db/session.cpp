#include "db/session.hpp"

#include "core/ensure.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <libpq-fe.h>

namespace frontdesk::db {
namespace {

constexpr Statement begin_statement{"frontdesk_begin", "BEGIN ISOLATION LEVEL READ COMMITTED"};
constexpr Statement commit_statement{"frontdesk_commit", "COMMIT"};
constexpr Statement rollback_statement{"frontdesk_rollback", "ROLLBACK"};

constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> awaited{};

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string() : std::string(text);
}

// Its plans and statements are not what we believe, or it is a standby by now: only a new one
// helps.
bool spoils_session(std::string_view sqlstate) {
  return sqlstate == "0A000" || sqlstate == "25006" || sqlstate == "26000";
}

}  // namespace

Task<void> Session::exchange(std::span<const Command> commands, std::span<Rows> results,
                             Ending ending) {
  ENSURE(!is_awaited_);
  if (is_broken_) throw ConnectionLost("the connection has broken earlier");
  if (is_busy_) throw ConnectionLost("an earlier statement was cut short");
  // What broke before COMMIT was sent is not committed.
  if (ending == Ending::commit && has_hung_up()) lose("before COMMIT");
  if (Clock::now() >= deadline_) throw DeadlinePassed("the deadline passed before a statement");
  struct ForgetResults {
    Exchange& exchange;
    ~ForgetResults() { exchange.results = {}; }
  } forget_results{exchange_};

  enqueue(commands, ending);
  exchange_.results = results;
  timed_out_ = false;
  watch_deadline();
  if (PQflush(connection_) != 0) co_await flush();
  co_await await_answers();
  if (exchange_.failure) throw SqlError(std::move(*exchange_.failure));
}

void Session::enqueue(std::span<const Command> commands, Ending ending) {
  exchange_.steps.clear();
  exchange_.answered = 0;
  exchange_.failure.reset();
  exchange_.commit = CommitProgress::none;
  is_busy_ = true;
  if (begin_is_due_ && !commands.empty()) {
    enqueue_control(begin_statement, Step::Kind::begin);
    begin_is_due_ = false;
  }
  for (std::size_t i = 0; i < commands.size(); ++i) {
    enqueue_one(commands[i], Step::Kind::run, i);
  }
  if (ending == Ending::commit) enqueue_control(commit_statement, Step::Kind::commit);
  if (ending == Ending::rollback) enqueue_control(rollback_statement, Step::Kind::rollback);
  if (ending == Ending::commit) exchange_.commit = CommitProgress::sent;
  if (PQpipelineSync(connection_) != 1) lose("while sending");
  if (on_statement_) exchange_.last_answer = Clock::now();
}

void Session::enqueue_control(const Statement& statement, Step::Kind kind) {
  static const Params no_params;
  enqueue_one({&statement, &no_params}, kind, 0);
}

void Session::enqueue_one(const Command& command, Step::Kind kind, std::size_t index) {
  const Params& params = *command.params;
  auto& entry = prepared_.entry_for(*command.statement, params);
  const auto count = static_cast<int>(params.entries().size());
  if (!entry.is_ready) {
    // Twice in one batch: the first of them prepares it.
    const auto is_being_prepared = [&](const Step& step) { return step.entry == &entry; };
    if (std::ranges::none_of(exchange_.steps, is_being_prepared)) {
      const std::string text(entry.text);  // libpq wants its end marked
      if (PQsendPrepare(connection_, entry.name.c_str(), text.c_str(), count, entry.types.data()) !=
          1) {
        lose("while sending");
      }
      exchange_.steps.push_back({Step::Kind::prepare, index, command.statement->name, &entry});
    }
  }
  std::array<const char*, Params::limit> values;
  std::array<int, Params::limit> lengths;
  std::array<int, Params::limit> formats;
  for (std::size_t i = 0; const auto& parameter : params.entries()) {
    values[i] = parameter.length < 0 ? nullptr : params.data(parameter);
    lengths[i] = parameter.length;
    formats[i] = 1;
    ++i;
  }
  if (PQsendQueryPrepared(connection_, entry.name.c_str(), count, values.data(), lengths.data(),
                          formats.data(), 1) != 1) {
    lose("while sending");
  }
  exchange_.steps.push_back({kind, index, command.statement->name, nullptr});
}

Task<void> Session::flush() {
  for (;;) {
    // A failed write is no end yet: the server's reason may be waiting to be read.
    if (PQflush(connection_) <= 0) co_return;
    co_await wait_writable_reading();
    if (PQconsumeInput(connection_) != 1) co_return;
  }
}

Task<void> Session::await_answers() {
  while (!take_answers()) {
    before_wait();
    const auto [error] = co_await socket_.async_wait(Wait::wait_read, awaited);
    after_wait(static_cast<bool>(error));
    if (PQconsumeInput(connection_) == 1) continue;
    if (!take_answers()) lose("while waiting for an answer");
    co_return;
  }
}

/// Whether the exchange has come to its end.
bool Session::take_answers() {
  bool was_null = false;
  while (PQisBusy(connection_) == 0) {
    PGresult* result = PQgetResult(connection_);
    if (result == nullptr) {
      if (std::exchange(was_null, true)) return false;  // libpq has nothing left: it broke
      continue;
    }
    was_null = false;
    if (PQresultStatus(result) == PGRES_PIPELINE_SYNC) {
      PQclear(result);
      is_busy_ = false;
    } else {
      take_answer(result);
    }
    if (!is_busy_) return true;
  }
  return false;
}

void Session::take_answer(pg_result* result) {
  Rows rows(result);  // owns it from here on
  const bool is_at_sync = exchange_.answered == exchange_.steps.size();
  const Step step = is_at_sync ? Step{Step::Kind::sync, 0, "sync", nullptr}
                               : exchange_.steps[exchange_.answered++];
  const auto status = PQresultStatus(result);
  const bool succeeded = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
  if (step.kind == Step::Kind::run && on_statement_ && status != PGRES_PIPELINE_ABORTED) {
    const auto now = Clock::now();
    on_statement_(step.name, now - std::exchange(exchange_.last_answer, now), succeeded);
  }
  if (status == PGRES_PIPELINE_ABORTED) return;
  if (!succeeded) return note_failure(step, result);
  switch (step.kind) {
    case Step::Kind::prepare:
      step.entry->is_ready = true;
      break;
    case Step::Kind::run:
      if (!exchange_.results.empty()) exchange_.results[step.command] = std::move(rows);
      break;
    case Step::Kind::commit:
      note_commit(PQcmdStatus(result));
      break;
    case Step::Kind::begin:
    case Step::Kind::rollback:
    case Step::Kind::sync:
      break;
  }
}

void Session::note_commit(std::string_view tag) {
  if (tag == "COMMIT") {
    exchange_.commit = CommitProgress::done;
    return;
  }
  // PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement has failed.
  exchange_.commit = CommitProgress::none;
  exchange_.failure = SqlError::Report{.sqlstate = "25P02",
                                       .constraint = {},
                                       .table = {},
                                       .message = "a failed transaction cannot be committed",
                                       .statement = std::string(commit_statement.name)};
}

void Session::note_failure(const Step& step, pg_result* result) {
  SqlError::Report report{.sqlstate = field(result, PG_DIAG_SQLSTATE),
                          .constraint = field(result, PG_DIAG_CONSTRAINT_NAME),
                          .table = field(result, PG_DIAG_TABLE_NAME),
                          .message = field(result, PG_DIAG_MESSAGE_PRIMARY),
                          .statement = std::string(step.name)};
  if (report.sqlstate.empty()) {  // not the server's words but libpq's: the line is dead
    if (exchange_.commit != CommitProgress::done) lose("while waiting for an answer");
    is_broken_ = true;
    is_busy_ = false;
    return;
  }
  const bool is_fatal = field(result, PG_DIAG_SEVERITY_NONLOCALIZED) != "ERROR";
  if (is_fatal || spoils_session(report.sqlstate)) is_broken_ = true;
  // A server that was stopped at COMMIT may have done it first.
  if (is_fatal && step.kind == Step::Kind::commit) lose("at COMMIT");
  if (!exchange_.failure) {
    exchange_.commit = CommitProgress::none;
    exchange_.failure = std::move(report);
  }
  if (is_fatal) is_busy_ = false;  // no Sync will be answered
}

void Session::lose(std::string_view when) {
  is_broken_ = true;
  is_busy_ = false;
  const std::string what = fmt::format("connection lost {}: {}", when, last_message());
  if (std::exchange(exchange_.commit, CommitProgress::none) == CommitProgress::sent) {
    throw CommitUnknown(what);
  }
  throw ConnectionLost(what);
}

void Session::before_wait() {
  if (timed_out_) interrupt();
  is_awaited_ = true;
}

void Session::after_wait(bool was_aborted) {
  is_awaited_ = false;
  if (was_aborted) interrupt();
}

// The server may stop reading until we have read what it has written.
Task<void> Session::wait_writable_reading() {
  before_wait();
  const auto [order, cannot_read, cannot_write] =
      co_await asio::experimental::make_parallel_group(
          socket_.async_wait(Wait::wait_read, asio::deferred),
          socket_.async_wait(Wait::wait_write, asio::deferred))
          .async_wait(asio::experimental::wait_for_one(), awaited);
  after_wait(cannot_read && cannot_write);
}

void Session::interrupt() {
  if (exchange_.commit == CommitProgress::sent) {
    exchange_.commit = CommitProgress::none;
    is_broken_ = true;
    throw CommitUnknown("the deadline passed while COMMIT was under way");
  }
  ask_to_cancel();
  if (timed_out_) throw DeadlinePassed("the deadline passed while waiting for PostgreSQL");
  throw Cancelled("nobody waits for the answer");
}

}  // namespace frontdesk::db
