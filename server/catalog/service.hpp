#pragma once

#include "core/error.hpp"
#include "core/money.hpp"
#include "core/uuid.hpp"
#include "media/image.hpp"

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
  std::optional<std::int32_t> max_advance_days;    ///< nothing: the business's
  bool active;
  std::int32_t position;
  std::vector<StaffId> staff;  ///< active members who do it
  std::optional<media::Image> image = {};
  std::int64_t version;
};

/// A price as a client names it: minor units, and the currency that it takes the business to have.
struct Price {
  std::int64_t amount_minor = 0;
  std::optional<std::string> currency = {};

  /// 422 `price.currency` where that is not `present`, the business's.
  [[nodiscard]] std::optional<Error> check_currency(const std::string& present) const;
};

/// Within the bounds of the table's CHECKs, as a change is.
struct NewService {
  CategoryId category;
  std::string name;
  std::string description;
  Price price;
  std::int32_t duration_minutes = 0;
  std::int32_t buffer_before_minutes = 0;
  std::int32_t buffer_after_minutes = 0;
  std::int32_t capacity = 1;
  std::optional<std::int32_t> min_notice_minutes = {};
  std::optional<std::int32_t> max_advance_days = {};
};

/// What is to change of a service; nothing leaves a field as it is. Appointments keep the duration,
/// the buffers and the price that they were booked with.
struct ServiceChange {
  std::optional<CategoryId> category = {};
  std::optional<std::string> name = {};
  std::optional<std::string> description = {};
  std::optional<Price> price = {};
  std::optional<std::int32_t> duration_minutes = {};
  std::optional<std::int32_t> buffer_before_minutes = {};
  std::optional<std::int32_t> buffer_after_minutes = {};
  std::optional<std::int32_t> capacity = {};
  std::optional<std::optional<std::int32_t>> min_notice_minutes =
      {};                                                            ///< to nothing: the business's
  std::optional<std::optional<std::int32_t>> max_advance_days = {};  ///< as min_notice_minutes
  std::optional<bool> active = {};
};

/// Changes the service; the names of the fields that are now different, as the API calls them. The
/// price's currency has been checked.
std::vector<std::string_view> apply(const ServiceChange& change, Service& service);

}  // namespace frontdesk::catalog
