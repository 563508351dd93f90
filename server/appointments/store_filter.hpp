#pragma once

#include "appointments/appointments.hpp"
#include "db/rows.hpp"
#include "db/statement.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

/// How filters and pages are told to the statements that list appointments, and what those answer.
namespace frontdesk::appointments::store {

/// Whose appointments are read where it is not everyone's: at least one is set.
struct Owners {
  std::optional<UserId> customer = {};
  std::optional<StaffId> staff = {};
};

/// A filter as the statements take it: every bound is there.
struct Bounds {
  Instant from = Instant::min();
  Instant until = Instant::max();  ///< excluded
  LocalDate first = LocalDate::min();
  LocalDate last = LocalDate::max();  ///< included
  std::optional<std::vector<std::string_view>> statuses = {};
};
Bounds bounds_of(const Filter& filter);

/// Where a page starts, as the statements take it.
struct Edge {
  Instant at;
  Uuid id;
  Instant other_end;  ///< where the list ends: excluded going up, included going down
};
Edge edge_of(const Bounds& bounds, Order order, const PageRequest<ListKey>& page);

/// One statement an order, by the number of the order.
using Statements = std::array<const db::Statement*, 3>;
inline const db::Statement& in(const Statements& statements, Order order) {
  return *statements[static_cast<std::size_t>(order)];
}

/// The first result is the page and one row more where there is one, the second the total where it
/// was asked for.
Page<Appointment> read_page(const std::vector<db::Rows>& results, const PageRequest<ListKey>& page);

}  // namespace frontdesk::appointments::store
