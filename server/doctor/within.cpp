#include "doctor/doctor.hpp"

#include <future>
#include <memory>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::doctor {

Findings within(std::string check, std::chrono::milliseconds limit,
                std::function<Findings()> look) {
  std::packaged_task<Findings()> task(std::move(look));
  auto result = task.get_future();
  // Detached: nothing can end a thread that waits for a disk or a database that hangs.
  std::thread(std::move(task)).detach();
  if (result.wait_for(limit) != std::future_status::ready) {
    return {{std::move(check), Grade::problem,
             fmt::format("no answer within {} s", limit.count() / 1'000),
             "Something hangs. See docs/runbooks/trouble.md."}};
  }
  try {
    return result.get();
  } catch (const std::exception& error) {
    return {{std::move(check), Grade::problem, error.what(), "See docs/runbooks/trouble.md."}};
  }
}

}  // namespace frontdesk::doctor
