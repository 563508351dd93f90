#include "notifications/agenda.hpp"

#include "db/batch.hpp"
#include "queue/event.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/json/value_to.hpp>
#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr LocalTime usual_time = hours{7};
constexpr hours before_first{1};
constexpr minutes planned_ahead{75};
constexpr hours latest{2};
constexpr std::size_t rows_at_once = 50;

Instant midnight(LocalDate date, const Zone& zone) {
  const auto found = zone.to_instants(date, LocalTime{0});
  return found.kind == Zone::Lookup::Kind::skipped ? found.change : found.earlier;
}

LocalTime wall_time(Instant instant, LocalDate date, const Zone& zone) {
  const auto local = zone.to_local(instant);
  if (local.date > date) return hours{24};
  return std::chrono::floor<minutes>(local.time_of_day);
}

queue::Message agenda_event(const store::MembersDay& day, LocalDate date, Instant leaves_at) {
  queue::FactsWriter facts;
  facts.text("staff_id", day.member.to_string()).text("day", format_date(date));
  auto message = queue::event_message("staff.agenda", facts);
  message.user = day.login;
  message.leaves_at = leaves_at;
  return message;
}

std::string text_of(const boost::json::object& content, std::string_view name) {
  const auto* value = content.if_contains(name);
  return value != nullptr && value->is_string() ? boost::json::value_to<std::string>(*value) : "";
}

Facts facts_of(const std::vector<store::AgendaRow>& rows, LocalDate date, const Zone& zone) {
  Agenda agenda;
  for (const auto& row : rows) {
    agenda.push_back({.starts = wall_time(row.starts_at, date, zone),
                      .ends = wall_time(row.ends_at, date, zone),
                      .service = row.service,
                      .customer = row.customer});
  }
  return Facts{{"day", date},
               {"count", static_cast<std::int64_t>(rows.size())},
               {"agenda", std::move(agenda)}};
}

}  // namespace

TimeRange day_of(LocalDate date, const Zone& zone) {
  return {midnight(date, zone), midnight(date + std::chrono::days{1}, zone)};
}

Task<std::int64_t> plan_agendas(db::Connection& connection, const queue::Outbox& outbox,
                                const DataKey& key, const Zone& zone, Instant now) {
  const auto today = zone.to_local(now).date;
  std::int64_t added = 0;
  // Tomorrow's may be due before midnight.
  for (const auto date : {today, today + std::chrono::days{1}}) {
    const Instant usual = zone.to_instants(date, usual_time).earlier;
    std::vector<db::Batch> batches(1);
    for (const auto& day : co_await store::members_days(connection, day_of(date, zone))) {
      const Instant due = std::min<Instant>(usual, day.first_start - before_first);
      if (due > now + planned_ahead || due < now - latest) continue;
      const auto id =
          key.pseudonym(fmt::format("agenda {} {}", day.member.to_string(), format_date(date)));
      if (batches.back().commands().size() == rows_at_once) batches.emplace_back();
      outbox.enqueue_once(batches.back(), id, agenda_event(day, date, due));
    }
    for (auto& batch : batches) {
      if (batch.commands().empty()) continue;
      for (const auto& rows : co_await connection.execute_batch(std::move(batch))) {
        added += rows.affected();
      }
    }
  }
  co_return added;
}

Task<Result<std::vector<Telling>>> due_agendas(db::Connection& connection, const Dispatch& dispatch,
                                               const store::BusinessRow& business) {
  const auto member = StaffId::parse(text_of(dispatch.content, "staff_id"));
  const auto date = parse_date(text_of(dispatch.content, "day"));
  if (!member || !date) {
    co_return refuse({.kind = ErrorKind::internal,
                      .code = "facts_incomplete",
                      .message = "The agenda does not say whose and which day's."});
  }
  std::vector<Telling> tellings;
  if (business.zone.to_local(business.now).date > *date) co_return tellings;
  const auto login = co_await store::login_of(connection, *member);
  if (!login) co_return tellings;
  const auto rows = co_await store::agenda(connection, *member, day_of(*date, business.zone));
  if (rows.empty()) co_return tellings;
  auto to = co_await addressee(connection, *login, dispatch.event.group);
  if (!to) co_return tellings;
  Telling telling{.event = &dispatch.event,
                  .to = std::move(*to),
                  .facts = facts_of(rows, *date, business.zone)};
  add_links(telling, dispatch.links, std::nullopt);
  tellings.push_back(std::move(telling));
  co_return tellings;
}

}  // namespace frontdesk::notifications
