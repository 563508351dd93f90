"""Random commands to two servers on one database, each answer held against plain sets of intervals."""
import dataclasses
import datetime as dt
import uuid

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from harness.plain_business import DAY, MINUTE, OPEN, Refused, now, rfc3339
from harness.small_business import assert_shown, establish

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


class Booking(RuleBasedStateMachine):
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

    # Customers

    def book(self, at, choice, how, service, member, person, seats, repeat=False, override=False):
        service = self.service(service)
        member = self.somebody(member, service)
        start = self.some_start(choice, how, service, [member] if member else self.plain.candidates(service))
        self.book_at(at, service, member, start, person, seats, repeat, override)

    def book_at(self, at, service, member, start, person, seats, repeat=False, override=False):
        body = {"service_id": service.id, "starts_at": rfc3339(start), "party_size": seats}
        if member:
            body["staff_id"] = member.id
        if override:
            body["override"] = True
        headers = {"Idempotency-Key": str(uuid.uuid4())} if repeat else {}
        began = now()
        answer = self.client(at, person).post(APPOINTMENTS, body, headers=headers)
        able = self.expect(answer, began, lambda moment: self.plain.who_can_take(service.id, member and member.id, start, seats, moment, override))
        if able:
            got = answer.data["staff"]["id"]
            assert got in able
            self.check_view(answer.data, self.plain.book(answer.data["id"], self.site.people[person].id, service.id, got, start, seats))
        if able and repeat:
            again = self.client(1 - at, person).post(APPOINTMENTS, body, headers=headers)
            assert (again.status, again.body) == (answer.status, answer.body)

    @rule(at=st.integers(0, 1), choice=one_of, service=one_of, member=some_member, person=st.integers(0, 2),
          seats=st.sampled_from([1, 1, 2, 4]), repeat=st.booleans())
    def book_what_is_shown(self, at, choice, service, member, person, seats, repeat):
        self.book(at, choice, "shown", service, member, person, seats, repeat)

    @rule(at=st.integers(0, 1), choice=one_of, service=one_of, member=some_member, person=st.integers(0, 2))
    def book_one_that_is_shown(self, at, choice, service, member, person):
        self.book(at, choice, "shown", service, member, person, 1)

    @rule(at=st.integers(0, 1), choice=one_of, service=one_of, member=some_member, person=st.integers(0, 2),
          seats=st.sampled_from([1, 1, 1, 2, 4]), how=st.sampled_from(["grid", "grid", "any"]))
    def book_at_any_time(self, at, choice, service, member, person, seats, how):
        self.book(at, choice, how, service, member, person, seats)

    @rule(at=st.integers(0, 1), choice=one_of, service=one_of, member=some_member, seats=st.sampled_from([1, 1, 2]),
          how=st.sampled_from(["grid", "any"]))
    def book_against_the_rules(self, at, choice, service, member, seats, how):
        self.book(at, choice, how, service, member, 0, seats, override=True)

    @rule(at=st.integers(0, 1), which=one_of, service=st.none() | one_of, person=st.integers(0, 2), seats=st.sampled_from([1, 1, 2]),
          where=st.sampled_from(["together", "after", "before", "after the buffers", "before the buffers", "into"]), override=st.booleans())
    def book_beside(self, at, which, service, person, seats, where, override):
        """As near to another appointment as can be, or too near."""
        if appointment := self.appointment(which):
            other = appointment.occupation
            service = self.plain.services[other.service] if service is None else self.service(service)
            length, before, after = (minutes * MINUTE for minutes in (service.duration, service.buffer_before, service.buffer_after))
            start = {"together": other.start, "after": other.end, "before": other.start - length, "into": other.end - 5 * MINUTE,
                     "after the buffers": other.blocked[1] + before, "before the buffers": other.blocked[0] - after - length}[where]
            override = override and start > now()
            self.book_at(at, service, self.plain.members[other.member], start, 0 if override else person, seats, override=override)

    book_beside_again = book_beside  # twice as often as the others
    book_one_more_that_is_shown = book_one_that_is_shown

    def owner_or_business(self, appointment, as_business):
        if as_business:
            return 0
        return next(number for number, person in enumerate(self.site.people) if person.id == appointment.user)

    @rule(at=st.integers(0, 1), which=one_of, as_business=st.booleans())
    def cancel(self, at, which, as_business):
        if appointment := self.appointment(which):
            person = self.owner_or_business(appointment, as_business)
            began = now()
            answer = self.client(at, person).post(f"{APPOINTMENTS}/{appointment.id}/cancel", {})
            self.expect(answer, began, lambda moment: self.plain.may_change(appointment, person == 0, moment))
            if answer.status == 200:
                self.plain.leave(appointment, "cancelled")
                self.check_view(answer.data, appointment)

    @rule(at=st.integers(0, 1), which=one_of, choice=one_of, how=st.sampled_from(["shown", "grid", "any"]), member=some_member, as_business=st.booleans())
    def move(self, at, which, choice, how, member, as_business):
        if appointment := self.appointment(which):
            person = self.owner_or_business(appointment, as_business)
            service = self.plain.services[appointment.occupation.service]
            member = self.somebody(member, service)
            start = self.some_start(choice, how, service, [member] if member else [self.plain.members[appointment.occupation.member]])
            began = now()
            answer = self.client(at, person).post(f"{APPOINTMENTS}/{appointment.id}/reschedule",
                                                  {"starts_at": rfc3339(start)} | ({"staff_id": member.id} if member else {}))
            self.expect(answer, began, lambda moment: self.plain.may_move(appointment, member and member.id, start, person == 0, moment))
            if answer.status == 200:
                self.plain.move(appointment, member and member.id, start)
                self.check_view(answer.data, appointment)

    @rule(at=st.integers(0, 1), which=one_of, stale=st.booleans())
    def note(self, at, which, stale):
        if appointment := self.appointment(which):
            person = self.owner_or_business(appointment, False)
            answer = self.client(at, person).patch(f"{APPOINTMENTS}/{appointment.id}", {"notes": "By the window"},
                                                   headers={"If-Match": f'"{appointment.version - stale}"'})
            self.count(answer)
            assert (answer.status, answer.code) == ((412, "stale") if stale else (200, None)), answer
            if answer.status == 200:
                appointment.version += 1

    # The business

    @rule(at=st.integers(0, 1), which=one_of)
    def confirm(self, at, which):
        if appointment := self.appointment(which):
            answer = self.client(at).post(f"{APPOINTMENTS}/{appointment.id}/confirm")
            self.count(answer)
            if appointment.status == "pending":
                assert answer.status == 200, answer
                self.plain.leave(appointment, "confirmed")
            else:
                assert answer.code == "invalid_transition", answer

    @rule(at=st.integers(0, 1), which=one_of)
    def reopen(self, at, which):
        if appointment := self.appointment(which):
            began = now()
            answer = self.client(at).post(f"{APPOINTMENTS}/{appointment.id}/reopen")
            self.expect(answer, began, lambda moment: self.plain.place_to_reopen(appointment))
            if answer.status == 200:
                self.plain.reopen(appointment)
                self.check_view(answer.data, appointment)

    @rule(at=st.integers(0, 1), which=one_of, outcome=st.sampled_from(["complete", "no-show"]))
    def conclude_too_early(self, at, which, outcome):
        if appointment := self.appointment(which):
            answer = self.client(at).post(f"{APPOINTMENTS}/{appointment.id}/{outcome}")
            self.count(answer)
            assert answer.code == ("too_early" if appointment.status == "confirmed" else "invalid_transition"), answer

    @rule(at=st.integers(0, 1), which=one_of, drawn=st.just(WHOLE_WEEK) | weeks)
    def change_hours(self, at, which, drawn):
        member, week = self.member(which), week_of(drawn)
        items = [{"weekday": weekday, "start": starts, "end": ends} for weekday, starts, ends in week]
        answer = self.client(at).put(f"/api/v1/staff/{member.id}/working-hours", {"items": items}, expect=200)
        self.count(answer)
        member.hours = week
        self.check_affected_of(answer.data, self.plain.affected(member))

    def check_affected_of(self, data, expected):
        assert data["affected_total"] == len(expected)
        assert len(expected) > 100 or {item["id"] for item in data["affected"]} == expected

    @rule(at=st.integers(0, 1), which=one_of, day=st.integers(0, DAYS - 1), drawn=st.none() | days)
    def change_day(self, at, which, day, drawn):
        """Other hours on one day, or none of its own."""
        member, date = self.member(which), self.first + day * DAY
        path = f"/api/v1/staff/{member.id}/overrides/{date}"
        if drawn is None:
            answer = self.client(at).delete(path)
            assert answer.status == (204 if date in member.overrides else 404), answer
            member.overrides.pop(date, None)
        else:
            hours = [interval[1:] for interval in week_of((0, *interval) for interval in drawn)]
            answer = self.client(at).put(path, {"intervals": [{"start": starts, "end": ends} for starts, ends in hours]}, expect=200)
            member.overrides[date] = hours
            midnight, next_midnight = self.plain.closed_time([date])[0]
            self.check_affected_of(answer.data, self.plain.affected(member) & self.plain.touching(member, midnight, next_midnight))
        self.count(answer)

    @rule(at=st.integers(0, 1), which=one_of, start=st.integers(0, DAYS * 96), length=st.integers(1, 96))
    def go_away(self, at, which, start, length):
        member = self.member(which)
        starts = self.plain.closed_time([self.first])[0][0] + start * 15 * MINUTE
        ends = starts + length * 15 * MINUTE
        answer = self.client(at).post(f"/api/v1/staff/{member.id}/time-off", {"starts_at": rfc3339(starts), "ends_at": rfc3339(ends)})
        self.count(answer)
        if (starts, ends) in member.time_off.values():
            assert answer.code == "time_off_exists", answer
        else:
            assert answer.status == 201, answer
            member.time_off[answer.data["id"]] = (starts, ends)
            self.check_affected_of(answer.data, self.plain.touching(member, starts, ends))

    @rule(at=st.integers(0, 1), which=one_of, choice=one_of)
    def come_back(self, at, which, choice):
        member = self.member(which)
        if away := self.pick(choice, member.time_off):
            self.count(self.client(at).delete(f"/api/v1/staff/{member.id}/time-off/{away}", expect=204))
            del member.time_off[away]

    @rule(at=st.integers(0, 1), change=st.one_of(
        st.fixed_dictionaries({"slot_interval": st.sampled_from([15, 10, 20, 30, 45, 60])}),
        st.fixed_dictionaries({"min_notice": st.sampled_from([0, LONG_NOTICE])}),
        st.fixed_dictionaries({"max_advance_days": st.sampled_from([180, 22, 100])}),
        st.fixed_dictionaries({"cancel_notice": st.sampled_from([0, LONG_NOTICE])}),
        st.fixed_dictionaries({"auto_confirm": st.booleans()})))
    def change_settings(self, at, change):
        self.count(self.client(at).patch("/api/v1/settings", change, expect=200))
        self.plain.rules |= change

    @rule(at=st.integers(0, 1), which=one_of, change=st.one_of(
        st.fixed_dictionaries({"duration": st.sampled_from([30, 20, 60])}), st.fixed_dictionaries({"buffer_before": st.sampled_from([0, 15])}),
        st.fixed_dictionaries({"buffer_after": st.sampled_from([0, 25])}), st.fixed_dictionaries({"capacity": st.sampled_from([1, 2, 5])}),
        st.fixed_dictionaries({"min_notice": st.sampled_from([None, 0, LONG_NOTICE])}), st.fixed_dictionaries({"active": st.sampled_from([True, True, True, False])})))
    def change_service(self, at, which, change):
        service = self.service(which)
        self.count(self.client(at).patch(f"/api/v1/services/{service.id}", change, expect=200))
        for name, value in change.items():
            setattr(service, name, value)

    @rule(at=st.integers(0, 1), which=one_of, active=st.sampled_from([True, True, True, False]))
    def change_member(self, at, which, active):
        member = self.member(which)
        self.count(self.client(at).patch(f"/api/v1/staff/{member.id}", {"active": active}, expect=200))
        member.active = active

    @rule(at=st.integers(0, 1), which=one_of, mask=st.sampled_from([7, 7, 7, 3, 6, 0]))
    def change_skills(self, at, which, mask):
        member = self.member(which)
        active = [service.id for number, service in enumerate(self.plain.services.values()) if service.active and mask & (1 << number)]
        self.count(self.client(at).put(f"/api/v1/staff/{member.id}/services", {"service_ids": active}, expect=200))
        member.services = set(active) | {id for id in member.services if not self.plain.services[id].active}

    @rule(at=st.integers(0, 1), day=st.integers(0, DAYS - 1), business_is_open=st.booleans())
    def change_closure(self, at, day, business_is_open):
        date = self.first + day * DAY
        if business_is_open:
            answer = self.client(at).delete(f"/api/v1/closures/{date}")
            assert answer.status == (204 if date in self.plain.closures else 404), answer
        else:
            answer = self.client(at).post("/api/v1/closures", {"date": date.isoformat()})
            assert answer.status == (409 if date in self.plain.closures else 201), answer
        self.count(answer)
        if answer.status == 201:
            self.check_affected(answer.data, date)
        (self.plain.closures.discard if business_is_open else self.plain.closures.add)(date)

    def check_affected(self, data, date):
        """Those of this example; others have appointments on the day, too."""
        [closed] = self.plain.closed_time([date])
        expected = {appointment.id for appointment in self.plain.appointments.values() if appointment.status in OPEN
                    and appointment.occupation.start < closed[1] and closed[0] < appointment.occupation.end}
        assert data["affected_total"] > 100 or {item["id"] for item in data["affected"]} & set(self.plain.appointments) == expected

    # Reading

    def look_at(self, at, service, party=1, member=None):
        query = {"service_id": service.id, "from": self.first.isoformat(), "to": self.last.isoformat(), "party_size": party}
        if member is not None:
            query["staff_id"] = member.id
        known = member is None or member in self.plain.candidates(service)
        if service.active and known:
            self.site.commands += 1
            self.site.slots_shown += assert_shown(self.client(at), self.plain, service.id, self.first, self.last, "", party=party,
                                                  member_id=member and member.id)
        else:
            answer = self.client(at).get("/api/v1/availability", query=query, token=False)
            self.count(answer)
            assert answer.code == ("not_found" if service.active else "service_inactive"), answer

    @rule(at=st.integers(0, 1), service=one_of)
    def read_availability(self, at, service):
        self.look_at(at, self.service(service))

    @rule(at=st.integers(0, 1), service=one_of, party=st.integers(1, 4), member=some_member)
    def read_availability_of(self, at, service, party, member):
        service = self.service(service)
        self.look_at(at, service, party, self.somebody(member, service))

    @rule(at=st.integers(0, 1), which=one_of)
    def read_appointment(self, at, which):
        if appointment := self.appointment(which):
            answer = self.client(at).get(f"{APPOINTMENTS}/{appointment.id}", expect=200)
            self.count(answer)
            self.check_view(answer.data, appointment)

    @rule(at=st.integers(0, 1), which=one_of, order=st.sampled_from(["starts_at", "-starts_at"]))
    def read_calendar(self, at, which, order):
        member = self.member(which)
        query = {"staff_id": member.id, "sort": order, "limit": 100}
        items = self.client(at).get(APPOINTMENTS, query=query, expect=200).data["items"]
        self.site.commands += 1
        mine = [appointment for appointment in self.plain.appointments.values() if appointment.occupation.member == member.id]
        if len(mine) <= 100:
            assert {item["id"]: item["status"] for item in items} == {appointment.id: appointment.status for appointment in mine}
            starts = [item["starts_at"] for item in items]
            assert starts == sorted(starts, reverse=order[0] == "-")
