#include "http/http_date.hpp"

#include <fmt/chrono.h>

namespace frontdesk::http {

std::string format_http_date(std::chrono::sys_seconds time) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", time);
}

std::string_view DateClock::now() {
  const auto second = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (second != second_ || text_.empty()) {
    second_ = second;
    text_ = format_http_date(second);
  }
  return text_;
}

}  // namespace frontdesk::http
