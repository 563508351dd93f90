"""A business as plain sets of intervals: what is free and what a booking is told, worked out from
docs/time.md without the server. Slow and simple on purpose."""
import dataclasses
import datetime as dt
import zoneinfo

from availability.oracle import DAY, MINUTE, UTC, closing, dates, is_covered, opening, overlaps, rfc3339

# In the order in which they are named; of several members the last one counts.
OBSTACLES = ("in_the_past", "too_soon", "too_far", "closed", "outside_hours", "time_off", "off_grid", "taken", "full")
CODES = {"closed": "outside_working_hours", "outside_hours": "outside_working_hours", "time_off": "outside_working_hours",
         "taken": "slot_taken", "full": "slot_taken"}
OPEN = ("pending", "confirmed")


def now():
    return dt.datetime.now(UTC)


@dataclasses.dataclass
class Service:
    id: str
    duration: int
    buffer_before: int = 0
    buffer_after: int = 0
    capacity: int = 1
    min_notice: int = None
    active: bool = True


@dataclasses.dataclass
class Member:
    id: str
    services: set
    hours: list  # (weekday, "09:00", "17:00"); 0 is Sunday
    active: bool = True
    overrides: dict = dataclasses.field(default_factory=dict)  # date: [("09:00", "17:00")]
    time_off: dict = dataclasses.field(default_factory=dict)  # id: (start, end)


@dataclasses.dataclass(eq=False)
class Occupation:
    """The time of one appointment, or of a session of a class."""
    member: str
    service: str
    start: dt.datetime
    end: dt.datetime
    blocked: tuple
    capacity: int
    booked: int = 0


@dataclasses.dataclass
class Appointment:
    id: str
    user: str
    seats: int
    status: str
    occupation: Occupation
    version: int = 1


class Refused(Exception):
    """What the server must say in place of doing it."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class PlainBusiness:
    def __init__(self, timezone="Europe/Berlin"):
        self.zone = zoneinfo.ZoneInfo(timezone)
        self.rules = {"slot_interval": 15, "min_notice": 0, "max_advance_days": 180, "cancel_notice": 0, "auto_confirm": True}
        self.services = {}
        self.members = {}  # in the order in which the business lists them
        self.closures = set()
        self.appointments = {}

    # What is free

    def occupations(self, member):
        return {id(appointment.occupation): appointment.occupation for appointment in self.appointments.values()
                if appointment.status in OPEN and appointment.occupation.member == member.id}.values()

    def openings(self, member, first, last):
        for date in dates(first, last):
            weekly = [hours[1:] for hours in member.hours if hours[0] == date.isoweekday() % 7]
            for starts, ends in member.overrides.get(date, weekly):
                opens, closes = opening(self.zone, date, starts), closing(self.zone, date, ends)
                if opens < closes:
                    yield opens, closes

    def closed_time(self, closed_dates):
        return [(opening(self.zone, date, "00:00"), closing(self.zone, date, "24:00")) for date in closed_dates]

    def notice_obstacle(self, service, start, now):
        notice = self.rules["min_notice"] if service.min_notice is None else service.min_notice
        if start < now:
            return "in_the_past"
        if start < now + notice * MINUTE:
            return "too_soon"
        if self.date_of(start) > self.date_of(now) + self.rules["max_advance_days"] * DAY:
            return "too_far"
        return None

    def date_of(self, moment):
        return moment.astimezone(self.zone).date()

    def hours_obstacle(self, member, start, end, needs_grid):
        date = self.date_of(start)
        openings = list(self.openings(member, date - DAY, self.date_of(end) + DAY))
        if overlaps(start, end, self.closed_time(self.closures)):
            return "closed"
        if not is_covered(start, end, openings):
            return "outside_hours"
        if overlaps(start, end, member.time_off.values()):
            return "time_off"
        step = self.rules["slot_interval"] * MINUTE
        if needs_grid and not any(opens <= start < closes and (start - opens) % step == dt.timedelta()
                                  for opens, closes in openings):
            return "off_grid"
        return None

    def session_at(self, service, occupations, start):
        if service.capacity == 1:
            return None
        return next((occupation for occupation in occupations if occupation.service == service.id
                     and occupation.capacity > 1 and occupation.start == start), None)

    def look(self, service, member, start, party, now, without=None, override=False):
        """(obstacle or None, session or None, seats left). `without` is an appointment whose time is given back. `override`
        is booking against the rules."""
        occupations = [other for other in self.occupations(member)
                       if without is None or other is not without.occupation or other.booked > without.seats]
        session = self.session_at(service, occupations, start)
        end = session.end if session else start + service.duration * MINUTE
        obstacle = self.notice_obstacle(service, start, now) or self.hours_obstacle(member, start, end, session is None)
        if obstacle and (obstacle == "in_the_past" or not override):
            return obstacle, session, 0
        if session:
            booked = session.booked - (without.seats if without is not None and session is without.occupation else 0)
            left = min(session.capacity, service.capacity) - booked
            return ("full" if left < party else None), session, left
        blocked = (start - service.buffer_before * MINUTE, end + service.buffer_after * MINUTE)
        if overlaps(*blocked, [other.blocked for other in occupations]):
            return "taken", None, 0
        return ("full" if service.capacity < party else None), None, service.capacity

    def candidates(self, service, member_id=None):
        return [member for member in self.members.values() if member.active and service.id in member.services
                and member_id in (None, member.id)]

    def starts_of(self, service, member, first, last):
        """Each start on the grid, and of each session."""
        step = self.rules["slot_interval"] * MINUTE
        found = {occupation.start for occupation in self.occupations(member)
                 if occupation.service == service.id and occupation.capacity > 1 and service.capacity > 1}
        for opens, closes in self.openings(member, first - DAY, last + DAY):
            while opens < closes:
                found.add(opens)
                opens += step
        return [start for start in found if first <= self.date_of(start) <= last]

    def days(self, service_id, first, last, now, party=1, member_id=None):
        """`days` as availability answers it."""
        service = self.services[service_id]
        slots = {}  # (start, end): [members, most seats left]
        for member in self.candidates(service, member_id):
            for start in self.starts_of(service, member, first, last):
                obstacle, session, left = self.look(service, member, start, party, now)
                if obstacle is None:
                    end = session.end if session else start + service.duration * MINUTE
                    slot = slots.setdefault((start, end), [[], 0])
                    slot[0].append(member.id)
                    slot[1] = max(slot[1], left)
        answer = {date: [] for date in dates(first, last)}
        for (start, end), (members, left) in sorted(slots.items()):
            local = start.astimezone(self.zone)
            answer[local.date()].append(
                {"time": local.strftime("%H:%M"), "starts_at": rfc3339(start), "ends_at": rfc3339(end), "staff_ids": members}
                | ({"seats_left": left} if service.capacity > 1 else {}))
        return [{"date": date.isoformat(), "slots": found} for date, found in answer.items()]

    # What a booking is told

    def who_can_take(self, service_id, member_id, start, party, now, override=False):
        """The members, one of whom has to get it; raises Refused where it is none."""
        service = self.services[service_id]
        if not service.active:
            raise Refused("service_inactive")
        members = self.candidates(service, member_id)
        if (member_id is not None and not members) or party > service.capacity:
            raise Refused("validation_failed")
        for against_the_rules in (False, True)[:1 + override]:  # somebody who need not break them comes first
            looks = [(self.look(service, member, start, party, now, override=against_the_rules), member) for member in members]
            able = [member.id for (obstacle, _, _), member in looks if obstacle is None]
            if able:
                break
        if not able:
            worst = max((OBSTACLES.index(obstacle) for (obstacle, _, _), _ in looks), default=OBSTACLES.index("outside_hours"))
            raise Refused(CODES.get(OBSTACLES[worst], OBSTACLES[worst]))
        return able

    def take(self, service_id, member_id, start, seats, without=None):
        """The time of an appointment that has been granted."""
        service, member = self.services[service_id], self.members[member_id]
        occupations = [other for other in self.occupations(member)
                       if without is None or other is not without.occupation or other.booked > without.seats]
        occupation = self.session_at(service, occupations, start)
        if occupation is None:
            end = start + service.duration * MINUTE
            occupation = Occupation(member_id, service_id, start, end,
                                    (start - service.buffer_before * MINUTE, end + service.buffer_after * MINUTE), service.capacity)
        return occupation

    def book(self, id, user, service_id, member_id, start, seats):
        occupation = self.take(service_id, member_id, start, seats)
        occupation.booked += seats
        status = "confirmed" if self.rules["auto_confirm"] else "pending"
        self.appointments[id] = Appointment(id, user, seats, status, occupation)
        return self.appointments[id]

    def may_change(self, appointment, is_business, now):
        """Status and deadline of a cancellation or a move."""
        if appointment.status not in OPEN:
            raise Refused("invalid_transition")
        if not is_business and now > appointment.occupation.start - self.rules["cancel_notice"] * MINUTE:
            raise Refused("cancellation_deadline")

    def may_move(self, appointment, member_id, start, is_business, now):
        self.may_change(appointment, is_business, now)
        occupation = appointment.occupation
        service, member_id = self.services[occupation.service], member_id or occupation.member
        if not service.active:
            raise Refused("service_inactive")
        members = self.candidates(service, member_id)
        if not members:
            raise Refused("validation_failed")
        obstacle, _, _ = self.look(service, members[0], start, appointment.seats, now, without=appointment)
        if obstacle:
            raise Refused(CODES.get(obstacle, obstacle))

    def move(self, appointment, member_id, start):
        old = appointment.occupation
        new = self.take(old.service, member_id or old.member, start, appointment.seats, without=appointment)
        if (new.member, new.start, new.end) == (old.member, old.start, old.end):
            return
        old.booked -= appointment.seats
        new.booked += appointment.seats
        appointment.occupation = new
        appointment.version += 1

    def leave(self, appointment, status):
        """Into a status; one that keeps no time gives it back."""
        if appointment.status in OPEN and status not in OPEN:
            appointment.occupation.booked -= appointment.seats
        appointment.status = status
        appointment.version += 1

    def affected(self, member):
        """The appointments of a member that lie outside of what they work now."""
        return {appointment.id for appointment in self.appointments.values()
                if appointment.status in OPEN and appointment.occupation.member == member.id
                and self.hours_obstacle(member, appointment.occupation.start, appointment.occupation.end, False)}

    def touching(self, member, start, end):
        """The appointments of a member that share time with [start, end)."""
        return {appointment.id for appointment in self.appointments.values()
                if appointment.status in OPEN and appointment.occupation.member == member.id
                and appointment.occupation.start < end and start < appointment.occupation.end}

    def place_to_reopen(self, appointment):
        """The occupation that takes it back; raises Refused where there is none."""
        if appointment.status in OPEN:
            raise Refused("invalid_transition")
        old = appointment.occupation
        others = list(self.occupations(self.members[old.member]))
        place = next((other for other in others if other.service == old.service and other.start == old.start and other.capacity > 1),
                     old)
        if place.booked + appointment.seats > place.capacity:
            raise Refused("slot_taken")
        if place not in others and overlaps(*place.blocked, [other.blocked for other in others]):
            raise Refused("slot_taken")
        return place

    def reopen(self, appointment):
        appointment.occupation = self.place_to_reopen(appointment)
        appointment.occupation.booked += appointment.seats
        appointment.status = "confirmed"
        appointment.version += 1
