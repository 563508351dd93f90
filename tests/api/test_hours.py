"""When members of staff work, for those who manage the staff."""
import datetime
import uuid
import zoneinfo

import pytest

from harness import bookings
from harness.client import Api
from harness.timetables import (ALL_DAY, STAFF, booked, hours_of, manager, member, own_server,  # noqa: F401
                                summary_of)


class TestWeek:
    def test_a_week_takes_the_place_of_the_one_before(self, manager, member, own_server):
        week = [{"weekday": 1, "start": "13:30", "end": "24:00"}, {"weekday": 0, "start": "10:00", "end": "11:00"},
                {"weekday": 1, "start": "09:00", "end": "12:30"}]
        answer = manager.put(hours_of(member), {"items": week}, expect=200).data
        assert answer["items"] == sorted(week, key=lambda interval: (interval["weekday"], interval["start"]))
        assert (answer["affected"], answer["affected_total"]) == ([], 0)
        assert Api(own_server).get(hours_of(member), expect=200).data.items() <= answer.items()
        entry = own_server.sql("SELECT action, subject_id::text, details FROM audit_logs ORDER BY id DESC LIMIT 1")[0]
        assert entry == {"action": "staff.working_hours", "subject_id": member["id"], "details": {"fields": ["working_hours"]}}

    def test_the_version_is_the_members(self, manager, member):
        version = manager.get(f"{STAFF}/{member['id']}").data["version"]
        manager.put(hours_of(member), {"items": []}, headers={"If-Match": f'"{version}"'}, expect=200)
        stale = manager.put(hours_of(member), {"items": ALL_DAY}, headers={"If-Match": f'"{version}"'}, expect=412)
        assert (stale.code, stale.details) == ("stale", {"version": version + 1})
        manager.put(hours_of(member), {"items": []}, expect=200)
        assert manager.get(f"{STAFF}/{member['id']}").data["version"] == version + 1
        assert manager.put(hours_of(member), {"items": []}, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"

    def test_R57_what_is_shown_follows_at_once(self, manager, member):
        service = bookings.single_service(manager)
        zone = zoneinfo.ZoneInfo(bookings.settings(manager)["timezone"])
        manager.put(hours_of(member), {"items": [{"weekday": 3, "start": "10:00", "end": "12:00"}]}, expect=200)
        slots = list(bookings.free_slots(manager, service, staff_id=member["id"]))
        assert slots
        for slot in slots:
            local = datetime.datetime.fromisoformat(slot.starts_at.replace("Z", "+00:00")).astimezone(zone)
            assert local.isoweekday() == 3 and 10 <= local.hour < 12

    def test_affected_are_those_outside_and_they_stay_booked(self, manager, member):
        appointments = sorted((booked(manager, member) for _ in range(3)), key=lambda a: (a["starts_at"], a["id"]))
        assert manager.put(hours_of(member), {"items": ALL_DAY}, expect=200).data["affected_total"] == 0
        answer = manager.put(hours_of(member), {"items": []}, expect=200).data
        assert answer["affected"] == [summary_of(appointment) for appointment in appointments]
        assert answer["affected_total"] == 3
        assert manager.put(hours_of(member), {"items": []}, expect=200).data == answer
        manager.post(f"/api/v1/appointments/{appointments[0]['id']}/cancel", {}, expect=200)
        assert manager.put(hours_of(member), {"items": []}, expect=200).data["affected_total"] == 2
        again = manager.get(f"/api/v1/appointments/{appointments[1]['id']}", expect=200).data
        assert again == appointments[1]

    def test_a_slot_that_was_shown_before_is_refused(self, manager, member):
        slot = bookings.free_slot(manager, staff_id=member["id"])
        manager.put(hours_of(member), {"items": []}, expect=200)
        assert manager.post("/api/v1/appointments", slot.by_instant(), expect=422).code == "outside_working_hours"

    @pytest.mark.parametrize("items, field, code", [
        (None, "items", "required"), ({}, "items", "invalid"), ([1], "items.0", "invalid"), ([None], "items.0", "invalid"),
        ([{"weekday": 7, "start": "09:00", "end": "10:00"}], "items.0.weekday", "out_of_range"),
        ([{"weekday": -1, "start": "09:00", "end": "10:00"}], "items.0.weekday", "out_of_range"),
        ([{"weekday": 1, "start": "24:00", "end": "24:00"}], "items.0.start", "invalid"),
        ([{"weekday": 1, "start": "09:00", "end": "24:01"}], "items.0.end", "invalid"),
        ([{"weekday": 1, "start": "09:00", "end": "09:00"}], "items.0.end", "out_of_range"),
        ([{"weekday": 1, "start": "09:00", "end": "10:00", "id": 1}], "items.0.id", "unknown_field"),
        ([{"weekday": 1, "start": "09:00", "end": "10:00"}] * 2, "items", "overlap"),
        ([{"weekday": 1, "start": f"{n:02}:00", "end": f"{n:02}:30"} for n in range(11)], "items", "too_long"),
        ([{"weekday": 1, "start": "09:00", "end": "10:00"}] * 71, "items", "too_long")])
    def test_what_is_no_week(self, manager, member, items, field, code):
        assert manager.put(hours_of(member), {"items": items}, expect=422).field_errors == {field: code}

    def test_nobody_is_not_found(self, manager):
        assert manager.put(f"{STAFF}/{uuid.uuid4()}/working-hours", {"items": []}, expect=404).code == "not_found"
