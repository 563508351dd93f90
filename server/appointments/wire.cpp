#include "appointments/wire.hpp"

#include "appointments/view.hpp"
#include "core/email_address.hpp"
#include "core/phone_number.hpp"
#include "http/page.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace frontdesk::appointments::wire {
namespace {

constexpr std::string_view order_names[] = {"starts_at", "-starts_at", "-created_at"};

std::string_view name_of(Order order) {
  return order_names[static_cast<std::size_t>(order)];
}

Order order_from(std::optional<std::string_view> name) {
  for (const auto order : {Order::latest_start, Order::newest_booking}) {
    if (name == name_of(order)) return order;
  }
  return Order::earliest_start;
}

/// `date` with `time`, or `starts_at`: exactly one of the two.
std::optional<Start> read_start(http::Fields& fields) {
  const auto date = fields.optional_date("date");
  const auto time = fields.optional_time("time");
  const auto starts_at = fields.optional_instant("starts_at");
  if (!fields.good()) return std::nullopt;
  if (starts_at) {
    if (date || time) {
      fields.reject("starts_at", "conflicting", "Give date and time, or starts_at, not both.");
    }
    return *starts_at;
  }
  if (date && time) return WallTime{*date, *time};
  if (!date && !time) {
    fields.reject("starts_at", "required", "Give date and time, or starts_at.");
  } else if (!time) {
    fields.reject("time", "required", "A date needs a time.");
  } else {
    fields.reject("date", "required", "A time needs a date.");
  }
  return std::nullopt;
}

std::optional<WalkIn> read_walk_in(http::Fields& fields) {
  WalkIn walk_in;
  const bool given = fields.optional_object("customer", [&](http::Fields& customer) {
    walk_in.name = customer.text("name", {.min = 1, .max = 100, .one_line = true}).value_or("");
    walk_in.phone = customer.optional_text("phone", {.max = 16});
    if (walk_in.phone && !is_phone_number(*walk_in.phone)) {
      customer.reject("phone", "invalid", "A phone number starts with + and the country's code.");
    }
    if (const auto text = customer.optional_text("email", {.max = 1000})) {
      const auto address = EmailAddress::parse(*text);
      if (!address) customer.reject("email", "invalid", "This is not an e-mail address.");
      if (address) walk_in.email = address->text();
    }
  });
  return given ? std::optional(std::move(walk_in)) : std::nullopt;
}

/// `status=pending,confirmed`
std::vector<Status> read_statuses(http::QueryFields& query) {
  std::vector<Status> statuses;
  const auto text = query.optional_text("status", {.max = 100});
  if (!text) return statuses;
  for (std::string_view rest = *text;;) {
    const auto comma = rest.find(',');
    const auto status = status_from_slug(rest.substr(0, comma));
    if (!status) {
      query.reject("status", "invalid", "status takes states, with commas between them.");
      return statuses;
    }
    if (std::ranges::find(statuses, *status) == statuses.end()) statuses.push_back(*status);
    if (comma == std::string_view::npos) return statuses;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace

Result<Booking> read_booking(const boost::json::value& body) {
  http::Fields fields(body);
  const auto service = fields.id<ServiceId>("service_id");
  const auto staff = fields.optional_id<StaffId>("staff_id");
  auto notes = fields.optional_text("notes", {.max = longest_notes});
  const auto party_size = fields.optional_integer<std::int32_t>("party_size", 1, largest_party);
  const auto user = fields.optional_id<UserId>("user_id");
  auto walk_in = read_walk_in(fields);
  if (user && walk_in) {
    fields.reject("customer", "conflicting", "Give user_id or customer, not both.");
  }
  const auto override_rules = fields.optional_boolean("override");
  const auto start = read_start(fields);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return Booking{.service = *service,
                 .staff = staff,
                 .start = *start,
                 .notes = std::move(notes).value_or(""),
                 .party_size = party_size.value_or(1),
                 .user = user,
                 .walk_in = std::move(walk_in),
                 .override_rules = override_rules.value_or(false)};
}

Result<Move> read_move(const boost::json::value& body) {
  http::Fields fields(body);
  const auto staff = fields.optional_id<StaffId>("staff_id");
  const auto override_rules = fields.optional_boolean("override");
  const auto start = read_start(fields);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return Move{.start = *start, .staff = staff, .override_rules = override_rules.value_or(false)};
}

Result<std::optional<std::string>> read_reason(const boost::json::value& body) {
  http::Fields fields(body);
  auto reason = fields.optional_text("reason", {.max = longest_reason});
  if (auto error = fields.error()) return refuse(std::move(*error));
  return reason;
}

Result<std::string> read_notes(const boost::json::value& body) {
  http::Fields fields(body);
  auto notes = fields.text("notes", {.max = longest_notes});
  if (auto error = fields.error()) return refuse(std::move(*error));
  return std::move(*notes);
}

Result<void> read_nothing(const boost::json::value& body) {
  http::Fields fields(body);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return {};
}

Result<ListQuery> read_list_query(const http::QueryFields::Parameters& parameters) {
  http::QueryFields query(parameters);
  Filter filter;
  filter.statuses = read_statuses(query);
  filter.from = query.optional_date("from");
  filter.to = query.optional_date("to");
  if (filter.from && filter.to && *filter.to < *filter.from) {
    query.reject("to", "out_of_range", "The last day must not be before the first.");
  }
  filter.staff = query.optional_id<StaffId>("staff_id");
  filter.service = query.optional_id<ServiceId>("service_id");
  filter.user = query.optional_id<UserId>("user_id");
  filter.text = query.optional_text("q", {.min = 1, .max = 100});
  const Order order =
      order_from(query.optional_choice("sort", {order_names[0], order_names[1], order_names[2]}));
  const auto page = http::read_page<ListKey, Instant, AppointmentId>(query, name_of(order));
  if (auto error = query.error()) return refuse(std::move(*error));
  return ListQuery{.filter = std::move(filter), .order = order, .page = page};
}

http::Response write_page(const Page<Appointment>& page, Order order) {
  return http::list(
      page, [](JsonWriter& json, const Appointment& item) { write(json, item); },
      [order](const Appointment& item) {
        const Instant at = order == Order::newest_booking ? item.created_at : item.starts_at;
        return http::encode_cursor(name_of(order), at, item.id);
      });
}

}  // namespace frontdesk::appointments::wire
