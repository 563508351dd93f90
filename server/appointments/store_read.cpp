#include "appointments/appointment_row.hpp"
#include "appointments/statements.hpp"
#include "appointments/store.hpp"
#include "core/ensure.hpp"
#include "db/like.hpp"

#include <array>
#include <cstdint>

namespace frontdesk::appointments::store {
namespace {

/// A filter as the statements take it: every bound is there.
struct Bounds {
  Instant from = Instant::min();
  Instant until = Instant::max();
  LocalDate first = LocalDate::min();
  LocalDate last = LocalDate::max();
  std::optional<std::vector<std::string_view>> statuses = {};
  std::optional<std::string> pattern = {};
};

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
  if (filter.text) bounds.pattern = db::like_containing(*filter.text);
  return bounds;
}

constexpr Uuid first_uuid{};

constexpr Uuid last_uuid() {
  Uuid uuid;
  uuid.bytes.fill(0xff);
  return uuid;
}

/// How a statement takes the start of a page.
struct Edge {
  Instant at;
  Uuid id;
  Instant other_end;
};

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

/// One statement an order, by the number of the order.
using Statements = std::array<const db::Statement*, 3>;
constexpr Statements pages_of_all{&sql::list_all_by_start, &sql::list_all_by_start_descending,
                                  &sql::list_all_by_creation};
constexpr Statements pages_of_service{&sql::list_of_service_by_start,
                                      &sql::list_of_service_by_start_descending,
                                      &sql::list_all_by_creation};
constexpr Statements pages_of_customer{&sql::list_of_user_by_start,
                                       &sql::list_of_user_by_start_descending,
                                       &sql::list_of_user_by_creation};
constexpr Statements pages_of_own{&sql::list_own_by_start, &sql::list_own_by_start_descending,
                                  &sql::list_own_by_creation};

const db::Statement& in(const Statements& statements, Order order) {
  return *statements[static_cast<std::size_t>(order)];
}

/// Whose appointments are read where it is not everyone's: at least one is set.
struct Owners {
  std::optional<UserId> customer = {};
  std::optional<StaffId> staff = {};
};

void add_page_of_all(db::Batch& batch, const Filter& filter, Order order,
                     const PageRequest<ListKey>& page) {
  const Bounds bounds = bounds_of(filter);
  const Edge edge = edge_of(bounds, order, page);
  batch.add(in(filter.service ? pages_of_service : pages_of_all, order), edge.at, edge.id,
            edge.other_end, bounds.first, bounds.last, bounds.statuses, filter.service, filter.user,
            filter.staff, bounds.pattern, std::int64_t{page.limit} + 1);
}

// The commonest question by far: its statements are the simplest.
void add_page_of_customer(db::Batch& batch, UserId customer, const Filter& filter, Order order,
                          const PageRequest<ListKey>& page) {
  const Bounds bounds = bounds_of(filter);
  const Edge edge = edge_of(bounds, order, page);
  batch.add(in(pages_of_customer, order), customer, edge.at, edge.id, edge.other_end, bounds.first,
            bounds.last, bounds.statuses, filter.service, filter.staff, bounds.pattern,
            std::int64_t{page.limit} + 1);
}

void add_page_of_own(db::Batch& batch, const Owners& owners, const Filter& filter, Order order,
                     const PageRequest<ListKey>& page) {
  const Bounds bounds = bounds_of(filter);
  const Edge edge = edge_of(bounds, order, page);
  batch.add(in(pages_of_own, order), owners.customer, owners.staff, edge.at, edge.id,
            edge.other_end, bounds.first, bounds.last, bounds.statuses, filter.service, filter.user,
            filter.staff, bounds.pattern, std::int64_t{page.limit} + 1);
}

void add_count(db::Batch& batch, const std::optional<Owners>& owners, const Filter& filter) {
  const Bounds bounds = bounds_of(filter);
  if (owners) {
    batch.add(sql::count_own, owners->customer, owners->staff, bounds.from, bounds.until,
              bounds.first, bounds.last, bounds.statuses, filter.service, filter.user, filter.staff,
              bounds.pattern);
  } else {
    batch.add(sql::count_all, bounds.from, bounds.until, bounds.first, bounds.last, bounds.statuses,
              filter.service, filter.user, filter.staff, bounds.pattern);
  }
}

// One customer's or member's appointments are read by their own index, whoever looks.
std::optional<Owners> owners_for(const Viewer& viewer, const Filter& filter) {
  if (!viewer.sees_all) return Owners{.customer = viewer.user, .staff = viewer.staff};
  if (filter.user) return Owners{.customer = filter.user};
  if (filter.staff) return Owners{.staff = filter.staff};
  return std::nullopt;
}

}  // namespace

Viewer Viewer::of(const Actor& actor) {
  ENSURE(actor.user.has_value());
  return {.user = *actor.user,
          .staff = actor.staff,
          .sees_all = actor.may(Permission::appointments_read_all) ||
                      actor.may(Permission::appointments_manage)};
}

Task<std::optional<Appointment>> find(db::Connection& connection, const Viewer& viewer,
                                      AppointmentId id) {
  const auto rows =
      co_await connection.execute(sql::find_appointment, id, viewer.user, viewer.sees_all);
  if (rows.empty()) co_return std::nullopt;
  co_return read_appointment(rows[0]);
}

Task<Page<Appointment>> list(db::Connection& connection, const Viewer& viewer, const Filter& filter,
                             Order order, const PageRequest<ListKey>& page) {
  const auto owners = owners_for(viewer, filter);
  db::Batch batch;
  const bool is_of_customer = owners && owners->customer && !owners->staff &&
                              (!filter.user || *filter.user == *owners->customer);
  if (is_of_customer) {
    add_page_of_customer(batch, *owners->customer, filter, order, page);
  } else if (owners) {
    add_page_of_own(batch, *owners, filter, order, page);
  } else {
    add_page_of_all(batch, filter, order, page);
  }
  if (page.with_total) add_count(batch, owners, filter);
  const auto results = co_await connection.execute_batch(std::move(batch));

  std::vector<Appointment> appointments;
  appointments.reserve(results[0].size());
  for (const db::Row row : results[0]) appointments.push_back(read_appointment(row));
  std::optional<std::int64_t> total;
  if (page.with_total) total = results[1][0].get<std::int64_t>(0);
  co_return page_of(std::move(appointments), page.limit, total);
}

Task<Venue> venue(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::find_venue);
  co_return Venue{rows[0].get<std::string>(0), rows[0].get<std::string>(1)};
}

Task<bool> exists(db::Connection& connection, AppointmentId id) {
  const auto rows = co_await connection.execute(sql::appointment_exists, id);
  co_return rows[0].get<bool>(0);
}

}  // namespace frontdesk::appointments::store
