"""What is free, worked out a second time: with Python's zoneinfo, one candidate start at a time,
straight from docs/time.md. It shares nothing with the server but the zone data of the machine."""
import datetime as dt
import functools
import zoneinfo

UTC = dt.timezone.utc
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
BLOCKING = {None, "pending", "confirmed", "held"}


def instant(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def rfc3339(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@functools.lru_cache(maxsize=100_000)
def meanings(zone, wall):
    """The instants at which a clock in `zone` shows the naive time `wall`: none, one or two."""
    found = set()
    for fold in (0, 1):
        moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wall:
            found.add(moment)
    return sorted(found)


def jump_over(zone, wall):
    """The instant at which the clock jumps over `wall`: found by halving the time around it."""
    early = wall.replace(tzinfo=UTC) - 2 * DAY
    late = wall.replace(tzinfo=UTC) + 2 * DAY
    shows_later = lambda moment: moment.astimezone(zone).replace(tzinfo=None) > wall
    while late - early > dt.timedelta(seconds=1):
        middle = early + dt.timedelta(seconds=(late - early).total_seconds() // 2)
        if shows_later(middle):
            late = middle
        else:
            early = middle
    return late


def wall_time(date, text):
    """`24:00` is 00:00 of the next day."""
    hours, minutes = map(int, text.split(":"))
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(hours=hours, minutes=minutes)


def opening(zone, date, text):
    wall = wall_time(date, text)
    found = meanings(zone, wall)
    return found[0] if found else jump_over(zone, wall)


def closing(zone, date, text):
    wall = wall_time(date, text)
    found = meanings(zone, wall)
    return found[-1] if found else jump_over(zone, wall)


def dates(first, last):
    while first <= last:
        yield first
        first += DAY


def openings(member, zone, first, last):
    """The intervals of a member's hours, each as (opens, closes)."""
    for date in dates(first, last):
        overrides = member.get("overrides", {})
        if date.isoformat() in overrides:
            intervals = overrides[date.isoformat()]
        else:
            weekday = date.isoweekday() % 7
            intervals = [hours for hours in member.get("working_hours", []) if hours["weekday"] == weekday]
        for interval in intervals:
            opens = opening(zone, date, interval["start"])
            closes = closing(zone, date, interval["end"])
            if opens < closes:
                yield opens, closes


def is_covered(start, end, intervals):
    """Whether [start, end) lies inside the union of the intervals."""
    reached = start
    for opens, closes in sorted(intervals):
        if opens <= reached < closes:
            reached = closes
    return reached >= end


def overlaps(start, end, ranges):
    return any(start < other_end and other_start < end for other_start, other_end in ranges)


def closed_days(scenario, business):
    """The closed dates as time; a date that the clock jumped over as a whole has none."""
    for text in scenario.get("closures", []):
        date = dt.date.fromisoformat(text)
        start, end = opening(business, date, "00:00"), closing(business, date, "24:00")
        if start < end:
            yield start, end


def blocked(member):
    """What keeps the member busy, buffers included."""
    for other in member.get("occupied", []):
        if other.get("status") in BLOCKING:
            yield (instant(other["starts_at"]) - other.get("buffer_before", 0) * MINUTE,
                   instant(other["ends_at"]) + other.get("buffer_after", 0) * MINUTE)


def bookable(scenario, business, start):
    """Notice and horizon."""
    now = instant(scenario["now"])
    rules, service = scenario["rules"], scenario["service"]
    notice = service.get("min_notice")
    if notice is None:
        notice = rules.get("min_notice", 0)
    if start < now + notice * MINUTE:
        return False
    last = now.astimezone(business).date() + service.get("max_advance_days", rules["max_advance_days"]) * DAY
    return start.astimezone(business).date() <= last


def is_class(scenario):
    return scenario["service"].get("capacity", 1) > 1


def sessions(scenario, member):
    """The sessions of the class that the member gives: (start, end, seats left). A service that has
    fewer seats by now sells no more of them."""
    capacity = scenario["service"].get("capacity", 1)
    given = [other for other in member.get("occupied", []) if "booked" in other and other.get("status") in BLOCKING]
    for other in given if is_class(scenario) else []:
        seats = min(other.get("capacity", capacity), capacity) - other["booked"]
        yield instant(other["starts_at"]), instant(other["ends_at"]), seats


def free_starts(scenario, member):
    """Every start at which `member` is free, or has seats, on any date near the ones asked for: with
    the end and the seats that are left."""
    business = zoneinfo.ZoneInfo(scenario["timezone"])
    home = zoneinfo.ZoneInfo(member.get("timezone", scenario["timezone"]))
    first = dt.date.fromisoformat(scenario["from"]) - 3 * DAY
    last = dt.date.fromisoformat(scenario["to"]) + 4 * DAY
    service = scenario["service"]
    duration = service["duration"] * MINUTE
    before = service.get("buffer_before", 0) * MINUTE
    after = service.get("buffer_after", 0) * MINUTE
    intervals = list(openings(member, home, first, last))
    absences = [(instant(off["starts_at"]), instant(off["ends_at"])) for off in member.get("time_off", [])]
    absences += closed_days(scenario, business)
    taken = list(blocked(member))
    capacity, party = service.get("capacity", 1), scenario.get("party_size", 1)
    found = {}
    if party > capacity:
        return found
    for opens, closes in intervals:
        start = opens
        while start < closes:
            if (bookable(scenario, business, start) and is_covered(start, start + duration, intervals)
                    and not overlaps(start, start + duration, absences)
                    and not overlaps(start - before, start + duration + after, taken)):
                found[start] = (start + duration, capacity)
            start += scenario["rules"]["slot_interval"] * MINUTE
    for start, end, seats in sessions(scenario, member):
        if (seats >= party and bookable(scenario, business, start) and is_covered(start, end, intervals)
                and not overlaps(start, end, absences)):
            found[start] = (end, seats)
    return found


def availability(scenario):
    """The answer of `frontdesk slots`."""
    business = zoneinfo.ZoneInfo(scenario["timezone"])
    free_of = {}
    for member in scenario["staff"]:
        for start, (end, seats) in free_starts(scenario, member).items():
            free_of.setdefault((start, end), []).append((member["id"], seats))
    days = {date.isoformat(): [] for date in dates(dt.date.fromisoformat(scenario["from"]),
                                                   dt.date.fromisoformat(scenario["to"]))}
    for start, end in sorted(free_of):
        free = free_of[start, end]
        local = start.astimezone(business)
        if local.date().isoformat() in days:
            slot = {"time": local.strftime("%H:%M"), "starts_at": rfc3339(start), "ends_at": rfc3339(end),
                    "staff_ids": [member for member, _ in free]}
            if is_class(scenario):
                slot["seats_left"] = max(seats for _, seats in free)
            days[local.date().isoformat()].append(slot)
    return {"timezone": scenario["timezone"],
            "days": [{"date": date, "slots": slots} for date, slots in days.items()]}
