#include "catalog/category_wire.hpp"

#include "http/fields.hpp"

namespace frontdesk::catalog::wire {
namespace {

using http::Fields;

constexpr http::TextLimits category_name{.min = 1, .max = 100, .one_line = true};
constexpr http::TextLimits category_description{.max = 2000};

}  // namespace

Result<NewCategory> read_new_category(const boost::json::value& body) {
  Fields fields(body);
  auto name = fields.text("name", category_name);
  auto description = fields.optional_text("description", category_description);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return NewCategory{std::move(*name), std::move(description).value_or("")};
}

Result<CategoryChange> read_category_change(const boost::json::value& body) {
  Fields fields(body);
  CategoryChange change;
  if (fields.given("name")) change.name = fields.text("name", category_name);
  if (fields.given("description")) {
    change.description = fields.text("description", category_description);
  }
  if (auto error = fields.error()) return refuse(std::move(*error));
  return change;
}

Result<std::vector<CategoryId>> read_category_order(const boost::json::value& body) {
  Fields fields(body);
  auto ids = fields.ids<CategoryId>("ids", Catalog::max_categories);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return std::move(*ids);
}

}  // namespace frontdesk::catalog::wire
