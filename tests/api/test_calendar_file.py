"""An appointment as a file that a calendar reads (RFC 5545)."""
import datetime

import icalendar

from harness import bookings, people

BASE = "/api/v1/appointments"


def read(client, booked):
    answer = client.get(f"{BASE}/{booked['id']}/calendar.ics", expect=200)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    assert answer.body.endswith(b"\r\n") and answer.body.count(b"\n") == answer.body.count(b"\r\n")
    assert all(len(line) <= 75 for line in answer.body.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(answer.body)
    [event] = calendar.walk("VEVENT")
    assert not event.errors
    return calendar, event


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def test_RFC5545_the_event_is_the_appointment(api, customer):
    notes = "Bring: scissors; comb, towel \\ and\n" + "Grüße 🎉 " * 30
    booked = bookings.book(customer, notes=notes).data
    calendar, event = read(customer, booked)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    assert "METHOD" not in calendar, "RFC 5546 3.2.1: PUBLISH wants an ORGANIZER, which strict importers insist on"
    assert event["UID"] == booked["id"]
    assert event.decoded("DTSTART") == instant(booked["starts_at"]) and event.decoded("DTEND") == instant(booked["ends_at"])
    assert str(event["SUMMARY"]) == booked["service"]["name"] and event["STATUS"] == "CONFIRMED"
    assert str(event["DESCRIPTION"]) == f"With: {booked['staff']['name']}\nFor: {booked['user']['name']}\nNotes: {notes}"
    assert bookings.settings(api)["name"] in str(event["LOCATION"])


def test_RFC5545_a_change_has_the_same_uid_and_a_higher_sequence(api, admin, customer):
    slot, later = bookings.free_slot(api), bookings.free_slot(api)
    booked = bookings.book(customer, slot).data
    _, first = read(customer, booked)
    customer.post(f"{BASE}/{booked['id']}/reschedule", {"starts_at": later.starts_at, "staff_id": later.staff_id}, expect=200)
    _, moved = read(customer, booked)
    admin.post(f"{BASE}/{booked['id']}/cancel", expect=200)
    _, cancelled = read(customer, booked)
    assert {event["UID"] for event in (first, moved, cancelled)} == {booked["id"]}
    assert [event["SEQUENCE"] for event in (first, moved, cancelled)] == [0, 1, 2]
    assert moved.decoded("DTSTART") == instant(later.starts_at)
    assert cancelled["STATUS"] == "CANCELLED" and cancelled["TRANSP"] == "TRANSPARENT"


def test_a_request_is_tentative(server, customer):
    server.sql("UPDATE settings SET auto_confirm = false")
    try:
        booked = bookings.book(customer).data
    finally:
        server.sql("UPDATE settings SET auto_confirm = true")
    assert read(customer, booked)[1]["STATUS"] == "TENTATIVE"


def test_R16_it_is_read_by_those_who_read_the_appointment(api, admin, customer):
    booked = bookings.book(customer).data
    stranger = people.as_person(api, people.new_customer(api))
    assert stranger.get(f"{BASE}/{booked['id']}/calendar.ics", expect=404).code == "not_found"
    read(admin, booked)
    walk_in = bookings.book(admin, customer={"name": "Grace, the first"}).data
    assert "For: Grace, the first" in str(read(admin, walk_in)[1]["DESCRIPTION"])
