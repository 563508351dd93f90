#include "notifications/staff_events.hpp"

#include "core/ensure.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <boost/json/value_to.hpp>

namespace frontdesk::notifications {
namespace {

/// What a member is told of.
struct News {
  StaffId member;
  std::string_view event;  ///< of the catalogue
  bool of_old_time = false;
};

template <class IdType>
std::optional<IdType> id_of(const boost::json::object& content, std::string_view name) {
  const auto* value = content.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return IdType::parse(boost::json::value_to<std::string>(*value));
}

std::string_view new_booking(const appointments::Appointment& appointment) {
  return appointment.status == appointments::Status::pending ? "staff.requested" : "staff.booked";
}

std::vector<News> news_of(const Dispatch& dispatch, const appointments::Appointment& appointment) {
  const auto name = dispatch.event.name;
  const StaffId member = appointment.staff.id;
  if (name == "appointment.requested" || name == "appointment.booked" ||
      name == "appointment.reopened") {
    return {{.member = member, .event = new_booking(appointment)}};
  }
  if (name == "appointment.cancelled") return {{.member = member, .event = "staff.cancelled"}};
  if (name != "appointment.rescheduled") return {};
  const auto before = id_of<StaffId>(dispatch.content, "previous_staff_id");
  if (!before) return {{.member = member, .event = "staff.rescheduled"}};
  return {{.member = *before, .event = "staff.cancelled", .of_old_time = true},
          {.member = member, .event = new_booking(appointment)}};
}

// A phone number is a walk-in's, whose only place it is: an account's is for those who may read
// accounts.
Facts facts_for(const News& news, const appointments::Appointment& appointment,
                const Facts& customers) {
  Facts facts = customers;
  facts.erase("name");  // the customer's
  facts["customer"] = std::string(appointments::customer_name(appointment));
  if (appointment.walk_in && appointment.walk_in->phone) {
    facts["phone"] = *appointment.walk_in->phone;
  }
  const auto before = facts.extract("previous_starts_at");
  if (before.empty()) return facts;
  if (news.of_old_time) {
    facts["starts_at"] = before.mapped();
  } else if (news.event == "staff.rescheduled") {
    facts["previous_starts_at"] = before.mapped();
  }
  return facts;
}

}  // namespace

Task<std::vector<Telling>> staff_tellings(db::Connection& connection, const Dispatch& dispatch,
                                          const appointments::Appointment& appointment,
                                          const Facts& facts) {
  const auto by = id_of<UserId>(dispatch.content, "by");
  std::vector<Telling> tellings;
  for (const auto& news : news_of(dispatch, appointment)) {
    const auto login = co_await store::login_of(connection, news.member);
    if (!login || login == by) continue;
    const auto* event = find_event(news.event);
    ENSURE(event != nullptr);
    auto member = co_await addressee(connection, *login, event->group);
    if (!member) continue;
    tellings.push_back(
        {.event = event, .to = std::move(*member), .facts = facts_for(news, appointment, facts)});
  }
  co_return tellings;
}

}  // namespace frontdesk::notifications
