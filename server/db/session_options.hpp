#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace frontdesk::db {

/// Told of every statement that was answered: its name, the time from sending it (in a batch: from
/// the answer before it) to its answer, and whether PostgreSQL accepted it. Must not throw.
using StatementObserver =
    std::function<void(std::string_view statement, std::chrono::nanoseconds took, bool succeeded)>;

/// What each connection is opened with. The time-outs are PostgreSQL's own: they end a statement
/// even when this process can no longer ask for it.
struct SessionOptions {
  std::string url;  ///< libpq URL or conninfo string; may name several hosts
  std::string application_name = "frontdesk";
  std::chrono::milliseconds statement_timeout{10'000};
  std::chrono::milliseconds lock_timeout{5'000};
  std::chrono::milliseconds idle_in_transaction_timeout{15'000};
  StatementObserver on_statement = {};
};

}  // namespace frontdesk::db
