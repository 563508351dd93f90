#include "availability/wire.hpp"

#include "availability/answer_json.hpp"
#include "http/fields.hpp"

namespace frontdesk::availability::wire {
namespace {

constexpr int largest_party = 1000;

/// What both routes take.
struct Common {
  std::optional<ServiceId> service;
  std::optional<StaffId> staff;
  std::optional<Zone> display;
  int party_size;
};

std::optional<Zone> read_zone(http::QueryFields& query) {
  const auto name = query.optional_text("timezone", {.max = 100});
  if (!name) return std::nullopt;
  auto zone = Zone::find(*name);
  if (!zone) {
    query.reject("timezone", "invalid", "Give an IANA time zone such as Europe/Berlin.");
  }
  return zone;
}

Common read_common(http::QueryFields& query) {
  return {.service = query.id<ServiceId>("service_id"),
          .staff = query.optional_id<StaffId>("staff_id"),
          .display = read_zone(query),
          .party_size =
              query.optional_integer<std::int32_t>("party_size", 1, largest_party).value_or(1)};
}

}  // namespace

Result<SlotsRequest> read_slots(const http::Request& request) {
  http::QueryFields query(request.query());
  const Common common = read_common(query);
  const auto from = query.date("from");
  const auto to = query.date("to");
  if (from && to && *to < *from) {
    query.reject("to", "invalid", "The last day must not be before the first.");
  } else if (from && to && *to - *from >= longest_span) {
    query.reject("to", "out_of_range", "Ask for at most 62 days.");
  }
  if (auto error = query.error()) return refuse(std::move(*error));
  return SlotsRequest{.service = *common.service,
                      .staff = common.staff,
                      .from = *from,
                      .to = *to,
                      .display = common.display,
                      .party_size = common.party_size};
}

Result<NextRequest> read_next(const http::Request& request) {
  http::QueryFields query(request.query());
  const Common common = read_common(query);
  if (auto error = query.error()) return refuse(std::move(*error));
  return NextRequest{.service = *common.service,
                     .staff = common.staff,
                     .display = common.display,
                     .party_size = common.party_size};
}

void write(JsonWriter& json, const Answer& answer) {
  std::vector<std::string> staff_ids;
  staff_ids.reserve(answer.staff.size());
  for (const StaffId id : answer.staff) staff_ids.push_back('"' + id.to_string() + '"');
  write_free_slots(json, answer.slots, staff_ids);
}

}  // namespace frontdesk::availability::wire
