// `frontdesk slots` answers any input: an answer that is JSON and exit code 0, or complaints and 2.
// What it offers is what check_start would let book, and the other way round (R57).
#include "availability/check.hpp"
#include "availability/scenario.hpp"
#include "availability/scenario_wire.hpp"
#include "availability/slots.hpp"
#include "core/ensure.hpp"

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include <boost/json/parse.hpp>

namespace {

using namespace frontdesk;
using namespace frontdesk::availability;

void check_answer(const std::string& text) {
  std::istringstream in(text);
  std::ostringstream out;
  std::ostringstream errors;
  const int code = run_slots(in, out, errors, std::nullopt);
  ENSURE(code == 0 || code == 2);
  ENSURE((code == 0) == errors.str().empty());
  ENSURE((code == 2) == out.str().empty());
  if (code == 0) static_cast<void>(boost::json::parse(out.str()));
}

/// Every slot that is shown can be booked with everyone it names. A few of them: the checks are
/// slower than the listing.
void check_bookable(const Scenario& scenario) {
  const FreeSlots slots = free_slots(scenario.snapshot, {.from = scenario.from,
                                                         .to = scenario.to,
                                                         .display = scenario.snapshot.zone,
                                                         .party_size = scenario.party_size});
  int left = 50;
  for (const FreeDay& day : slots.days) {
    for (const Slot& slot : day.slots) {
      ENSURE(scenario.snapshot.zone.to_local(slot.start).date == day.date);
      bool anyone = false;
      slots.staff_of(slot, [&](std::size_t member) {
        anyone = true;
        if (left-- > 0) {
          ENSURE(check_start(scenario.snapshot, scenario.snapshot.staff[member], slot.start,
                             {.party_size = scenario.party_size}));
        }
      });
      ENSURE(anyone);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_answer(text);
  if (const auto scenario = parse_scenario(text)) {
    check_bookable(*scenario);
    std::istringstream in(text);
    std::ostringstream out;
    ENSURE(run_slots(in, out, out, format_date(scenario->from) + "T10:00") == 0);
  }
  return 0;
}
