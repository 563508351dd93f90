#pragma once

#include "db/params.hpp"
#include "db/statement.hpp"

#include <vector>

namespace frontdesk::db {

/// Statements that do not need each other's results, to be sent in one round trip. They run in
/// order; when one fails, those after it are not run.
///
///     auto rows = co_await connection.execute_batch(
///         Batch().add(sql::find_service, service).add(sql::find_settings));
class Batch {
 public:
  static constexpr std::size_t limit = 64;

  struct Command {
    Statement statement;
    Params params;
  };

  /// Parameters are copied, as in Params::of. More than `limit` statements are a bug.
  template <class... T>
  Batch& add(const Statement& statement, const T&... parameters) & {
    ENSURE(commands_.size() < limit);
    commands_.push_back({statement, Params::of(parameters...)});
    return *this;
  }
  template <class... T>
  Batch&& add(const Statement& statement, const T&... parameters) && {
    return std::move(add(statement, parameters...));
  }

  [[nodiscard]] std::span<const Command> commands() const { return commands_; }

 private:
  std::vector<Command> commands_;
};

}  // namespace frontdesk::db
