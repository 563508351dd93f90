#pragma once

#include "outbound/http_client.hpp"
#include "outbound/service_account.hpp"

#include <chrono>
#include <expected>
#include <optional>
#include <string>

#include <boost/asio/steady_timer.hpp>

namespace frontdesk::outbound {

/// The access token of a service account (RFC 6749, RFC 7523), fetched when it is first needed and
/// kept until five minutes before its end. However many wait for it, it is fetched once, and they
/// share how that ended. Lives on one thread.
class AccessToken {
 public:
  /// `url` is the token endpoint, to which the assertion is addressed, too.
  AccessToken(asio::io_context& context, Transfers& transfers, std::string ca_file,
              ServiceAccount account, std::string url, std::string scope);

  /// The token, or why there is none.
  Task<std::expected<std::string, std::string>> get(Deadline deadline);

  /// The service has refused `token`: the next get() fetches another one.
  void refused(const std::string& token);

 private:
  using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                           asio::wait_traits<std::chrono::steady_clock>, Executor>;
  class Fetching;

  [[nodiscard]] bool is_good() const;
  Task<std::expected<std::string, std::string>> fetch(Deadline deadline);

  HttpClient client_;
  const ServiceAccount account_;
  const std::string url_;
  const std::string scope_;
  std::string token_;
  std::string failure_;  ///< of the last fetch that failed: for those who waited for it
  std::chrono::steady_clock::time_point good_until_;
  Timer fetched_;  ///< cancelled when a fetch has ended
  bool is_fetching_ = false;
};

}  // namespace frontdesk::outbound
