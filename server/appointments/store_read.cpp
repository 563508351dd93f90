#include "appointments/appointment_row.hpp"
#include "appointments/statements.hpp"
#include "appointments/store.hpp"
#include "appointments/store_filter.hpp"
#include "appointments/store_search.hpp"
#include "core/ensure.hpp"

#include <cstdint>
#include <utility>

namespace frontdesk::appointments::store {
namespace {

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

void add_page_of_all(db::Batch& batch, const Filter& filter, Order order,
                     const PageRequest<ListKey>& page) {
  const Bounds bounds = bounds_of(filter);
  const Edge edge = edge_of(bounds, order, page);
  batch.add(in(filter.service ? pages_of_service : pages_of_all, order), edge.at, edge.id,
            edge.other_end, bounds.first, bounds.last, bounds.statuses, filter.service, filter.user,
            filter.staff, std::int64_t{page.limit} + 1);
}

// The commonest question by far: its statements are the simplest.
void add_page_of_customer(db::Batch& batch, UserId customer, const Filter& filter, Order order,
                          const PageRequest<ListKey>& page) {
  const Bounds bounds = bounds_of(filter);
  const Edge edge = edge_of(bounds, order, page);
  batch.add(in(pages_of_customer, order), customer, edge.at, edge.id, edge.other_end, bounds.first,
            bounds.last, bounds.statuses, filter.service, filter.staff,
            std::int64_t{page.limit} + 1);
}

void add_page_of_own(db::Batch& batch, const Owners& owners, const Filter& filter, Order order,
                     const PageRequest<ListKey>& page) {
  const Bounds bounds = bounds_of(filter);
  const Edge edge = edge_of(bounds, order, page);
  batch.add(in(pages_of_own, order), owners.customer, owners.staff, edge.at, edge.id,
            edge.other_end, bounds.first, bounds.last, bounds.statuses, filter.service, filter.user,
            filter.staff, std::int64_t{page.limit} + 1);
}

void add_count(db::Batch& batch, const std::optional<Owners>& owners, const Filter& filter) {
  const Bounds bounds = bounds_of(filter);
  if (owners) {
    batch.add(sql::count_own, owners->customer, owners->staff, bounds.from, bounds.until,
              bounds.first, bounds.last, bounds.statuses, filter.service, filter.user,
              filter.staff);
  } else {
    batch.add(sql::count_all, bounds.from, bounds.until, bounds.first, bounds.last, bounds.statuses,
              filter.service, filter.user, filter.staff);
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
                      actor.may(Permission::appointments_manage),
          .reads_users = actor.may(Permission::users_read)};
}

Task<std::optional<Appointment>> find(db::Connection& connection, const Viewer& viewer,
                                      AppointmentId id) {
  const auto rows =
      co_await connection.execute(sql::find_appointment, id, viewer.user, viewer.sees_all);
  if (rows.empty()) co_return std::nullopt;
  co_return read_appointment(rows[0]);
}

Task<Result<Page<Appointment>>> list(db::Connection& connection, const Viewer& viewer,
                                     const Filter& filter, Order order,
                                     const PageRequest<ListKey>& page) {
  const auto owners = owners_for(viewer, filter);
  if (filter.text) co_return co_await search(connection, viewer, owners, filter, order, page);
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
  co_return read_page(co_await connection.execute_batch(std::move(batch)), page);
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
