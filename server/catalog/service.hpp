#pragma once

#include "core/money.hpp"
#include "core/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::catalog {

/// A group of services, in the order in which the business shows them.
struct Category {
  CategoryId id;
  std::string name;
  std::string description;
  std::int32_t position;
  std::int64_t version;
};

struct NewCategory {
  std::string name;
  std::string description;
};

/// What is to change of a category; nothing leaves a field as it is.
struct CategoryChange {
  std::optional<std::string> name = {};
  std::optional<std::string> description = {};
};

/// Changes the category; the names of the fields that are now different, as the API calls them.
std::vector<std::string_view> apply(const CategoryChange& change, Category& category);

/// What can be booked.
struct Service {
  ServiceId id;
  CategoryId category;
  std::string name;
  std::string description;
  Money price;
  std::int32_t duration_minutes;
  std::int32_t buffer_before_minutes;
  std::int32_t buffer_after_minutes;
  std::int32_t capacity;                           ///< 1, or the seats of a class
  std::optional<std::int32_t> min_notice_minutes;  ///< nothing: the business's
  bool active;
  std::int32_t position;
  std::vector<StaffId> staff;  ///< active members who do it
  std::int64_t version;
};

}  // namespace frontdesk::catalog
