#include "appointments/store_filter.hpp"

#include "appointments/appointment_row.hpp"

#include <cstdint>
#include <utility>

namespace frontdesk::appointments::store {
namespace {

constexpr Uuid first_uuid{};

constexpr Uuid last_uuid() {
  Uuid uuid;
  uuid.bytes.fill(0xff);
  return uuid;
}

}  // namespace

// The dates decide; the instants around them, a day wider on either side than any zone is from UTC,
// let PostgreSQL walk an index.
Bounds bounds_of(const Filter& filter) {
  Bounds bounds;
  if (filter.from) {
    bounds.first = *filter.from;
    bounds.from = std::chrono::sys_days{filter.from->time_since_epoch()} - std::chrono::days{1};
  }
  if (filter.to) {
    bounds.last = *filter.to;
    bounds.until = std::chrono::sys_days{filter.to->time_since_epoch()} + std::chrono::days{2};
  }
  if (!filter.statuses.empty()) {
    bounds.statuses.emplace();
    for (const Status status : filter.statuses) bounds.statuses->push_back(slug_of(status));
  }
  return bounds;
}

// Bounds of dates are bounds of starts; they say nothing about when a booking was made.
Edge edge_of(const Bounds& bounds, Order order, const PageRequest<ListKey>& page) {
  Edge edge{bounds.from, first_uuid, bounds.until};
  if (order == Order::latest_start) edge = {bounds.until, last_uuid(), bounds.from};
  if (order == Order::newest_booking) edge = {Instant::max(), last_uuid(), Instant::min()};
  if (page.after) {
    edge.at = page.after->at;
    edge.id = Uuid(page.after->id);
  }
  return edge;
}

Page<Appointment> read_page(const std::vector<db::Rows>& results,
                            const PageRequest<ListKey>& page) {
  std::vector<Appointment> appointments;
  appointments.reserve(results[0].size());
  for (const db::Row row : results[0]) appointments.push_back(read_appointment(row));
  std::optional<std::int64_t> total;
  if (page.with_total) total = results[1][0].get<std::int64_t>(0);
  return page_of(std::move(appointments), page.limit, total);
}

}  // namespace frontdesk::appointments::store
