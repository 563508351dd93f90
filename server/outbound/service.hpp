#pragma once

#include "core/circuit.hpp"
#include "core/deadline.hpp"
#include "core/task.hpp"

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>

namespace frontdesk::outbound {

struct ServiceLimits {
  std::size_t in_flight = 16;  ///< R72
  std::size_t waiting = 64;    ///< calls that wait for one of those to end
  CircuitRules circuit = {};
};

/// One service on the other side of the network, as this thread uses it: how many calls of it are
/// under way, and whether it is worth calling (R72). Its copies are the same service; permits may
/// outlive them. Lives on one thread, but for state().
class Service {
 public:
  class Permit;

  explicit Service(asio::io_context& context, ServiceLimits limits = {});

  /// Leave for one call. Nothing where the circuit is open, too many wait already, or `deadline`
  /// passes first.
  Task<std::optional<Permit>> acquire(Deadline deadline);

  /// How many calls may be under way at a time just now: none while the circuit is open, one while
  /// it is half open.
  [[nodiscard]] std::size_t capacity() const;

  /// From any thread, as of the last call.
  [[nodiscard]] Circuit::State state() const;

 private:
  struct Core;
  std::shared_ptr<Core> core_;
};

/// Whoever has it calls once, and says how that ended; unsaid, the service is at no fault.
class Service::Permit {
 public:
  explicit Permit(std::shared_ptr<Core> core);
  Permit(Permit&&) noexcept = default;
  Permit& operator=(Permit&&) = delete;
  ~Permit();

  void succeeded();
  void failed();

 private:
  std::shared_ptr<Core> core_;
};

}  // namespace frontdesk::outbound
