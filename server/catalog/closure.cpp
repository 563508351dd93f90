#include "catalog/closure.hpp"

namespace frontdesk::catalog {

TimeRange whole_day(LocalDate date, const Zone& zone) {
  using Kind = Zone::Lookup::Kind;
  const auto begin = zone.to_instants(date, LocalTime{0});
  const auto end = zone.to_instants(date + std::chrono::days{1}, LocalTime{0});
  // As an interval of working hours opens and closes: midnight may occur twice, or be jumped over.
  return {begin.kind == Kind::skipped ? begin.change : begin.earlier,
          end.kind == Kind::skipped ? end.change : end.later};
}

}  // namespace frontdesk::catalog
