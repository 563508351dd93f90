"""When members of staff are away: holidays, illness, an afternoon at the dentist's."""
import datetime
import uuid

import pytest

from harness import bookings, people
from harness.client import Api
from harness.timetables import (STAFF, booked, booked_at, clock_change, hours_of, instant, manager, member,  # noqa: F401
                                own_server, summary_of, time_off_of)


def in_days(days, hours=0):
    """An instant a number of days from now, on the hour."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(minute=0, second=0, microsecond=0)
    return (now + datetime.timedelta(days=days, hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def away(client, member, starts_at, ends_at, expect=201, **more):
    return client.post(time_off_of(member), {"starts_at": starts_at, "ends_at": ends_at, **more}, expect=expect)


def listed(client, member, **query):
    return client.get(time_off_of(member), query=query, expect=200).data


class TestEntering:
    def test_it_is_entered_listed_and_called_off(self, manager, member, own_server):
        made = away(manager, member, in_days(20), in_days(21), reason="The dentist").data
        time_off = {key: made[key] for key in ("id", "staff_id", "starts_at", "ends_at", "reason")}
        assert time_off == {"id": made["id"], "staff_id": member["id"], "starts_at": in_days(20), "ends_at": in_days(21), "reason": "The dentist"}
        assert (made["affected"], made["affected_total"]) == ([], 0)
        assert listed(manager, member) == {"items": [time_off], "next_cursor": None}
        manager.delete(f"{time_off_of(member)}/{made['id']}", expect=204)
        assert listed(manager, member)["items"] == []
        assert manager.delete(f"{time_off_of(member)}/{made['id']}", expect=404).code == "not_found"
        entries = own_server.sql("SELECT action, subject_type, details FROM audit_logs WHERE subject_id = %s ORDER BY id", made["id"])
        assert entries == [{"action": f"time_off.{verb}", "subject_type": "time_off", "details": {"staff_id": member["id"]}} for verb in ("create", "delete")]

    def test_the_same_time_is_entered_once(self, manager, member):
        away(manager, member, in_days(20), in_days(21))
        assert away(manager, member, in_days(20), in_days(21), reason="Again", expect=409).code == "time_off_exists"
        away(manager, member, in_days(20), in_days(22))
        assert len(listed(manager, member)["items"]) == 2

    def test_R57_what_is_shown_follows_at_once(self, manager, member):
        slots = list(bookings.free_slots(manager, staff_id=member["id"]))
        first, last = slots[0].starts_at, slots[-1].ends_at
        made = away(manager, member, first, last).data
        assert list(bookings.free_slots(manager, staff_id=member["id"])) == []
        assert manager.post("/api/v1/appointments", slots[3].by_instant(), expect=422).code == "outside_working_hours"
        manager.delete(f"{time_off_of(member)}/{made['id']}", expect=204)
        assert list(bookings.free_slots(manager, staff_id=member["id"])) == slots
        manager.post("/api/v1/appointments", slots[3].by_instant(), expect=201)

    @pytest.mark.parametrize("body, errors", [
        ({}, {"starts_at": "required", "ends_at": "required"}),
        ({"starts_at": "2031-01-01", "ends_at": "tomorrow"}, {"starts_at": "invalid", "ends_at": "invalid"}),
        ({"starts_at": "infinity", "ends_at": "2101-01-01T00:00:00Z"}, {"starts_at": "invalid", "ends_at": "invalid"}),
        ({"starts_at": "1999-12-31T23:59:59Z", "ends_at": "2031-01-01T00:00:00"}, {"starts_at": "invalid", "ends_at": "invalid"}),
        ({"starts_at": "2031-01-02T00:00:00Z", "ends_at": "2031-01-02T00:00:00Z"}, {"ends_at": "out_of_range"}),
        ({"starts_at": "2031-01-02T00:00:00Z", "ends_at": "2031-01-01T00:00:00Z"}, {"ends_at": "out_of_range"}),
        ({"starts_at": "2031-01-01T00:00:00Z", "ends_at": "2034-01-01T00:00:00.000001Z"}, {"ends_at": "too_long"}),
        ({"starts_at": "2026-01-01T00:00:00Z", "ends_at": "2026-01-02T00:00:00Z"}, {"ends_at": "in_the_past"}),
        ({"starts_at": "2031-01-01T00:00:00Z", "ends_at": "2031-01-02T00:00:00Z", "staff_id": "x"}, {"staff_id": "unknown_field"}),
        ({"starts_at": "2031-01-01T00:00:00Z", "ends_at": "2031-01-02T00:00:00Z", "reason": "x" * 201}, {"reason": "too_long"})])
    def test_R17_R60_what_is_no_time_off(self, manager, member, body, errors):
        assert manager.post(time_off_of(member), body, expect=422).field_errors == errors
        assert listed(manager, member)["items"] == []

    def test_it_may_have_begun_and_may_last_three_years(self, manager, member):
        away(manager, member, in_days(-1), in_days(1))
        away(manager, member, "2031-01-01T00:00:00Z", "2034-01-01T00:00:00Z")

    def test_there_is_a_limit_for_what_is_to_come(self, manager, member, own_server):
        own_server.sql("INSERT INTO time_off (id, staff_id, starts_at, ends_at) SELECT gen_random_uuid(), %s, now() - interval '9 days', now() - n * interval '1 day' FROM generate_series(1, 8) n", member["id"])
        own_server.sql("INSERT INTO time_off (id, staff_id, starts_at, ends_at) SELECT gen_random_uuid(), %s, now(), now() + n * interval '1 day' FROM generate_series(1, 499) n", member["id"])
        last = away(manager, member, in_days(20), in_days(21)).data
        refused = away(manager, member, in_days(22), in_days(23), expect=422)
        assert (refused.code, refused.details) == ("limit_reached", {"maximum": 500})
        manager.delete(f"{time_off_of(member)}/{last['id']}", expect=204)
        away(manager, member, in_days(22), in_days(23))


class TestAffected:
    def test_a_sick_member_is_told_whom_to_call(self, manager, member):
        zone = bookings.settings(manager)["timezone"]
        day, next_day = bookings.days_from(20), bookings.days_from(21)
        times = [(day, "08:00"), (day, "11:30"), (day, "16:00"), (next_day, "09:00")]
        appointments = [booked_at(manager, member, instant(date, time, zone)) for date, time in times]
        manager.post(f"/api/v1/appointments/{appointments[2]['id']}/cancel", {}, expect=200)
        minutes = appointments[0]["duration"]
        answer = away(manager, member, appointments[0]["ends_at"], appointments[3]["starts_at"], reason="Ill").data
        assert (answer["affected"], answer["affected_total"]) == ([summary_of(appointments[1])], 1), f"{minutes} minutes each"
        answer = away(manager, member, instant(day, "08:01", zone), instant(next_day, "09:01", zone)).data
        assert answer["affected"] == [summary_of(appointments[n]) for n in (0, 1, 3)]
        assert manager.get(f"/api/v1/appointments/{appointments[0]['id']}", expect=200).data == appointments[0]
        assert manager.put(hours_of(member), {"items": []}, expect=200).data["affected_total"] == 3

    def test_another_members_appointments_do_not_count(self, manager, member):
        mara = next(item for item in manager.get(STAFF).data["items"] if item["id"] != member["id"])
        mine, hers = booked(manager, member), booked(manager, mara)
        first, last = sorted([mine["starts_at"], hers["starts_at"]])
        answer = away(manager, member, first, max(mine["ends_at"], hers["ends_at"])).data
        assert answer["affected"] == [summary_of(mine)] and first <= last

    def test_a_day_off_on_the_day_on_which_the_clock_changes(self, manager, member):
        """R61: two o'clock does not exist, or exists twice; instants are instants."""
        date = clock_change(manager)
        next_day = (datetime.date.fromisoformat(date) + datetime.timedelta(days=1)).isoformat()
        zone = bookings.settings(manager)["timezone"]
        start, end = instant(date, "00:00", zone), instant(next_day, "00:00", zone)
        length = datetime.datetime.fromisoformat(end[:-1]) - datetime.datetime.fromisoformat(start[:-1])
        assert length in (datetime.timedelta(hours=23), datetime.timedelta(hours=25))
        first = booked_at(manager, member, start)
        last = booked_at(manager, member, instant(date, "23:00", zone))
        tomorrow = booked_at(manager, member, end)
        assert tomorrow["time"] == "00:00"
        assert away(manager, member, start, end).data["affected"] == [summary_of(first), summary_of(last)]
        assert [item["starts_at"] for item in listed(manager, member, **{"from": date, "to": date})["items"]] == [start]
        assert listed(manager, member, **{"from": next_day})["items"] == []


class TestReading:
    def test_it_comes_by_start_page_by_page(self, manager, member):
        starts = [60, 20, 40, 20, 50]
        made = [away(manager, member, in_days(days), in_days(days + 1, hours=n)).data for n, days in enumerate(starts)]
        seen, cursor = [], None
        while True:
            page = listed(manager, member, limit=2, total="true", **({"cursor": cursor} if cursor else {}))
            assert page["total"] == 5
            seen += [item["id"] for item in page["items"]]
            if not (cursor := page["next_cursor"]):
                break
        assert seen == [item["id"] for item in sorted(made, key=lambda item: (item["starts_at"], item["id"]))]
        some = listed(manager, member, **{"from": bookings.days_from(39), "to": bookings.days_from(52), "total": "true"})
        assert [item["id"] for item in some["items"]] == [made[2]["id"], made[4]["id"]] and some["total"] == 2
        assert manager.get(time_off_of(member), query={"from": "2031-02-02", "to": "2031-02-01"}, expect=422).field_errors == {"to": "out_of_range"}

    def test_what_touches_a_day_is_of_that_day(self, manager, member):
        zone = bookings.settings(manager)["timezone"]
        day = bookings.days_from(20)
        away(manager, member, instant(bookings.days_from(10), "12:00", zone), instant(day, "00:00", zone))
        away(manager, member, instant(bookings.days_from(21), "00:00", zone), instant(bookings.days_from(22), "00:00", zone))
        assert listed(manager, member, **{"from": day, "to": day})["items"] == []
        long = away(manager, member, instant(bookings.days_from(10), "12:00", zone), instant(bookings.days_from(30), "12:00", zone)).data
        assert [item["id"] for item in listed(manager, member, **{"from": day, "to": day})["items"]] == [long["id"]]

    def test_R16_members_read_their_own_and_nobody_elses(self, manager, member, own_server):
        login = people.with_role(Api(own_server), "staff")
        manager.patch(f"{STAFF}/{member['id']}", {"user_id": login.id}, expect=200)
        made = away(manager, member, in_days(20), in_days(21), reason="Private").data
        own = Api(own_server, token=login.access_token)
        assert listed(own, member) == listed(manager, member)
        other = next(item for item in manager.get(STAFF).data["items"] if item["id"] != member["id"])
        stranger = people.as_person(Api(own_server), people.new_customer(Api(own_server)))
        for client, whom in ((own, other), (stranger, member), (manager, {"id": str(uuid.uuid4())})):
            assert client.get(time_off_of(whom), expect=404).code == "not_found"
        body = {"starts_at": in_days(22), "ends_at": in_days(23)}
        assert own.post(time_off_of(member), body, expect=403).code == "forbidden"
        assert own.delete(f"{time_off_of(member)}/{made['id']}", expect=403).code == "forbidden"
        assert manager.delete(f"{time_off_of(other)}/{made['id']}", expect=404).code == "not_found"
        assert manager.post(time_off_of({"id": str(uuid.uuid4())}), body, expect=404).code == "not_found"
        assert len(listed(own, member)["items"]) == 1


def test_who_goes_takes_the_absences_along_and_who_has_left_keeps_them(manager, member, own_server):
    away(manager, member, in_days(20), in_days(21))
    manager.delete(f"{STAFF}/{member['id']}", expect=204)
    assert own_server.sql("SELECT id FROM time_off WHERE staff_id = %s", member["id"]) == []
    made = manager.post(STAFF, {"name": "Tom", "service_ids": [bookings.single_service(manager)["id"]]}, expect=201).data
    manager.put(hours_of(made), {"items": [{"weekday": day, "start": "00:00", "end": "24:00"} for day in range(7)]}, expect=200)
    appointment = booked(manager, made)
    manager.delete(f"{STAFF}/{made['id']}", expect=204)
    answer = away(manager, made, appointment["starts_at"], appointment["ends_at"]).data
    assert answer["affected"] == [summary_of(appointment)] and len(listed(manager, made)["items"]) == 1
