#pragma once

#include "notifications/events.hpp"
#include "notifications/phrase.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace frontdesk::notifications {

/// How many characters of what people typed are shown.
struct Lengths {
  std::size_t name;
  std::size_t words;
};

/// The facts as a phrase shows them: cleaned, written as the locale does, each moment under its
/// four names. A name or words of another direction than `language` are isolated. An optional fact
/// that is absent or empty has no value; neither have links and agendas, which stand in no phrase.
/// Takes facts that check_facts accepts, and those of every event.
Values shown_facts(const Event& event, const Facts& facts, const Locale& locale,
                   std::string_view language, Lengths lengths);

/// One entry of an agenda, likewise.
Values shown_entry(const AgendaEntry& entry, const Locale& locale, std::string_view language,
                   Lengths lengths);

}  // namespace frontdesk::notifications
