#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace frontdesk::http {

/// `Sun, 06 Nov 1994 08:49:37 GMT`: IMF-fixdate of RFC 9110 section 5.6.7.
std::string format_http_date(std::chrono::sys_seconds time);

/// The value of Date, formatted once a second. One per thread.
class DateClock {
 public:
  /// Valid until the next call.
  std::string_view now();

 private:
  std::chrono::sys_seconds second_{};
  std::string text_;
};

}  // namespace frontdesk::http
