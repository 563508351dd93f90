#pragma once

#include "core/instant.hpp"
#include "core/zone.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include <libical/ical.h>

namespace frontdesk::appointments {

/// A component of an iCalendar object (RFC 5545 section 3.6) under construction. libical writes it:
/// escaped, folded, each line ended by CRLF.
class CalendarComponent {
 public:
  explicit CalendarComponent(icalcomponent_kind kind) : component_(icalcomponent_new(kind)) {}

  /// Takes the property over.
  void add(icalproperty* property) { icalcomponent_add_property(component_.get(), property); }

  /// A property whose value is text (section 3.3.11). CR and other control characters are left out,
  /// so that no text adds a line (R33); a tab becomes a space.
  template <class MakeProperty>
  void add_text(MakeProperty make, std::string_view text) {
    add(make(calendar_text(text).c_str()));
  }

  /// A property that only some calendars know (section 3.8.8.2); its value is text.
  void add_extension(const char* name, std::string_view text) {
    icalproperty* property = icalproperty_new_x(calendar_text(text).c_str());
    icalproperty_set_x_name(property, name);
    add(property);
  }

  /// A person (section 3.3.3) with the name to show, which may be empty. Takes the parameters over.
  template <class MakeProperty>
  void add_address(MakeProperty make, std::string_view email, std::string_view name,
                   std::initializer_list<icalparameter*> parameters = {}) {
    icalproperty* property = make(("mailto:" + calendar_text(email)).c_str());
    if (const auto shown = parameter_text(name); !shown.empty()) {
      icalproperty_add_parameter(property, icalparameter_new_cn(shown.c_str()));
    }
    for (icalparameter* parameter : parameters) icalproperty_add_parameter(property, parameter);
    add(property);
  }

  /// A point in time as UTC, whole seconds.
  template <class MakeProperty>
  void add_utc(MakeProperty make, Instant instant) {
    add(make(utc_time(instant)));
  }

  /// A point in time on the wall clock of `zone`, which a VTIMEZONE of the same object describes
  /// (make_zone_component). As UTC where the clock shows that time twice and this is the second.
  template <class MakeProperty>
  void add_local(MakeProperty make, Instant instant, const Zone& zone) {
    add(local_property(make(wall_time(instant, zone)), instant, zone));
  }

  void add(CalendarComponent part) {
    icalcomponent_add_component(component_.get(), part.component_.release());
  }

  [[nodiscard]] std::string to_string() const;

  /// What the clock of `zone` shows at `instant`, as RFC 5545's form without a zone.
  static icaltimetype wall_time(Instant instant, const Zone& zone);

 private:
  struct Free {
    void operator()(icalcomponent* component) const noexcept { icalcomponent_free(component); }
  };

  static std::string calendar_text(std::string_view text);
  static std::string parameter_text(std::string_view text);
  static icaltimetype utc_time(Instant instant);
  static icalproperty* local_property(icalproperty* property, Instant instant, const Zone& zone);

  std::unique_ptr<icalcomponent, Free> component_;
};

}  // namespace frontdesk::appointments
