#pragma once

#include "http/connection_limits.hpp"
#include "http/exchange.hpp"
#include "http/http_date.hpp"
#include "http/tcp.hpp"

#include <cstddef>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/intrusive/list.hpp>

namespace frontdesk::http {

class Connection;

/// Takes a connection out of its set when it is destroyed.
using ConnectionHook =
    boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

/// The connections of one thread and what they share. One timer serves them all: every tick it
/// looks for time limits that have passed, for clients that have left while their answer is being
/// made, and, while draining, for connections that idle. Not thread-safe: its thread's alone.
class ConnectionSet : public std::enable_shared_from_this<ConnectionSet> {
 public:
  ConnectionSet(asio::io_context& io, Application& application, const ConnectionLimits& limits);
  ~ConnectionSet();
  ConnectionSet(const ConnectionSet&) = delete;
  ConnectionSet& operator=(const ConnectionSet&) = delete;

  /// `is_refusal`: it only gets told that it is one too many.
  void add(Connection& connection, bool is_refusal);
  /// Called by a connection that has left the set.
  void note_departure(bool was_refusal);

  [[nodiscard]] Application& application() { return application_; }
  [[nodiscard]] const ConnectionLimits& limits() const { return limits_; }
  [[nodiscard]] std::string_view date() { return date_.now(); }
  [[nodiscard]] bool draining() const { return draining_; }
  [[nodiscard]] std::size_t size() const { return connections_.size(); }
  /// Connections that are being told 503 because there are too many.
  [[nodiscard]] std::size_t refusals() const { return refusals_; }

  /// From now on idle connections are closed, and the others after the answer they owe.
  void begin_draining();

  /// Waits until no connection is left, at most `limit`. One caller at a time.
  Task<void> wait_until_empty(SteadyClock::duration limit);

  /// Closes every socket and cancels every handler.
  void cut_all();

 private:
  void arm();
  void sweep();
  /// Calls `act` for those that `is_due`. They may leave the set meanwhile, and others with them.
  template <class IsDue, class Act>
  void visit(IsDue is_due, Act act);

  Application& application_;
  ConnectionLimits limits_;
  DateClock date_;
  SteadyTimer sweep_timer_;
  SteadyTimer empty_;
  bool sweeping_ = false;
  bool draining_ = false;
  std::size_t refusals_ = 0;
  boost::intrusive::list<Connection, boost::intrusive::base_hook<ConnectionHook>,
                         boost::intrusive::constant_time_size<false>>
      connections_;
};

}  // namespace frontdesk::http
