#include "outbound/retry_after.hpp"

#include <algorithm>
#include <charconv>

#include <curl/curl.h>

namespace frontdesk::outbound {
namespace {

constexpr std::chrono::seconds longest{3600};

}  // namespace

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text,
                                                      std::chrono::system_clock::time_point now) {
  if (text.empty()) return std::nullopt;
  if (std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    std::int64_t seconds = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    return failure == std::errc{} ? std::min(std::chrono::seconds{seconds}, longest) : longest;
  }
  const auto date = curl_getdate(std::string(text).c_str(), nullptr);
  if (date < 0) return std::nullopt;
  const auto wait =
      std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::from_time_t(date) - now);
  return std::clamp(wait, std::chrono::seconds{0}, longest);
}

std::optional<std::chrono::seconds> retry_after_of(const HttpAnswer& answer) {
  return parse_retry_after(answer.header("retry-after"), std::chrono::system_clock::now());
}

}  // namespace frontdesk::outbound
