#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "outbound/reach.hpp"

#include <memory>
#include <optional>

#include <curl/curl.h>

namespace frontdesk::outbound {

/// Runs libcurl's handles on an io_context, without a thread of its own (curl_multi_socket_action).
/// Connections stay open and are used again. Lives on one thread; calls under way may outlive it.
class Transfers {
 public:
  /// With a `reach`, connections are made to addresses only that it covers: each is judged at the
  /// moment of connecting, whatever its name led to before (R34).
  explicit Transfers(asio::io_context& context, std::optional<Reach> reach = {});
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;
  ~Transfers();

  /// Runs `easy` to its end; CURLE_OPERATION_TIMEDOUT where no connection stands by `connect_by`
  /// (names resolved, TCP established), or the whole has not ended by `deadline`;
  /// CURLE_REMOTE_ACCESS_DENIED where there was no address within reach. Whatever `easy`
  /// points to lives until this returns or the coroutine is destroyed.
  Task<CURLcode> run(CURL* easy, Deadline connect_by, Deadline deadline);

 private:
  struct Core;
  class Transfer;
  std::shared_ptr<Core> core_;
};

}  // namespace frontdesk::outbound
