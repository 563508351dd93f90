#pragma once

#include "core/task.hpp"

#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>

namespace frontdesk::app {

/// Runs one task to its end on the calling thread: for commands, which do one thing. Throws what
/// the task throws.
template <class T>
T run_task(asio::io_context& io, Task<T> task) {
  std::exception_ptr fault;
  std::optional<T> value;
  asio::co_spawn(io, std::move(task), [&](std::exception_ptr thrown, T result) {
    fault = thrown;
    if (!thrown) value.emplace(std::move(result));
  });
  io.restart();
  io.run();
  if (fault) std::rethrow_exception(fault);
  return std::move(*value);
}

}  // namespace frontdesk::app
