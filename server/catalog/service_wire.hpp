#pragma once

#include "catalog/catalog.hpp"

#include <boost/json/value.hpp>

/// JSON → domain for services. What cannot be read is refused with 422 and every bad field by name.
namespace frontdesk::catalog::wire {

/// {category_id, name, price {amount, currency?}, duration, description?, buffer_before?,
/// buffer_after?, capacity?, min_notice?, max_advance_days?}
Result<NewService> read_new_service(const boost::json::value& body);
/// Any of these, and `active`; min_notice and max_advance_days null are the business's, nothing
/// else may be null.
Result<ServiceChange> read_service_change(const boost::json::value& body);
/// {ids}
Result<std::vector<ServiceId>> read_service_order(const boost::json::value& body);

}  // namespace frontdesk::catalog::wire
