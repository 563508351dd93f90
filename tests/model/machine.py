"""Random commands to two servers on one database, each answer held against plain sets of intervals."""
import uuid

from hypothesis import strategies as st
from hypothesis.stateful import rule

from business_rules import BusinessRules
from example import APPOINTMENTS, one_of, some_member
from harness.plain_business import MINUTE, now, rfc3339
from harness.small_business import assert_shown


class Booking(BusinessRules):
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
