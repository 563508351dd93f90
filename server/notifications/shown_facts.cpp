#include "notifications/shown_facts.hpp"

#include "notifications/language.hpp"
#include "notifications/typed_text.hpp"

namespace frontdesk::notifications {
namespace {

std::string typed(std::string_view text, std::size_t longest, std::string_view language) {
  auto cleaned = clean(text, longest);
  if (cleaned.empty()) return cleaned;
  const bool strange = is_right_to_left(language) || has_right_to_left(cleaned);
  return strange ? isolated(cleaned) : cleaned;
}

void add(Values& values, const FactUse& use, const Fact& fact, const Locale& locale,
         std::string_view language, Lengths lengths) {
  const std::string name(use.name);
  switch (use.kind) {
    case Kind::name:
    case Kind::words: {
      const auto longest = use.kind == Kind::name ? lengths.name : lengths.words;
      auto text = typed(std::get<std::string>(fact), longest, language);
      if (text.empty() && use.optional) return;
      values[name] = text.empty() ? "–" : std::move(text);
      return;
    }
    case Kind::code:
      values[name] = std::get<std::string>(fact);
      return;
    case Kind::number:
      values[name] = std::get<std::int64_t>(fact);
      return;
    case Kind::moment: {
      const auto& moment = std::get<Moment>(fact);
      const auto local = moment.zone.to_local(moment.at);
      values[name] = locale.moment(moment);
      values[name + "_short"] = locale.moment_short(moment);
      values[name + "_day"] = locale.day(local.date);
      values[name + "_time"] =
          locale.time(std::chrono::floor<std::chrono::minutes>(local.time_of_day));
      return;
    }
    case Kind::day:
      values[name] = locale.day(std::get<LocalDate>(fact));
      return;
    case Kind::money:
      values[name] = locale.money(std::get<Money>(fact));
      return;
    case Kind::link:
    case Kind::agenda:
      return;
  }
}

}  // namespace

Values shown_facts(const Event& event, const Facts& facts, const Locale& locale,
                   std::string_view language, Lengths lengths) {
  Values values;
  for (const auto uses : {event.facts, facts_of_every_event()}) {
    for (const auto& use : uses) {
      const auto fact = facts.find(use.name);
      if (fact != facts.end()) add(values, use, fact->second, locale, language, lengths);
    }
  }
  return values;
}

Values shown_entry(const AgendaEntry& entry, const Locale& locale, std::string_view language,
                   Lengths lengths) {
  const auto or_dash = [&](const std::string& text) {
    auto shown = typed(text, lengths.name, language);
    return shown.empty() ? std::string("–") : shown;
  };
  return Values{{"starts", locale.time(entry.starts)},
                {"ends", locale.time(entry.ends)},
                {"service", or_dash(entry.service)},
                {"customer", or_dash(entry.customer)}};
}

}  // namespace frontdesk::notifications
