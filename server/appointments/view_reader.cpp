#include "appointments/view.hpp"

#include <utility>

#include <boost/json/value_to.hpp>

namespace frontdesk::appointments {
namespace {

namespace json = boost::json;

// Reads members of one object; `fits` turns false at the first that is not as it should be.
class Members {
 public:
  explicit Members(const json::object& from) : from_(from) {}

  [[nodiscard]] bool fit() const { return fits_; }

  std::string text(std::string_view name) {
    const auto* value = from_.if_contains(name);
    if (value != nullptr && value->is_string()) return json::value_to<std::string>(*value);
    fits_ = false;
    return {};
  }

  std::optional<std::string> optional_text(std::string_view name) {
    const auto* value = from_.if_contains(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    return text(name);
  }

  template <class T>
  T number(std::string_view name) {
    const auto* value = from_.if_contains(name);
    const auto* found = value == nullptr ? nullptr : value->if_int64();
    if (found != nullptr && std::in_range<T>(*found)) return static_cast<T>(*found);
    fits_ = false;
    return {};
  }

  /// What `parse` makes of a text.
  template <class Parse>
  auto parsed(std::string_view name, Parse parse) {
    auto result = parse(text(name));
    if (!result) fits_ = false;
    return result ? *result : typename decltype(result)::value_type{};
  }

  /// `{id, name}`
  template <class IdType>
  Named<IdType> named(std::string_view name) {
    const auto* value = from_.if_contains(name);
    if (value == nullptr || !value->is_object()) {
      fits_ = false;
      return {};
    }
    Members inner(value->get_object());
    Named<IdType> result{inner.parsed("id", &IdType::parse), inner.text("name")};
    fits_ = fits_ && inner.fit();
    return result;
  }

  [[nodiscard]] const json::object* object(std::string_view name) const {
    const auto* value = from_.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
  }

 private:
  const json::object& from_;
  bool fits_ = true;
};

Money money_of(const json::object* from, bool& fits) {
  if (from == nullptr) {
    fits = false;
    return {};
  }
  Members members(*from);
  Money money{members.number<std::int64_t>("amount"), members.text("currency")};
  fits = fits && members.fit();
  return money;
}

WalkIn walk_in_of(const json::object& from, bool& fits) {
  Members members(from);
  WalkIn walk_in{.name = members.text("name"),
                 .phone = members.optional_text("phone"),
                 .email = members.optional_text("email")};
  fits = fits && members.fit();
  return walk_in;
}

}  // namespace

std::optional<Appointment> read_view(const json::value& view) {
  const auto* object = view.if_object();
  if (object == nullptr) return std::nullopt;
  Members members(*object);
  bool fits = true;
  Appointment appointment{
      .id = members.parsed("id", &AppointmentId::parse),
      .user = {},
      .service = members.named<ServiceId>("service"),
      .staff = members.named<StaffId>("staff"),
      .date = members.parsed("date", &parse_date),
      .time = members.parsed("time", &parse_time),
      .timezone = members.text("timezone"),
      .starts_at = members.parsed("starts_at", &parse_instant),
      .ends_at = members.parsed("ends_at", &parse_instant),
      .duration_minutes = members.number<std::int32_t>("duration"),
      .price = money_of(members.object("price"), fits),
      .status = members.parsed("status", &status_from_slug),
      .party_size = members.number<std::int32_t>("party_size"),
      .notes = members.text("notes"),
      .cancel_reason = members.optional_text("cancel_reason"),
      .created_at = members.parsed("created_at", &parse_instant),
      .updated_at = members.parsed("updated_at", &parse_instant),
      .version = members.number<std::int64_t>("version"),
  };
  if (members.object("user") != nullptr) appointment.user = members.named<UserId>("user");
  if (const auto* customer = members.object("customer")) {
    appointment.walk_in = walk_in_of(*customer, fits);
  }
  if (!fits || !members.fit()) return std::nullopt;
  return appointment;
}

}  // namespace frontdesk::appointments
