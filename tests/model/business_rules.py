"""What the business does: outcomes, settings, services, people, hours and absences."""
from hypothesis import strategies as st
from hypothesis.stateful import rule

from example import APPOINTMENTS, DAYS, LONG_NOTICE, WHOLE_WEEK, Example, days, one_of, week_of, weeks
from harness.plain_business import DAY, MINUTE, OPEN, now, rfc3339


class BusinessRules(Example):
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
            assert answer.status == (200 if date in member.overrides else 404), answer
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
