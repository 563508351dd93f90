#pragma once

#include "core/task.hpp"
#include "db/blocking_connection.hpp"
#include "db/pool.hpp"
#include "db/private_cluster.hpp"
#include "db/statement.hpp"

#include <chrono>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include <boost/asio/co_spawn.hpp>

/// What every _pgtest stands on: a PostgreSQL of the test executable's own, made on first use in a
/// temporary folder, migrated, gone at the end. Works as root. main() is in this library.
namespace frontdesk::testing {

/// The cluster of this executable.
db::PrivateCluster& cluster();

/// FRONTDESK_DATABASE_URL: the server's role, which may not change audit_logs.
std::string app_url();
/// FRONTDESK_DATABASE_OWNER_URL: may do everything with the tables, and (in tests alone) see and
/// end what the server's connections do.
std::string owner_url();

/// Runs SQL as the owner, on a connection of its own: to put rows in place, to age them, to look at
/// them.
void sql(const std::string& statements);
/// First column of the first row as text; empty for NULL or no row.
std::string sql_value(const std::string& statement,
                      const std::vector<std::string>& parameters = {});
std::int64_t sql_count(const std::string& statement,
                       const std::vector<std::string>& parameters = {});

/// Empties every table but permissions, roles and role_permissions, which keep their built-in rows;
/// settings go back to their defaults. Call it in SetUp. No transaction may be open.
void reset();

/// Each statement can be prepared and planned by the server's role (that covers its grants).
/// Reports each one that cannot as a failure of the running test. Parameters are planned as
/// unknown.
///
///     TEST(CatalogSql, every_statement_can_be_run) { testing::prepare_all(sql::all); }
void prepare_all(std::span<const db::Statement* const> statements);

/// The io_context that run() drives and pools of make_pool() live on.
asio::io_context& io();

/// A pool for the server's role on io(). `options.url` may stay empty.
std::unique_ptr<db::Pool> make_pool(db::PoolOptions options = {});

/// A temporary folder that any user may pass through, removed with all it holds.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

namespace detail {
/// Drives io() until `is_done`; ends the process after `limit`, for what hangs is left in io().
void drive(const std::function<bool()>& is_done, std::chrono::seconds limit);
}  // namespace detail

/// Runs a coroutine on io() to its end and returns what it returns; throws what it throws.
///
///     const auto lease = run(pool->acquire(deadline_in(5s)));
template <class T>
T run(Task<T> task, std::chrono::seconds limit = std::chrono::seconds(60)) {
  std::exception_ptr failure;
  bool done = false;
  if constexpr (std::is_void_v<T>) {
    asio::co_spawn(io(), std::move(task), [&](std::exception_ptr thrown) {
      failure = std::move(thrown);
      done = true;
    });
    detail::drive([&] { return done; }, limit);
    if (failure) std::rethrow_exception(failure);
  } else {
    std::optional<T> result;
    // The task's own value may have no default, which co_spawn would need.
    const auto keep = [](Task<T> inner, std::optional<T>& into) -> Task<void> {
      into.emplace(co_await std::move(inner));
    };
    asio::co_spawn(io(), keep(std::move(task), result), [&](std::exception_ptr thrown) {
      failure = std::move(thrown);
      done = true;
    });
    detail::drive([&] { return done; }, limit);
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }
}

/// The same for a coroutine lambda, which must capture nothing: what it needs are its arguments.
///
///     run([](db::Pool& pool) -> Task<void> { … }, *pool);
template <class F, class... Arguments>
  requires std::is_invocable_v<F, Arguments&...>
auto run(F coroutine, Arguments&... arguments) {
  static_assert(std::is_empty_v<F> || std::is_function_v<std::remove_pointer_t<F>>);
  return run(coroutine(arguments...));
}

/// Lets io() work for a while: what runs in the background goes on.
void idle(std::chrono::milliseconds duration);

/// Drives io() until `condition` holds; a failure of the running test where it does not in `limit`.
void await(const std::function<bool()>& condition,
           std::chrono::seconds limit = std::chrono::seconds(20));

}  // namespace frontdesk::testing
