"""Public reading: services, categories, staff, the business, availability."""
import datetime
import time
import uuid
import zoneinfo

import pytest

from harness import bookings

LISTS = ["/api/v1/service-categories", "/api/v1/services", "/api/v1/staff"]
UTC = datetime.timezone.utc


def items(api, path, **query):
    return api.get(path, query=query, expect=200).data["items"]


class TestLists:
    @pytest.mark.parametrize("path", LISTS)
    def test_R32_pages_join_without_gap_or_repetition(self, api, path):
        whole = items(api, path, limit=100)
        seen, cursor = [], None
        while True:
            page = api.get(path, query={"limit": 2} | ({"cursor": cursor} if cursor else {}), expect=200).data
            seen += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
            assert len(page["items"]) == 2
        assert seen == whole and len(whole) > 2

    @pytest.mark.parametrize("path", LISTS)
    def test_total_is_counted_on_demand(self, api, path):
        data = api.get(path, query={"total": "true", "limit": 1}, expect=200).data
        assert data["total"] == len(items(api, path, limit=100)) and len(data["items"]) == 1
        assert "total" not in api.get(path, query={"total": "false"}, expect=200).data

    @pytest.mark.parametrize("path", LISTS)
    @pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=-1", "limit=1.5", "limit=x", "limit=", "limit=1&limit=2",
                                       "cursor=nonsense", "cursor=", "cursor=" + "A" * 3000, "total=yes", "unknown=1", "limit%00=1"])
    def test_R31_R32_bad_queries_are_refused(self, api, path, query):
        answer = api.get(f"{path}?{query}", expect=(400, 422))
        assert answer.status == 422 or answer.code == "malformed_request"

    @pytest.mark.parametrize("path", LISTS)
    def test_one_is_what_the_list_shows(self, api, path):
        for item in items(api, path, limit=100):
            assert api.get(f"{path}/{item['id']}", expect=200).data == item
            assert api.get(f"{path}/{item['id'].upper()}", expect=200).data == item

    @pytest.mark.parametrize("path", LISTS)
    @pytest.mark.parametrize("bad", ["1", "x", "0192f000-0000-7000-8000-00000000000", "%20", "..%2Fusers%2Fme",
                                     "{0192f000-0000-7000-8000-0000000000d1}", "0192f000000070008000000000000000"])
    def test_R31_a_malformed_id_is_as_absent_as_an_unknown_one(self, api, path, bad):
        assert api.get(f"{path}/{bad}", expect=404).code == api.get(f"{path}/{uuid.uuid4()}", expect=404).code

    def test_services_filters(self, api):
        services = items(api, "/api/v1/services", limit=100)
        some = services[0]
        by_category = items(api, "/api/v1/services", limit=100, category_id=some["category_id"])
        assert by_category == [s for s in services if s["category_id"] == some["category_id"]]
        member = some["staff_ids"][0]
        by_staff = items(api, "/api/v1/services", limit=100, staff_id=member)
        assert by_staff == [s for s in services if member in s["staff_ids"]]
        word = some["name"].split()[0]
        assert some in items(api, "/api/v1/services", limit=100, q=word.upper())
        assert items(api, "/api/v1/services", category_id=str(uuid.uuid4())) == []
        for q in ("%", "_", "\\", "'; DROP TABLE services; --"):
            assert items(api, "/api/v1/services", q=q) == [s for s in services if q in s["name"] + s["description"]]

    def test_retired_services_are_told_apart(self, api, server):
        some = items(api, "/api/v1/services", limit=100)[-1]

        def is_listed():
            return some["id"] in [s["id"] for s in items(api, "/api/v1/services", limit=100)]

        # Not by the server itself: it learns of the change within about a second.
        server.sql("UPDATE services SET active = false WHERE id = %s", some["id"])
        try:
            assert becomes_true(lambda: not is_listed())
            assert [s["id"] for s in items(api, "/api/v1/services", active="false")] == [some["id"]]
            assert api.get(f"/api/v1/services/{some['id']}", expect=200).data["active"] is False
        finally:
            server.sql("UPDATE services SET active = true WHERE id = %s", some["id"])
            assert becomes_true(is_listed)

    def test_working_hours_are_in_order(self, api):
        for member in items(api, "/api/v1/staff"):
            week = api.get(f"/api/v1/staff/{member['id']}/working-hours", expect=200).data
            keys = [(interval["weekday"], interval["start"]) for interval in week["items"]]
            assert keys == sorted(keys) and all(i["start"] < i["end"] for i in week["items"])
            zoneinfo.ZoneInfo(week["timezone"])

    def test_R18_nothing_personal_is_public(self, api):
        for path in [*LISTS, "/api/v1/settings", "/api/v1/closures"]:
            text = api.get(path, expect=200).text
            assert "@" not in text and "password" not in text and "user_id" not in text

    def test_closures(self, api, server):
        day = bookings.days_from(400)
        server.sql("INSERT INTO closures (date, reason) VALUES (%s, 'Stocktaking')", day)
        try:
            assert {"date": day, "reason": "Stocktaking"} in items(api, "/api/v1/closures")
        finally:
            server.sql("DELETE FROM closures WHERE date = %s", day)


class TestAvailability:
    def test_every_day_of_the_range_is_there(self, api):
        service = bookings.single_service(api)
        days = bookings.free_days(api, service["id"], 3, 64)
        assert [day["date"] for day in days] == [bookings.days_from(n) for n in range(3, 65)]

    def test_a_slot_says_the_same_thing_in_every_way(self, api):
        service = bookings.single_service(api)
        zone = zoneinfo.ZoneInfo(bookings.settings(api)["timezone"])
        for day in bookings.free_days(api, service["id"], 1, 62):
            starts = [slot["starts_at"] for slot in day["slots"]]
            assert starts == sorted(set(starts))
            for slot in day["slots"]:
                start, end = instant(slot["starts_at"]), instant(slot["ends_at"])
                assert start.astimezone(zone).strftime("%Y-%m-%d %H:%M") == f"{day['date']} {slot['time']}"
                assert end - start == datetime.timedelta(minutes=service["duration"])
                assert set(slot["staff_ids"]) <= set(service["staff_ids"])

    @pytest.mark.parametrize("name", ["America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC"])
    def test_timezone_changes_the_showing_alone(self, api, name):
        service, zone = bookings.single_service(api), zoneinfo.ZoneInfo(name)
        here = {slot["starts_at"]: slot for day in bookings.free_days(api, service["id"], 9, 21) for slot in day["slots"]}
        for day in bookings.free_days(api, service["id"], 10, 20, timezone=name):
            for slot in day["slots"]:
                shown = instant(slot["starts_at"]).astimezone(zone)
                assert (day["date"], slot["time"]) == (shown.strftime("%Y-%m-%d"), shown.strftime("%H:%M"))
                assert here[slot["starts_at"]]["staff_ids"] == slot["staff_ids"]

    def test_of_one_staff_member(self, api):
        service = next(s for s in bookings.services(api) if len(s["staff_ids"]) > 1)
        member = service["staff_ids"][0]
        anyone = {slot["starts_at"] for day in bookings.free_days(api, service["id"]) for slot in day["slots"]
                  if member in slot["staff_ids"]}
        alone = bookings.free_days(api, service["id"], staff_id=member)
        assert {slot["starts_at"] for day in alone for slot in day["slots"]} == anyone
        assert all(slot["staff_ids"] == [member] for day in alone for slot in day["slots"])

    def test_next_is_the_beginning_of_all(self, api):
        service = bookings.single_service(api)
        answer = api.get("/api/v1/availability/next", query={"service_id": service["id"]}, expect=200).data
        first = [slot["starts_at"] for day in answer["days"] for slot in day["slots"]]
        all_of_them = [slot["starts_at"] for day in bookings.free_days(api, service["id"], 0, 61) for slot in day["slots"]]
        now = datetime.datetime.now(UTC) + datetime.timedelta(minutes=1)
        later = [start for start in all_of_them if instant(start) > now]
        assert first and [start for start in first if instant(start) > now] == later[:len([s for s in first if instant(s) > now])]

    @pytest.mark.parametrize("change", [
        {"service_id": None}, {"from": None}, {"to": None}, {"from": "2026-02-30"}, {"to": "x"}, {"from": "1999-12-31"},
        {"to": "2101-01-01"}, {"timezone": "Europe/berlin"}, {"timezone": "FOO+3"}, {"timezone": "../etc/passwd"},
        {"timezone": "Fixed/UTC+01:00:00"}, {"timezone": ""}, {"party_size": "0"}, {"party_size": "1001"}, {"party_size": "x"},
        {"service_id": "x"}, {"staff_id": "x"}, {"colour": "blue"}], ids=str)
    def test_R31_R60_bad_queries_are_refused(self, api, change):
        query = {"service_id": str(uuid.uuid4()), "from": bookings.days_from(1), "to": bookings.days_from(2)} | change
        answer = api.get("/api/v1/availability", query={k: v for k, v in query.items() if v is not None}, expect=422)
        assert answer.code == "validation_failed" and set(answer.field_errors) == set(change)

    def test_a_range_has_two_ends_and_62_days(self, api):
        service = bookings.single_service(api)["id"]
        for first, last in ((5, 4), (1, 63)):
            query = {"service_id": service, "from": bookings.days_from(first), "to": bookings.days_from(last)}
            assert api.get("/api/v1/availability", query=query, expect=422).code == "validation_failed"
        bookings.free_days(api, service, 1, 62)

    def test_R31_what_is_unknown_is_absent(self, api):
        query = {"from": bookings.days_from(1), "to": bookings.days_from(2)}
        api.get("/api/v1/availability", query=query | {"service_id": str(uuid.uuid4())}, expect=404)
        known = bookings.single_service(api)["id"]
        api.get("/api/v1/availability", query=query | {"service_id": known, "staff_id": str(uuid.uuid4())}, expect=404)
        api.get("/api/v1/availability/next", query={"service_id": str(uuid.uuid4())}, expect=404)

    def test_a_closure_empties_a_day(self, api, server):
        service = bookings.single_service(api)
        day = next(day["date"] for day in bookings.free_days(api, service["id"], 20, 40) if day["slots"])
        server.sql("INSERT INTO closures (date, reason) VALUES (%s, '')", day)
        try:
            query = {"service_id": service["id"], "from": day, "to": day}
            assert api.get("/api/v1/availability", query=query, expect=200).data["days"] == [{"date": day, "slots": []}]
        finally:
            server.sql("DELETE FROM closures WHERE date = %s", day)

    def test_a_party_needs_seats(self, api):
        service = bookings.single_service(api)
        days = bookings.free_days(api, service["id"], party_size=2)
        assert all(day["slots"] == [] for day in days)

    def test_R53_a_class_has_seats_until_it_is_full(self, api, server, admin):
        service = next(s for s in bookings.services(api) if s["capacity"] > 1 and s["staff_ids"])
        slot = bookings.free_slot(api, service)
        capacity = service["capacity"]
        for left in range(capacity, 0, -1):
            shown = next(s for day in bookings.free_days(api, service["id"], staff_id=slot.staff_id) for s in day["slots"]
                         if s["starts_at"] == slot.starts_at)
            assert shown["seats_left"] == left
            bookings.book(admin, slot)
        assert bookings.book(admin, slot, expect=409).code == "slot_taken"


def becomes_true(check, within_s=10):
    give_up = time.monotonic() + within_s
    while not check():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
