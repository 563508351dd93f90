#include "core/zone.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <vector>

#include <cctz/time_zone.h>

namespace frontdesk {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using CctzInstant = cctz::time_point<cctz::seconds>;

CctzInstant to_cctz(Instant instant) {
  return std::chrono::floor<cctz::seconds>(instant);
}

Instant from_cctz(CctzInstant instant) {
  return std::chrono::time_point_cast<Instant::duration>(instant);
}

cctz::civil_second civil_second_of(LocalDate date, LocalTime time) {
  constexpr cctz::civil_day epoch(1970, 1, 1);
  return cctz::civil_second(epoch + date.time_since_epoch().count()) + time.count() * 60;
}

/// Where cctz looks, so that the list and the data are of one release.
std::string zone_folder() {
  const char* folder = std::getenv("TZDIR");  // NOLINT(concurrency-mt-unsafe): read once
  return folder != nullptr && *folder != '\0' ? folder : "/usr/share/zoneinfo";
}

}  // namespace

struct Zone::Entry {
  explicit Entry(std::string zone_name) : name(std::move(zone_name)) {}

  const std::string name;
  mutable std::once_flag read;
  mutable bool usable = false;  ///< true once `zone` holds the data of `name`
  mutable cctz::time_zone zone;
};

/// The ids of tzdata.zi, sorted. Built once; each zone's data is read on first use.
class ZoneList {
 public:
  static const ZoneList& instance() {
    static const ZoneList list;
    return list;
  }

  static const Zone::Entry& utc() {
    static const Zone::Entry entry("UTC");  // cctz's default zone is UTC
    return entry;
  }

  [[nodiscard]] std::optional<Zone> find(std::string_view name) const {
    const auto at = std::ranges::lower_bound(
        entries_, name, {}, [](const auto& entry) { return std::string_view(entry->name); });
    if (at == entries_.end() || (*at)->name != name) return std::nullopt;
    const Zone::Entry& entry = **at;
    std::call_once(entry.read,
                   [&entry] { entry.usable = cctz::load_time_zone(entry.name, &entry.zone); });
    if (!entry.usable) return std::nullopt;
    return Zone(entry);
  }

 private:
  ZoneList() {
    const std::string path = zone_folder() + "/tzdata.zi";
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      if (const auto name = named_by(line); !name.empty()) {
        entries_.push_back(std::make_unique<Zone::Entry>(std::string(name)));
      }
    }
    if (entries_.empty()) {
      throw Fault(
          "The list of time zones cannot be read from " + path + ": install the package tzdata.",
          unavailable());
    }
    std::ranges::sort(entries_, {},
                      [](const auto& entry) { return std::string_view(entry->name); });
  }

  /// `Z NAME offset …` defines a zone, `L TARGET NAME` a link; every other line names none.
  static std::string_view named_by(std::string_view line) {
    const bool zone = line.starts_with("Z ");
    if (!zone && !line.starts_with("L ")) return {};
    line.remove_prefix(2);
    if (!zone) line.remove_prefix(std::min(line.size(), line.find(' ') + 1));
    return line.substr(0, line.find(' '));
  }

  std::vector<std::unique_ptr<const Zone::Entry>> entries_;
};

std::optional<Zone> Zone::find(std::string_view name) {
  return ZoneList::instance().find(name);
}

Zone Zone::utc() {
  return Zone(ZoneList::utc());
}

const std::string& Zone::name() const {
  return entry_->name;
}

Zone::Local Zone::to_local(Instant instant) const {
  const auto local = instant.time_since_epoch() + offset_at(instant);
  const auto date = std::chrono::floor<days>(local);
  return {LocalDate{date}, local - date};
}

Zone::Lookup Zone::to_instants(LocalDate date, LocalTime time) const {
  using Civil = cctz::time_zone::civil_lookup;
  const Civil found = entry_->zone.lookup(civil_second_of(date, time));
  const Instant before = from_cctz(found.pre);
  const Instant after = from_cctz(found.post);
  const Instant change = from_cctz(found.trans);
  switch (found.kind) {
    case Civil::SKIPPED:
      return {Lookup::Kind::skipped, after, before, change};
    case Civil::REPEATED:
      return {Lookup::Kind::repeated, before, after, change};
    case Civil::UNIQUE:
      break;
  }
  return {Lookup::Kind::unique, before, before, before};
}

seconds Zone::offset_at(Instant instant) const {
  return seconds{entry_->zone.lookup(to_cctz(instant)).offset};
}

std::optional<Instant> Zone::next_change(Instant instant) const {
  cctz::time_zone::civil_transition change;
  if (!entry_->zone.next_transition(to_cctz(instant), &change)) return std::nullopt;
  return from_cctz(entry_->zone.lookup(change.to).trans);
}

}  // namespace frontdesk
