"""Secret feeds that calendars subscribe to (RFC 5545)."""
import datetime
import uuid

import icalendar
import pytest

from harness import bookings, people

OWN = "/api/v1/users/me/calendar-feed"


def addresses(client):
    return client.get(OWN, expect=200).data


def path_of(server, url):
    origin = f"http://localhost:{server.port}"
    assert url.startswith(origin + "/api/v1/calendar-feeds/"), url
    return url.removeprefix(origin)


def read(server, api, url, **options):
    answer = api.get(path_of(server, url), token=False, **({"expect": 200} | options))
    if answer.status == 200:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert all(len(line) <= 75 for line in answer.body.split(b"\r\n")) and answer.body.endswith(b"\r\n")
    return answer


def events(server, api, url):
    calendar = icalendar.Calendar.from_ical(read(server, api, url).body)
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert not any(event.errors for event in found.values())
    return calendar, found


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class TestCustomer:
    def test_RFC5545_it_holds_what_they_have_booked_on_the_clock_of_the_business(self, server, api, customer):
        first, second = (bookings.book(customer, notes="Grüße; 🎉, " * 20).data for _ in range(2))
        gone = bookings.book(customer).data
        customer.post(f"/api/v1/appointments/{gone['id']}/cancel", expect=200)
        calendar, found = events(server, api, addresses(customer)["url"])
        assert set(found) == {first["id"], second["id"]}
        zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}
        assert set(zones) == {first["timezone"]}
        for booked in (first, second):
            event = found[booked["id"]]
            start = event["DTSTART"]
            assert start.params["TZID"] == booked["timezone"]
            assert start.dt.strftime("%Y-%m-%d %H:%M") == f"{booked['date']} {booked['time']}"
            by_the_file = zones[booked["timezone"]].localize(start.dt.replace(tzinfo=None))
            assert by_the_file == instant(booked["starts_at"]), "its own VTIMEZONE leads to the instant"
            assert str(event["SUMMARY"]) == booked["service"]["name"] and event["SEQUENCE"] == 0

    def test_it_is_answered_with_304_until_something_changes(self, server, api, customer):
        booked = bookings.book(customer).data
        url = addresses(customer)["url"]
        tag = read(server, api, url).headers["ETag"]
        again = read(server, api, url, headers={"If-None-Match": tag}, expect=304)
        assert again.body == b""
        customer.patch(f"/api/v1/appointments/{booked['id']}", {"notes": "the blue chair"}, expect=200)
        changed = read(server, api, url, headers={"If-None-Match": tag})
        assert changed.headers["ETag"] != tag and b"the blue chair" in changed.body.replace(b"\r\n ", b"")

    def test_it_shows_ninety_days_of_the_past(self, server, api, customer):
        booked = bookings.book(customer).data
        url = addresses(customer)["url"]
        assert booked["id"] in events(server, api, url)[1]
        bookings.begin(server, booked["id"])
        assert events(server, api, url)[1] == {}

    def test_R18_the_address_is_its_own_alone_and_is_stored_nowhere(self, server, api, customer):
        stranger = people.as_person(api, people.new_customer(api))
        url, other = (path_of(server, addresses(who)["url"]) for who in (customer, stranger))
        assert addresses(customer) == addresses(customer) and url != other
        *start, subject, token, name = url.split("/")
        for wrong in ([*start, subject, other.split("/")[-2], name], [*start, other.split("/")[-3], token, name],
                      [*start, subject, str(uuid.uuid4()), name], [*start, str(uuid.uuid4()), token, name],
                      [*start[:-1], "staff", subject, token, name]):
            assert api.get("/".join(wrong), token=False, expect=404).code == "not_found"
        assert token not in str(server.sql("SELECT users::text FROM users WHERE id = %s", subject))
        assert token not in server.log()

    def test_rotating_gives_another_address_and_voids_the_one_before(self, server, api, customer):
        bookings.book(customer)
        before = addresses(customer)["url"]
        after = customer.post(f"{OWN}/rotate", expect=200).data["url"]
        assert after != before and addresses(customer)["url"] == after
        read(server, api, before, expect=404)
        assert len(events(server, api, after)[1]) == 1
        subject = after.split("/")[-3]
        [entry] = server.sql("SELECT outcome FROM audit_logs WHERE action = 'calendar_feed.rotate' AND subject_id = %s", subject)
        assert entry["outcome"] == "success"

    def test_R12_a_disabled_account_has_none(self, server, api, customer):
        url = addresses(customer)["url"]
        server.sql("UPDATE users SET status = 'disabled' WHERE id = %s", url.split("/")[-3])
        read(server, api, url, expect=404)


class TestStaff:
    @pytest.fixture
    def member(self, server):
        [member] = server.sql("SELECT s.id::text FROM staff s JOIN users u ON u.id = s.user_id WHERE u.email = 'staff@demo.test'")
        return member["id"]

    def test_R16_it_holds_what_is_assigned_to_them_alone_and_names_the_customers(self, server, api, staff, customer, member):
        service = next(s for s in bookings.services(api) if s["capacity"] == 1 and member in s["staff_ids"] and len(s["staff_ids"]) > 1)
        mine = bookings.book(customer, bookings.free_slot(api, service, staff_id=member)).data
        other = next(id for id in service["staff_ids"] if id != member)
        theirs = bookings.book(customer, bookings.free_slot(api, service, staff_id=other)).data
        _, found = events(server, api, addresses(staff)["staff_url"])
        assert mine["id"] in found and theirs["id"] not in found
        assert str(found[mine["id"]]["SUMMARY"]) == f"{mine['user']['name']}: {service['name']}"
        url = addresses(staff)["staff_url"]
        read(server, api, url, headers={"If-None-Match": read(server, api, url).headers["ETag"]}, expect=304)

    def test_where_there_is_more_than_it_holds_the_oldest_are_left_out(self, server, api, staff, customer, member):
        service = next(s for s in bookings.services(api) if s["capacity"] == 1 and member in s["staff_ids"])
        coming = bookings.book(customer, bookings.free_slot(api, service, staff_id=member)).data
        past = server.sql("INSERT INTO appointments (id, user_id, service_id, staff_id, occupation_id, date, time, timezone, starts_at, ends_at, "
                          "duration, price, currency, status) "
                          "SELECT gen_random_uuid(), user_id, service_id, staff_id, occupation_id, (at AT TIME ZONE timezone)::date, "
                          "(at AT TIME ZONE timezone)::time, timezone, at, at + interval '30 minutes', 30, price, currency, 'completed' "
                          "FROM appointments CROSS JOIN LATERAL (SELECT date_trunc('hour', now()) - interval '2 days' - n * interval '1 hour' AS at "
                          "FROM generate_series(1, 1001) AS n) AS hours WHERE id = %s RETURNING id::text, starts_at", coming["id"])
        ids = [row["id"] for row in sorted(past, key=lambda row: row["starts_at"])]
        try:
            _, found = events(server, api, addresses(staff)["staff_url"])
        finally:
            server.sql("DELETE FROM appointments WHERE id = ANY (%s::uuid[])", ids)
        assert len(found) == 1000 and coming["id"] in found
        assert ids[-1] in found and ids[0] not in found

    def test_R16_it_ends_with_the_login_of_the_member(self, server, api, staff, member):
        url = addresses(staff)["staff_url"]
        read(server, api, url)
        server.sql("UPDATE staff SET active = false WHERE id = %s", member)
        try:
            read(server, api, url, expect=404)
            assert addresses(staff)["staff_url"] is None
        finally:
            server.sql("UPDATE staff SET active = true WHERE id = %s", member)
        read(server, api, url)

    def test_R16_whoever_has_the_login_next_has_another_address(self, server, api, staff, customer, member):
        url = addresses(staff)["staff_url"]
        [before] = server.sql("SELECT user_id::text FROM staff WHERE id = %s", member)
        server.sql("UPDATE staff SET user_id = %s WHERE id = %s", addresses(customer)["url"].split("/")[-3], member)
        try:
            read(server, api, url, expect=404)
            read(server, api, addresses(customer)["staff_url"])
        finally:
            server.sql("UPDATE staff SET user_id = %s WHERE id = %s", before["user_id"], member)
        read(server, api, url)

    def test_customers_have_none(self, customer):
        assert addresses(customer)["staff_url"] is None
