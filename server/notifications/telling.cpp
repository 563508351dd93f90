#include "notifications/telling.hpp"

#include "notifications/facts_reader.hpp"
#include "notifications/staff_events.hpp"

#include <utility>

#include <boost/json/value_to.hpp>

namespace frontdesk::notifications {
namespace {

// An address may be that of somebody without an account; a language was then asked for with the
// event, or is that of the account that the event is about.
Task<Addressee> reader_of(db::Connection& connection, const Event& event,
                          const std::optional<UserId>& user, const std::string& to) {
  Addressee reader;
  if (event.takes(Channel::email)) {
    reader.email = to;
  } else {
    reader.phone = to;
  }
  if (!user) co_return reader;
  if (const auto owner = co_await find_recipient(connection, *user, event.group)) {
    reader.locale = owner->locale;
  }
  co_return reader;
}

}  // namespace

Task<std::optional<Addressee>> addressee(db::Connection& connection, const UserId& user,
                                         Group group) {
  auto found = co_await find_recipient(connection, user, group);
  if (!found) co_return std::nullopt;
  co_return Addressee{.user = found->id,
                      .name = std::move(found->name),
                      .email = std::move(found->email),
                      .phone = std::move(found->phone),
                      .locale = std::move(found->locale),
                      .wants = found->wants,
                      .quiet = found->quiet};
}

Task<std::vector<Addressee>> addressees(db::Connection& connection, const Event& event,
                                        const std::optional<UserId>& user, const std::string& to) {
  std::vector<Addressee> found;
  if (event.audience == Audience::address) {
    found.push_back(co_await reader_of(connection, event, user, to));
    co_return found;
  }
  std::vector<UserId> accounts;
  if (event.audience == Audience::administrator) {
    accounts = co_await store::administrators(connection);
  } else if (user) {
    accounts.push_back(*user);
  } else if (!to.empty()) {
    found.push_back({.email = to});
  }
  for (const auto& account : accounts) {
    if (auto one = co_await addressee(connection, account, event.group)) {
      found.push_back(std::move(*one));
    }
  }
  co_return found;
}

void add_links(Telling& telling, const Links& links,
               const std::optional<AppointmentId>& appointment) {
  auto& facts = telling.facts;
  facts.try_emplace("booking_link", links.booking());
  facts.try_emplace("calendar_link", links.calendar());
  if (appointment && telling.to.user) {
    facts.try_emplace("manage_link", links.appointment(*appointment));
  }
  if (!telling.to.name.empty()) facts.try_emplace("name", telling.to.name);
}

Task<Result<std::vector<Telling>>> tellings_of(db::Connection& connection, const Dispatch& dispatch,
                                               const store::BusinessRow& business) {
  const auto& [id, message, content, event, links, appointment] = dispatch;
  auto facts = read_facts(event, content, business.zone);
  if (!facts) co_return refuse(std::move(facts.error()));
  std::vector<Telling> tellings;
  for (auto& to : co_await addressees(connection, event, message.user, message.to)) {
    if (const auto* locale = content.if_contains("locale");
        locale != nullptr && to.locale.empty()) {
      to.locale = locale->is_string() ? boost::json::value_to<std::string>(*locale) : "";
    }
    Telling telling{.event = &event, .to = std::move(to), .facts = *facts};
    if (event.group == Group::bookings) telling.invitation = appointment;
    tellings.push_back(std::move(telling));
  }
  if (appointment) {
    for (auto& telling : co_await staff_tellings(connection, dispatch, *appointment, *facts)) {
      tellings.push_back(std::move(telling));
    }
  }
  for (auto& telling : tellings) add_links(telling, links, message.appointment);
  co_return tellings;
}

}  // namespace frontdesk::notifications
