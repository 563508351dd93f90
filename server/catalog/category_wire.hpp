#pragma once

#include "catalog/catalog.hpp"

#include <boost/json/value.hpp>

/// JSON → domain for categories. What cannot be read is refused with 422 and every bad field by
/// name.
namespace frontdesk::catalog::wire {

/// {name, description?}
Result<NewCategory> read_new_category(const boost::json::value& body);
/// {name?, description?}, neither null
Result<CategoryChange> read_category_change(const boost::json::value& body);
/// {ids}
Result<std::vector<CategoryId>> read_category_order(const boost::json::value& body);

}  // namespace frontdesk::catalog::wire
