#pragma once

#include "availability/snapshot.hpp"
#include "db/rows.hpp"

#include <string_view>
#include <vector>

/// What the statements of this feature have in common: columns become hours, rules and overrides.
namespace frontdesk::availability::store {

/// Settings come from the database: throws a Fault for a zone that does not exist.
Zone zone_of(std::string_view name);

std::chrono::minutes minutes_at(const db::Row& row, int column);

/// Six columns from `first` on: duration, buffers before and after, own notice, capacity, own
/// horizon in days.
ServiceRules rules_at(const db::Row& row, int first);

/// A column of runs of three numbers: weekday, start, end.
Week weekly_at(const db::Row& row, int column);

/// The column `dates`, and the one after it of runs of three numbers: days since `first`, start,
/// end.
std::vector<DateOverride> overrides_at(const db::Row& row, int dates, LocalDate first);

}  // namespace frontdesk::availability::store
