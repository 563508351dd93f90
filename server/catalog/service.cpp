#include "catalog/service.hpp"

#include "core/change.hpp"

namespace frontdesk::catalog {

std::vector<std::string_view> apply(const CategoryChange& change, Category& category) {
  std::vector<std::string_view> changed;
  if (replace(category.name, change.name)) changed.emplace_back("name");
  if (replace(category.description, change.description)) changed.emplace_back("description");
  return changed;
}

}  // namespace frontdesk::catalog
