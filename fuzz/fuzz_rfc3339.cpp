// Whatever parse_instant and its kin accept reads back as it is written, and nothing else passes
// (R60). A zone that is found has exactly the name that was asked for.
#include "core/civil.hpp"
#include "core/ensure.hpp"
#include "core/instant.hpp"
#include "core/zone.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace frontdesk;

void check_instant(std::string_view text) {
  const auto instant = parse_instant(text);
  if (!instant) return;
  ENSURE(*instant >= earliest_instant && *instant < end_of_instants);
  ENSURE(text.size() >= 20 && text.size() <= 32);
  ENSURE(std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || std::string_view("-:.+TtZz").find(c) != std::string_view::npos;
  }));
  const std::string canonical = format_instant(*instant);
  ENSURE(canonical.ends_with('Z'));
  ENSURE(parse_instant(canonical) == instant);
}

void check_civil(std::string_view text) {
  if (const auto date = parse_date(text)) ENSURE(format_date(*date) == text);
  if (const auto time = parse_time(text)) {
    ENSURE(format_time(*time) == text);
    ENSURE(parse_end_time(text) == time);
  }
  if (const auto time = parse_end_time(text)) ENSURE(format_time(*time) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_instant(text);
  check_civil(text);
  if (const auto zone = Zone::find(text)) ENSURE(zone->name() == text);
  return 0;
}
