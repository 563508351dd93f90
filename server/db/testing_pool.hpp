#pragma once

#include "support/database.hpp"

namespace frontdesk::db::testing_pool {

using namespace std::chrono_literals;

inline constexpr Statement select_one{"select_one", "SELECT 1"};

inline Lease acquire(Pool& pool, std::chrono::milliseconds within = 20s) {
  return testing::run(pool.acquire(deadline_in(within)));
}

inline int answer(Connection& connection) {
  return testing::run(connection.execute(select_one))[0].get<std::int32_t>(0);
}

/// How a coroutine ended.
struct Outcome {
  bool done = false;
  std::exception_ptr failure;
};

/// To be handed to asio::co_spawn.
inline auto note_in(Outcome& outcome) {
  return [&outcome](std::exception_ptr failure) {
    outcome.failure = failure;
    outcome.done = true;
  };
}

}  // namespace frontdesk::db::testing_pool
