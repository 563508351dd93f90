"""A business of an example's own, and how answers are held against the plain one."""
import dataclasses
import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from harness.plain_business import DAY, MINUTE, Refused, now, rfc3339
from harness.small_business import establish

APPOINTMENTS = "/api/v1/appointments"
DAYS = 3
LONG_NOTICE = 22 * 1440 + 7  # runs out within the days that are booked
DEFAULTS = {"slot_interval": 15, "min_notice": 0, "max_advance_days": 180, "cancel_notice": 0, "auto_confirm": True}

one_of = st.integers(0, 10**6)  # a choice among what there is: shrinks to the first
WHOLE_WEEK = [(weekday, 16, 20) for weekday in range(7)]
some_member = st.integers(0, 6)
days = st.lists(st.tuples(st.integers(0, 46), st.integers(1, 40)), max_size=3)
weeks = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 46), st.integers(1, 40)), max_size=10)


@dataclasses.dataclass
class Site:
    """What all examples share. `clients` has a client for each server and person: [server][person], the first person is
    of the business."""
    server: object
    clients: list
    people: list
    commands: int = 0
    slots_shown: int = 0
    refusals: dict = dataclasses.field(default_factory=dict)


def wall(half_hours):
    return f"{half_hours // 2:02}:{half_hours % 2 * 30:02}"


def week_of(drawn):
    """Hours that do not overlap on a day; they may touch."""
    week = []
    for weekday, start, length in drawn:
        end = min(48, start + length)
        if all(end <= other_start or other_end <= start for day, other_start, other_end in week if day == weekday):
            week.append((weekday, start, end))
    return [(weekday, wall(start), wall(end)) for weekday, start, end in week]


class Example(RuleBasedStateMachine):
    """One example: services and members of its own, and whatever is done to them. `site` is set by the test."""
    site = None

    @initialize(day=st.integers(20, 125),
                services=st.lists(st.fixed_dictionaries(
                    {"duration": st.sampled_from([30, 15, 45, 60, 90])},
                    optional={"buffer_before": st.sampled_from([0, 10]), "buffer_after": st.sampled_from([0, 5, 20]),
                              "capacity": st.sampled_from([3, 1, 6])}), min_size=1, max_size=3),
                members=st.lists(st.tuples(st.sampled_from([1, 7, 7, 3, 6]), st.just(WHOLE_WEEK) | weeks), min_size=1, max_size=3))
    def open_business(self, day, services, members):
        self.first = dt.date.today() + day * DAY
        self.last = self.first + (DAYS - 1) * DAY
        chosen = [([number for number in range(len(services)) if mask & (1 << number)] or [0], week_of(drawn))
                  for mask, drawn in members]
        self.plain = establish(self.site.server, services, chosen)

    def teardown(self):
        if not hasattr(self, "plain"):
            return
        self.site.server.sql("UPDATE staff SET active = false WHERE id = ANY (%s::uuid[]); UPDATE services SET active = false WHERE id = ANY (%s::uuid[])",
                             list(self.plain.members), list(self.plain.services))  # there may be a thousand
        business = self.site.clients[0][0]
        business.patch("/api/v1/settings", DEFAULTS, expect=200)
        for date in self.plain.closures:
            business.delete(f"/api/v1/closures/{date}", expect=204)

    # Choosing

    def client(self, at, person=0):
        return self.site.clients[at][person]

    def pick(self, choice, things):
        things = list(things)
        return things[choice % len(things)] if things else None

    def service(self, choice):
        return self.pick(choice, self.plain.services.values())

    def member(self, choice):
        return self.pick(choice, self.plain.members.values())

    def appointment(self, choice):
        """The newest first: they are the most likely to be open."""
        return self.pick(choice, reversed(self.plain.appointments.values()))

    def some_start(self, choice, how, service, members):
        """One that is shown, one on the grid, or any five minutes of the days; any where there is none of its kind."""
        if how != "any":
            found = sorted({start for member in members for start in self.plain.starts_of(service, member, self.first, self.last)
                            if how == "grid" or self.plain.look(service, member, start, 1, now())[0] is None})
            if found:
                return found[choice % len(found)]
        midnight = dt.datetime.combine(self.first, dt.time(), self.plain.zone).astimezone(dt.timezone.utc)
        return midnight + choice * 5 % (DAYS * 1440) * MINUTE

    def somebody(self, choice, service):
        """None for anyone; else a member, most often one who does the service."""
        if choice == 0:
            return None
        return self.pick(choice - 1, (choice < 6 and self.plain.candidates(service)) or self.plain.members.values())

    # Judging

    def count(self, answer):
        self.site.commands += 1
        if answer.status >= 400:
            self.site.refusals[answer.code] = self.site.refusals.get(answer.code, 0) + 1

    def expect(self, answer, began, predict):
        """Holds a refusal, or a success, against what `predict(now)` raises or returns, which becomes the result."""
        self.count(answer)
        told = answer.code if answer.status >= 400 else None
        for moment in (began, now()):  # a deadline may have passed meanwhile
            try:
                result, foreseen = predict(moment), None
            except Refused as refused:
                result, foreseen = None, refused.code
            if told == foreseen:
                return result
        raise AssertionError(f"{answer} in place of {foreseen or 'a success'}")

    def check_view(self, data, appointment):
        occupation = appointment.occupation
        seen = {name: data[name] for name in ("id", "status", "starts_at", "ends_at", "party_size", "version")}
        assert seen == {"id": appointment.id, "status": appointment.status, "starts_at": rfc3339(occupation.start),
                        "ends_at": rfc3339(occupation.end), "party_size": appointment.seats, "version": appointment.version}
        assert (data["service"]["id"], data["staff"]["id"]) == (occupation.service, occupation.member)
