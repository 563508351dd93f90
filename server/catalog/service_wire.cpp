#include "catalog/service_wire.hpp"

#include "http/fields.hpp"

namespace frontdesk::catalog::wire {
namespace {

using http::Fields;

constexpr http::TextLimits service_name{.min = 1, .max = 100, .one_line = true};
constexpr http::TextLimits service_description{.max = 5000};

// The CHECKs of the table `services`.
struct Bounds {
  std::string_view name;
  std::int32_t min;
  std::int32_t max;
};
constexpr Bounds duration{"duration", 5, 1440};
constexpr Bounds buffer_before{"buffer_before", 0, 480};
constexpr Bounds buffer_after{"buffer_after", 0, 480};
constexpr Bounds capacity{"capacity", 1, 1000};
constexpr Bounds min_notice{"min_notice", 0, 525'600};
constexpr Bounds max_advance_days{"max_advance_days", 1, 730};
constexpr std::int64_t highest_price = 1'000'000'000;

std::optional<std::int32_t> read(Fields& fields, const Bounds& bounds) {
  return fields.integer<std::int32_t>(bounds.name, bounds.min, bounds.max);
}
std::optional<std::int32_t> read_optional(Fields& fields, const Bounds& bounds) {
  return fields.optional_integer<std::int32_t>(bounds.name, bounds.min, bounds.max);
}
// What is there must not be null.
std::optional<std::int32_t> read_given(Fields& fields, const Bounds& bounds) {
  return fields.given(bounds.name) ? read(fields, bounds) : std::nullopt;
}

Price read_price(Fields& fields) {
  Price price;
  fields.object("price", [&price](Fields& members) {
    price.amount_minor = members.integer("amount", 0, highest_price).value_or(0);
    price.currency = members.optional_text("currency", {.min = 3, .max = 3});
  });
  return price;
}

}  // namespace

Result<NewService> read_new_service(const boost::json::value& body) {
  Fields fields(body);
  const auto category = fields.id<CategoryId>("category_id");
  auto name = fields.text("name", service_name);
  auto description = fields.optional_text("description", service_description);
  auto price = read_price(fields);
  const auto minutes = read(fields, duration);
  const auto before = read_optional(fields, buffer_before);
  const auto after = read_optional(fields, buffer_after);
  const auto seats = read_optional(fields, capacity);
  const auto notice = read_optional(fields, min_notice);
  const auto advance = read_optional(fields, max_advance_days);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return NewService{.category = *category,
                    .name = std::move(*name),
                    .description = std::move(description).value_or(""),
                    .price = std::move(price),
                    .duration_minutes = *minutes,
                    .buffer_before_minutes = before.value_or(0),
                    .buffer_after_minutes = after.value_or(0),
                    .capacity = seats.value_or(1),
                    .min_notice_minutes = notice,
                    .max_advance_days = advance};
}

Result<ServiceChange> read_service_change(const boost::json::value& body) {
  Fields fields(body);
  ServiceChange change;
  if (fields.given("category_id")) change.category = fields.id<CategoryId>("category_id");
  if (fields.given("name")) change.name = fields.text("name", service_name);
  if (fields.given("description")) {
    change.description = fields.text("description", service_description);
  }
  if (fields.given("price")) change.price = read_price(fields);
  change.duration_minutes = read_given(fields, duration);
  change.buffer_before_minutes = read_given(fields, buffer_before);
  change.buffer_after_minutes = read_given(fields, buffer_after);
  change.capacity = read_given(fields, capacity);
  if (fields.given(min_notice.name)) change.min_notice_minutes = read_optional(fields, min_notice);
  if (fields.given(max_advance_days.name)) {
    change.max_advance_days = read_optional(fields, max_advance_days);
  }
  if (fields.given("active")) change.active = fields.boolean("active");
  if (auto error = fields.error()) return refuse(std::move(*error));
  return change;
}

Result<std::vector<ServiceId>> read_service_order(const boost::json::value& body) {
  Fields fields(body);
  auto ids = fields.ids<ServiceId>("ids", Catalog::max_services);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return std::move(*ids);
}

}  // namespace frontdesk::catalog::wire
