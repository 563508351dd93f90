#pragma once

#include "core/error.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace frontdesk::db {

/// BEGIN ISOLATION LEVEL READ COMMITTED to COMMIT (R52). BEGIN travels with the first statement.
/// From begin on the calling coroutine cannot be cancelled: a write goes to its end. Unless
/// committed, the destructor has the pool roll the transaction back.
class Transaction {
 public:
  static Task<Transaction> begin(Lease lease);

  /// For functions that take a connection; what they execute is part of the transaction.
  Connection& connection() { return *lease_; }

  template <class... T>
  Task<Rows> execute(const Statement& statement, const T&... parameters) {
    return lease_->execute(statement, parameters...);
  }
  /// Several statements in one round trip; see Connection::execute_batch.
  Task<std::vector<Rows>> execute_batch(Batch batch);

  /// Throws CommitUnknown when the connection broke at COMMIT (R56), SqlError when the server
  /// refused (the transaction is then rolled back).
  Task<void> commit();
  /// Runs `batch` and COMMIT in one round trip: the last statements of a use case. When one fails
  /// nothing is committed and the transaction can only be rolled back.
  Task<std::vector<Rows>> commit_with(Batch batch);
  /// Returns when the server has let go of every lock. Never throws SqlError.
  Task<void> rollback();

  /// Neither committed nor rolled back.
  [[nodiscard]] bool is_open() const { return is_open_; }

 private:
  explicit Transaction(Lease lease) : lease_(std::move(lease)) {}

  Lease lease_;
  bool is_open_ = true;
};

namespace detail {

inline constexpr int transaction_tries = 3;

/// What to do about a fault that ended a use case.
struct Recovery {
  bool try_again = false;
  std::optional<Error> refusal = {};
};
Recovery judge(std::exception_ptr fault, int tries_made, const Pool& pool);

/// A few milliseconds at random, longer with each try.
Task<void> pause_before_retry(int tries_made);

/// Lets the coroutine be cancelled again, as asio::co_spawn had it.
Task<void> allow_cancellation();

}  // namespace detail

/// Acquires, begins and runs `use_case(transaction, arguments…)`. Commits when it returns a value,
/// rolls back when it returns a refusal (unless it has committed or rolled back itself). After
/// 40001 or 40P01 the whole use case runs again, at most 3 times in all (R31). A SqlError that no
/// store mapped becomes the refusal of R31 where the caller is at fault, and is thrown on where the
/// world is.
///
///     auto booked = co_await db::in_transaction(pool, deadline, &book_in, request, actor);
///     // Task<Result<Appointment>> book_in(db::Transaction&, const Request&, const Actor&)
template <class F, class... Arguments>
std::invoke_result_t<F, Transaction&, Arguments&...> in_transaction(Pool& pool, Deadline deadline,
                                                                    F use_case,
                                                                    Arguments&... arguments) {
  static_assert(std::is_empty_v<F> || std::is_function_v<std::remove_pointer_t<F>>,
                "a use case is a plain function or a lambda that captures nothing");
  for (int tries = 1;; ++tries) {
    std::exception_ptr fault;
    {
      auto transaction = co_await Transaction::begin(co_await pool.acquire(deadline));
      try {
        auto result = co_await use_case(transaction, arguments...);
        if (transaction.is_open()) {
          if (result) {
            co_await transaction.commit();
          } else {
            co_await transaction.rollback();
          }
        }
        co_await detail::allow_cancellation();
        co_return result;
      } catch (...) {
        fault = std::current_exception();
      }
      if (transaction.is_open()) co_await transaction.rollback();
    }
    co_await detail::allow_cancellation();
    auto recovery = detail::judge(fault, tries, pool);
    if (recovery.refusal) co_return refuse(std::move(*recovery.refusal));
    if (!recovery.try_again) std::rethrow_exception(fault);
    co_await detail::pause_before_retry(tries);
  }
}

}  // namespace frontdesk::db
