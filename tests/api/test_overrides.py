"""Days on which a member of staff keeps other hours, for those who manage the staff."""
import datetime
import uuid

import pytest

from harness import bookings, people
from harness.client import Api
from harness.timetables import (STAFF, booked, booked_at, clock_change, hours_of, instant, manager, member,  # noqa: F401
                                override_of, own_server, summary_of)

MORNING = [{"start": "09:00", "end": "12:00"}]


def listed(client, member, expect=200, **query):
    return client.get(f"{STAFF}/{member['id']}/overrides", query=query, expect=expect).data


class TestSetting:
    def test_a_day_has_the_hours_that_were_set_last(self, manager, member, own_server):
        date, zone = bookings.days_from(20), bookings.settings(manager)["timezone"]
        path = override_of(member, date)
        two = [{"start": "13:00", "end": "24:00"}, {"start": "09:00", "end": "12:00"}]
        answer = manager.put(path, {"intervals": two}, expect=200).data
        day = {"date": date, "timezone": zone, "intervals": two[::-1]}
        assert answer == day | {"affected": [], "affected_total": 0}
        assert listed(manager, member) == {"items": [day], "next_cursor": None}
        entry = own_server.sql("SELECT action, subject_type, subject_id::text, details FROM audit_logs ORDER BY id DESC LIMIT 1")[0]
        assert entry == {"action": "staff.set_override", "subject_type": "staff", "subject_id": member["id"], "details": {"date": date}}
        manager.put(path, {"intervals": MORNING}, expect=200)
        assert [item["intervals"] for item in listed(manager, member)["items"]] == [MORNING]

    def test_R73_the_same_again_leaves_no_entry(self, manager, member, own_server):
        path = override_of(member, bookings.days_from(20))
        first = manager.put(path, {"intervals": []}, expect=200).data
        entries = own_server.sql("SELECT count(*) AS n FROM audit_logs")
        assert manager.put(path, {"intervals": []}, expect=200).data == first
        assert own_server.sql("SELECT count(*) AS n FROM audit_logs") == entries

    def test_R57_what_is_shown_follows_at_once(self, manager, member):
        date = bookings.days_from(20)
        manager.put(hours_of(member), {"items": []}, expect=200)
        manager.put(override_of(member, date), {"intervals": MORNING}, expect=200)
        slots = list(bookings.free_slots(manager, staff_id=member["id"]))
        assert slots and all(slot.date == date and "09:00" <= slot.time < "12:00" for slot in slots)
        manager.put(override_of(member, date), {"intervals": []}, expect=200)
        assert list(bookings.free_slots(manager, staff_id=member["id"])) == []
        assert manager.post("/api/v1/appointments", slots[0].by_instant(), expect=422).code == "outside_working_hours"
        manager.delete(override_of(member, date), expect=200)
        assert list(bookings.free_slots(manager, staff_id=member["id"])) == []

    @pytest.mark.parametrize("intervals, field, code", [
        (None, "intervals", "required"), ({}, "intervals", "invalid"), ([1], "intervals.0", "invalid"),
        ([{"start": "10:00"}], "intervals.0.end", "required"), ([{"start": "10:00", "end": "09:00"}], "intervals.0.end", "out_of_range"),
        ([{"start": "10:00", "end": "10:00"}], "intervals.0.end", "out_of_range"), ([{"start": "9:00", "end": "10:00"}], "intervals.0.start", "invalid"),
        ([{"start": "09:00", "end": "10:00", "weekday": 1}], "intervals.0.weekday", "unknown_field"),
        ([{"start": "09:00", "end": "11:00"}, {"start": "10:00", "end": "12:00"}], "intervals", "overlap"),
        ([{"start": f"{n:02}:00", "end": f"{n:02}:30"} for n in range(11)], "intervals", "too_long")])
    def test_R17_what_is_no_day(self, manager, member, intervals, field, code):
        path = override_of(member, bookings.days_from(20))
        assert manager.put(path, {"intervals": intervals}, expect=422).field_errors == {field: code}
        assert listed(manager, member)["items"] == []

    @pytest.mark.parametrize("date", ["2026-02-30", "1999-12-31", "2101-01-01", "today", "2031-5-5"])
    def test_R60_what_is_no_date_is_not_found(self, manager, member, date):
        manager.put(override_of(member, date), {"intervals": []}, expect=404)
        manager.delete(override_of(member, date), expect=404)

    def test_what_is_over_stays_as_it_was(self, manager, member):
        refused = manager.put(override_of(member, bookings.days_from(-2)), {"intervals": []}, expect=422)
        assert refused.field_errors == {"date": "in_the_past"}
        manager.put(override_of(member, "2100-12-31"), {"intervals": []}, expect=200)

    def test_there_is_a_limit_for_days_to_come(self, manager, member, own_server):
        own_server.sql("INSERT INTO staff_overrides (staff_id, date) SELECT %s, (now() - interval '10 days')::date - n FROM generate_series(1, 5) n", member["id"])
        own_server.sql("INSERT INTO staff_overrides (staff_id, date) SELECT %s, (now() + interval '100 days')::date + n FROM generate_series(1, 999) n", member["id"])
        manager.put(override_of(member, bookings.days_from(50)), {"intervals": []}, expect=200)
        refused = manager.put(override_of(member, bookings.days_from(51)), {"intervals": []}, expect=422)
        assert (refused.code, refused.details) == ("limit_reached", {"maximum": 1000})
        manager.put(override_of(member, bookings.days_from(50)), {"intervals": MORNING}, expect=200)
        manager.delete(override_of(member, bookings.days_from(50)), expect=200)
        manager.put(override_of(member, bookings.days_from(51)), {"intervals": []}, expect=200)


class TestAffected:
    def test_affected_are_those_of_the_day_that_lie_outside(self, manager, member):
        zone = bookings.settings(manager)["timezone"]
        date, next_day = bookings.days_from(20), bookings.days_from(21)
        before = booked_at(manager, member, instant(bookings.days_from(19), "20:00", zone))
        inside = booked_at(manager, member, instant(date, "09:00", zone))
        outside = booked_at(manager, member, instant(date, "15:00", zone))
        after = booked_at(manager, member, instant(next_day, "15:00", zone))
        answer = manager.put(override_of(member, date), {"intervals": MORNING}, expect=200).data
        assert (answer["affected"], answer["affected_total"]) == ([summary_of(outside)], 1)
        answer = manager.put(override_of(member, date), {"intervals": []}, expect=200).data
        assert answer["affected"] == [summary_of(inside), summary_of(outside)]
        for appointment in (before, inside, outside, after):
            assert manager.get(f"/api/v1/appointments/{appointment['id']}", expect=200).data == appointment
        manager.delete(override_of(member, date), expect=200)
        assert manager.put(hours_of(member), {"items": []}, expect=200).data["affected_total"] == 4

    def test_a_night_across_midnight_counts_for_both_days(self, manager, member):
        zone = bookings.settings(manager)["timezone"]
        date, next_day = bookings.days_from(22), bookings.days_from(23)
        night = booked_at(manager, member, instant(date, "23:45", zone))
        assert night["ends_at"] > instant(next_day, "00:00", zone)
        late = {"intervals": [{"start": "22:00", "end": "24:00"}]}
        assert manager.put(override_of(member, date), late, expect=200).data["affected"] == []
        early = {"intervals": [{"start": "08:00", "end": "10:00"}]}
        assert manager.put(override_of(member, next_day), early, expect=200).data["affected"] == [summary_of(night)]
        assert manager.put(override_of(member, date), late, expect=200).data["affected"] == [summary_of(night)]

    def test_R61_a_day_on_which_the_clock_changes(self, manager, member):
        date, zone = clock_change(manager), bookings.settings(manager)["timezone"]
        early = booked_at(manager, member, instant(date, "00:15", zone))
        late = booked_at(manager, member, instant(date, "23:00", zone))
        whole = {"intervals": [{"start": "00:00", "end": "24:00"}]}
        assert manager.put(override_of(member, date), whole, expect=200).data["affected"] == []
        assert manager.put(override_of(member, date), {"intervals": [{"start": "03:00", "end": "23:15"}]},
                           expect=200).data["affected"] == [summary_of(early), summary_of(late)]
        assert manager.put(override_of(member, date), {"intervals": [{"start": "00:15", "end": "01:30"}]},
                           expect=200).data["affected"] == [summary_of(late)]


class TestRemoving:
    def test_affected_are_those_that_the_week_has_no_hours_for(self, manager, member, own_server):
        zone, date = bookings.settings(manager)["timezone"], bookings.days_from(20)
        weekday = datetime.date.fromisoformat(date).isoweekday() % 7
        afternoon = {"start": "14:00", "end": "18:00"}
        manager.put(override_of(member, date), {"intervals": [{"start": "08:00", "end": "18:00"}]}, expect=200)
        manager.put(hours_of(member), {"items": [{"weekday": weekday} | afternoon]}, expect=200)
        outside = booked_at(manager, member, instant(date, "09:00", zone))
        booked_at(manager, member, instant(date, "15:00", zone))
        answer = manager.delete(override_of(member, date), expect=200).data
        assert answer == {"date": date, "timezone": zone, "intervals": [afternoon], "affected": [summary_of(outside)], "affected_total": 1}
        assert listed(manager, member)["items"] == []
        assert manager.get(f"/api/v1/appointments/{outside['id']}", expect=200).data == outside
        entry = own_server.sql("SELECT action, details FROM audit_logs ORDER BY id DESC LIMIT 1")[0]
        assert entry == {"action": "staff.remove_override", "details": {"date": date}}
        manager.delete(override_of(member, date), expect=404)

    def test_nobody_is_affected_where_the_week_has_the_hours(self, manager, member):
        zone, date = bookings.settings(manager)["timezone"], bookings.days_from(20)
        manager.put(override_of(member, date), {"intervals": MORNING}, expect=200)
        booked_at(manager, member, instant(date, "09:00", zone))
        answer = manager.delete(override_of(member, date), expect=200).data
        assert (answer["intervals"], answer["affected"]) == ([{"start": "00:00", "end": "24:00"}], [])


class TestReading:
    def test_days_come_in_order_page_by_page(self, manager, member):
        dates = [bookings.days_from(days) for days in (60, 20, 40, 30, 50)]
        for date in dates:
            manager.put(override_of(member, date), {"intervals": MORNING}, expect=200)
        seen, cursor = [], None
        while True:
            page = listed(manager, member, limit=2, total="true", **({"cursor": cursor} if cursor else {}))
            assert page["total"] == 5
            seen += [item["date"] for item in page["items"]]
            if not (cursor := page["next_cursor"]):
                break
        assert seen == sorted(dates)
        some = listed(manager, member, **{"from": bookings.days_from(30), "to": bookings.days_from(50), "total": "true"})
        assert [item["date"] for item in some["items"]] == sorted(dates)[1:4] and some["total"] == 3
        answer = manager.get(f"{STAFF}/{member['id']}/overrides", query={"from": "2031-02-02", "to": "2031-02-01"}, expect=422)
        assert answer.field_errors == {"to": "out_of_range"}
        answer = manager.get(f"{STAFF}/{member['id']}/overrides", query={"cursor": "bogus"}, expect=422)
        assert answer.field_errors == {"cursor": "invalid"}

    def test_R16_members_read_their_own_and_nobody_elses(self, manager, member, own_server):
        login = people.with_role(Api(own_server), "staff")
        manager.patch(f"{STAFF}/{member['id']}", {"user_id": login.id}, expect=200)
        manager.put(override_of(member, bookings.days_from(20)), {"intervals": []}, expect=200)
        own = Api(own_server, token=login.access_token)
        assert listed(own, member) == listed(manager, member) and len(listed(own, member)["items"]) == 1
        other = next(item for item in manager.get(STAFF).data["items"] if item["id"] != member["id"])
        stranger = people.as_person(Api(own_server), people.new_customer(Api(own_server)))
        for client, whom in ((own, other), (own, {"id": str(uuid.uuid4())}), (stranger, member), (manager, {"id": str(uuid.uuid4())})):
            assert client.get(f"{STAFF}/{whom['id']}/overrides", expect=404).code == "not_found"

    def test_a_day_without_hours_of_its_own_is_not_found(self, manager, member):
        assert manager.delete(override_of(member, bookings.days_from(20)), expect=404).code == "not_found"
        nobody = {"id": str(uuid.uuid4())}
        assert manager.put(override_of(nobody, bookings.days_from(20)), {"intervals": []}, expect=404).code == "not_found"
        assert manager.delete(override_of(nobody, bookings.days_from(20)), expect=404).code == "not_found"


def test_a_member_who_has_left_keeps_the_days_and_may_come_back(manager, member):
    appointment = booked(manager, member)
    manager.put(override_of(member, appointment["date"]), {"intervals": MORNING}, expect=200)
    manager.delete(f"{STAFF}/{member['id']}", expect=204)
    answer = manager.put(override_of(member, appointment["date"]), {"intervals": []}, expect=200).data
    assert answer["affected"] == [summary_of(appointment)]
    assert manager.patch(f"{STAFF}/{member['id']}", {"active": True}, expect=200).data["active"]
    assert [item["intervals"] for item in listed(manager, member)["items"]] == [[]]
