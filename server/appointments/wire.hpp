#pragma once

#include "appointments/appointments.hpp"
#include "http/fields.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

/// JSON and query parameters ↔ domain: parses into valid types or refuses with the field's name.
namespace frontdesk::appointments::wire {

inline constexpr std::size_t longest_notes = 2000;
inline constexpr std::size_t longest_reason = 500;
inline constexpr std::int32_t largest_party = 1000;

/// {service_id, staff_id?, date and time or starts_at, notes?, party_size?, user_id? or
/// customer? {name, phone?, email?}, override?}
Result<Booking> read_booking(const boost::json::value& body);

/// {date and time or starts_at, staff_id?, override?}
Result<Move> read_move(const boost::json::value& body);

/// {reason?}, or no body at all
Result<std::optional<std::string>> read_reason(const boost::json::value& body);

/// {notes}
Result<std::string> read_notes(const boost::json::value& body);

/// Refuses every field: for verbs without a body.
Result<void> read_nothing(const boost::json::value& body);

struct ListQuery {
  Filter filter;
  Order order;
  PageRequest<ListKey> page;
};
Result<ListQuery> read_list_query(const http::QueryFields::Parameters& parameters);

/// The page with cursors for this order.
http::Response write_page(const Page<Appointment>& page, Order order);

}  // namespace frontdesk::appointments::wire
