#include "catalog/service.hpp"

#include "core/change.hpp"

namespace frontdesk::catalog {

std::vector<std::string_view> apply(const CategoryChange& change, Category& category) {
  std::vector<std::string_view> changed;
  if (replace(category.name, change.name)) changed.emplace_back("name");
  if (replace(category.description, change.description)) changed.emplace_back("description");
  return changed;
}

std::optional<Error> Price::check_currency(const std::string& present) const {
  if (!currency || *currency == present) return std::nullopt;
  return invalid_field("price.currency", "invalid", "Prices are in " + present + " here.");
}

std::vector<std::string_view> apply(const ServiceChange& change, Service& service) {
  std::vector<std::string_view> changed;
  const auto take = [&](std::string_view name, auto& present, const auto& wanted) {
    if (replace(present, wanted)) changed.push_back(name);
  };
  take("category_id", service.category, change.category);
  take("name", service.name, change.name);
  take("description", service.description, change.description);
  if (change.price) {
    take("price", service.price.amount_minor, std::optional(change.price->amount_minor));
  }
  take("duration", service.duration_minutes, change.duration_minutes);
  take("buffer_before", service.buffer_before_minutes, change.buffer_before_minutes);
  take("buffer_after", service.buffer_after_minutes, change.buffer_after_minutes);
  take("capacity", service.capacity, change.capacity);
  take("min_notice", service.min_notice_minutes, change.min_notice_minutes);
  take("max_advance_days", service.max_advance_days, change.max_advance_days);
  take("active", service.active, change.active);
  return changed;
}

}  // namespace frontdesk::catalog
