#pragma once

#include "core/p256.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace frontdesk::outbound {

/// Tells push services who sends (RFC 8292). Tokens are kept for as long as they serve: a service
/// that has seen one need not check it again. Lives on one thread.
class Vapid {
 public:
  using Time = std::chrono::system_clock::time_point;
  static constexpr std::chrono::hours lifetime{12};  ///< at most 24 (RFC 8292 section 2)
  static constexpr std::size_t kept_origins = 100;

  /// `subject` is a mailto: or https: URL that leads to the operator.
  Vapid(P256Key key, std::string subject);

  /// The header `Authorization` for an origin such as `https://fcm.googleapis.com`. The token in it
  /// is good for at least one more hour.
  std::string authorization(std::string_view origin, Time now);

 private:
  struct Token {
    std::string text;
    Time good_until;
  };
  P256Key key_;
  std::string public_key_;
  std::string subject_;
  std::map<std::string, Token, std::less<>> tokens_;
};

}  // namespace frontdesk::outbound
