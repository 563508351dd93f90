#include "notifications/facts_reader.hpp"

#include <optional>
#include <string>

#include <boost/json/value_to.hpp>
#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

namespace json = boost::json;

constexpr std::size_t most_entries = 500;

std::optional<std::string> text_of(const json::value* value) {
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return json::value_to<std::string>(*value);
}

std::optional<Moment> moment_of(const json::value& value, const Zone& business_zone) {
  const auto* from = value.if_object();
  if (from == nullptr) return std::nullopt;
  const auto* zone_value = from->if_contains("zone");
  if (from->size() != (zone_value == nullptr ? 1U : 2U)) return std::nullopt;
  const auto at = parse_instant(text_of(from->if_contains("at")).value_or(""));
  if (!at) return std::nullopt;
  if (zone_value == nullptr) return Moment{.at = *at, .zone = business_zone};
  const auto zone = Zone::find(text_of(zone_value).value_or(""));
  if (!zone) return std::nullopt;
  return Moment{.at = *at, .zone = *zone};
}

std::optional<Money> money_of(const json::value& value) {
  const auto* from = value.if_object();
  if (from == nullptr || from->size() != 2) return std::nullopt;
  const auto* amount = from->if_contains("amount");
  auto currency = text_of(from->if_contains("currency"));
  if (amount == nullptr || !amount->is_int64() || !currency) return std::nullopt;
  return Money{.amount_minor = amount->get_int64(), .currency = std::move(*currency)};
}

std::optional<AgendaEntry> entry_of(const json::value& value) {
  const auto* from = value.if_object();
  if (from == nullptr || from->size() != 4) return std::nullopt;
  const auto starts = parse_time(text_of(from->if_contains("starts")).value_or(""));
  const auto ends = parse_end_time(text_of(from->if_contains("ends")).value_or(""));
  auto service = text_of(from->if_contains("service"));
  auto customer = text_of(from->if_contains("customer"));
  if (!starts || !ends || !service || !customer) return std::nullopt;
  return AgendaEntry{.starts = *starts,
                     .ends = *ends,
                     .service = std::move(*service),
                     .customer = std::move(*customer)};
}

std::optional<Agenda> agenda_of(const json::value& value) {
  const auto* from = value.if_array();
  if (from == nullptr || from->size() > most_entries) return std::nullopt;
  Agenda agenda;
  for (const auto& item : *from) {
    auto entry = entry_of(item);
    if (!entry) return std::nullopt;
    agenda.push_back(std::move(*entry));
  }
  return agenda;
}

template <class T>
std::optional<Fact> fact_of(std::optional<T> value) {
  if (!value) return std::nullopt;
  return Fact(std::move(*value));
}

std::optional<Fact> read(Kind kind, const json::value& value, const Zone& business_zone) {
  switch (kind) {
    case Kind::name:
    case Kind::words:
    case Kind::code:
    case Kind::link:
      return fact_of(text_of(&value));
    case Kind::number:
      return value.is_int64() ? std::optional(Fact(std::int64_t{value.get_int64()})) : std::nullopt;
    case Kind::moment:
      return fact_of(moment_of(value, business_zone));
    case Kind::day:
      return fact_of(parse_date(text_of(&value).value_or("")));
    case Kind::money:
      return fact_of(money_of(value));
    case Kind::agenda:
      return fact_of(agenda_of(value));
  }
  return std::nullopt;
}

}  // namespace

Result<Facts> read_facts(const Event& event, const json::object& content,
                         const Zone& business_zone) {
  Facts facts;
  for (const auto& use : event.facts) {
    const auto* value = content.if_contains(use.name);
    if (value == nullptr) continue;
    auto fact = read(use.kind, *value, business_zone);
    if (!fact) {
      return refuse(
          Error{.kind = ErrorKind::internal,
                .code = "facts_incomplete",
                .message = fmt::format("{}: the fact {} has another form.", event.name, use.name)});
    }
    facts.emplace(use.name, std::move(*fact));
  }
  return facts;
}

}  // namespace frontdesk::notifications
