#include "app/audit_command.hpp"

#include "app/run_task.hpp"
#include "audit/audit.hpp"
#include "db/blocking_connection.hpp"
#include "db/pool.hpp"

#include <chrono>
#include <exception>

namespace frontdesk::app {
namespace {

constexpr std::chrono::seconds time_for_entry{5};

// A pool whose PostgreSQL is away goes on trying, and the command would not end: it is closed.
Task<bool> append(db::Pool& pool, const Actor& actor, const audit::Entry& entry) {
  std::exception_ptr fault;
  try {
    auto lease = co_await pool.acquire(deadline_in(time_for_entry));
    co_await audit::record(*lease, actor, entry);
  } catch (const std::exception&) {
    fault = std::current_exception();
  }
  co_await pool.close(deadline_in(time_for_entry));
  if (fault) std::rethrow_exception(fault);
  co_return true;
}

}  // namespace

void audit_command(const std::string& url, const std::string& command, const std::string& outcome,
                   const boost::json::object& details) {
  const db::BlockingConnection answers(url);
  asio::io_context io(1);
  db::Pool pool(io, {.url = url, .size = 1});
  Actor nobody;
  nobody.request_id = command;
  const audit::Entry entry{.action = "database." + command,
                           .subject_type = "database",
                           .subject_id = std::nullopt,
                           .outcome = outcome,
                           .details = details};
  run_task(io, append(pool, nobody, entry));
}

}  // namespace frontdesk::app
