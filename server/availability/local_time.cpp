#include "availability/local_time.hpp"

#include <boost/json/array.hpp>

namespace frontdesk::availability {

Result<Instant> resolve_local_time(const Zone& zone, LocalDate date, LocalTime time) {
  const Zone::Lookup found = zone.to_instants(date, time);
  switch (found.kind) {
    case Zone::Lookup::Kind::unique:
      break;
    case Zone::Lookup::Kind::skipped:
      return refuse({.kind = ErrorKind::invalid,
                     .code = "nonexistent_time",
                     .message = "The clock is put forward over this time: it does not exist on "
                                "that day."});
    case Zone::Lookup::Kind::repeated:
      return refuse({.kind = ErrorKind::invalid,
                     .code = "ambiguous_time",
                     .message = "This time occurs twice on that day. Say which with starts_at.",
                     .details = {{"starts_at", boost::json::array{format_instant(found.earlier),
                                                                  format_instant(found.later)}}}});
  }
  return found.earlier;
}

}  // namespace frontdesk::availability
