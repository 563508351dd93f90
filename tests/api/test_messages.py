"""What people are told of what happens (ADR 0008)."""
import re
import time

import icalendar
import pytest

from harness import bookings, outbox, people
from harness.client import Api

BASE = "/api/v1/appointments"
HERE = "127.0.0.1"


def log_in_from(server, someone, device=None, address=HERE):
    elsewhere = Api(server, source_address=address)
    body = {"email": someone.email, "password": people.PASSWORD} | ({"device_name": device} if device else {})
    people.patiently(lambda expect: elsewhere.post("/api/v1/auth/login", body, token=False, expect=expect), 200)
    elsewhere.close()


def notices(api, someone):
    """Of new logins, once every event until now has been dispatched."""
    outbox.wait_until_dispatched(api.server)
    return [mail for mail in people.inbox(api, someone.email) if "login" in mail["subject"].lower()]


def mails(server, appointment, to):
    outbox.wait_until_dispatched(server)
    return [row for row in outbox.rows(server, "channel = 'email' AND appointment_id = %s", appointment) if row["to"] == to]


def calendar_of(mail):
    """The invitation in a mail, read by an implementation of its own; the same among the alternatives and as a file."""
    alternative, file = mail["attachments"]
    assert alternative["content"] == file["content"] and alternative["alternative"] and not file["alternative"]
    assert file["name"] == "appointment.ics" and alternative["type"] == file["type"]
    calendar = icalendar.Calendar.from_ical(file["content"])
    [event] = calendar.walk("VEVENT")
    assert not event.errors
    assert f"method={calendar['METHOD']};" in file["type"]
    return calendar["METHOD"], event


@pytest.fixture
def member(api, admin):
    """A login that belongs to who does the first service."""
    service = bookings.single_service(api)
    [row] = api.server.sql("SELECT user_id::text, email FROM staff JOIN users ON users.id = staff.user_id "
                           "WHERE staff.id = ANY(%s::uuid[]) LIMIT 1", service["staff_ids"]) or [None]
    if row is None:
        who = people.with_role(api, "staff")
        api.server.sql("UPDATE staff SET user_id = %s WHERE id = %s", who.id, service["staff_ids"][0])
        return who.email
    return row["email"]


class TestAccounts:
    def test_somebody_who_has_proved_their_address_is_welcome(self, api):
        someone = people.new_customer(api, name="Wanda Welcome")
        mail = people.mail_about(api, someone.email, "welcome to")
        assert "Hello Wanda Welcome" in mail["text"] and "<html" in mail["html"]

    def test_a_code_is_in_the_language_that_was_asked_for(self, api):
        email, _ = people.register(api, locale="de-AT", name="Call 0900 now")
        [mail] = people.inbox_when_filled(api, email)
        assert mail["subject"] == "Ihr Code" and re.search(r"\b\d{6}\b", mail["text"])
        assert "0900" not in mail["text"] + mail["html"] + mail["subject"], "nobody's words to a stranger"

    def test_a_login_from_a_new_device_or_network_is_told_once(self, server, api):
        someone = people.new_customer(api)
        assert notices(api, someone) == [], "the first login is the owner's"
        log_in_from(server, someone)
        assert notices(api, someone) == []
        log_in_from(server, someone, device="Firefox, Windows")
        assert len(notices(api, someone)) == 1
        log_in_from(server, someone, device="Firefox, Windows")
        assert len(notices(api, someone)) == 1
        log_in_from(server, someone, device="Firefox, Windows", address="127.0.0.7")
        newest = notices(api, someone)
        assert len(newest) == 2
        assert "Firefox, Windows" in newest[0]["text"] and "127.0.0.7" in newest[0]["text"] and "(Europe/" in newest[0]["text"]


class TestBookings:
    def test_RFC5546_mails_carry_an_invitation_that_moves_and_goes(self, server, api, admin):
        who = people.new_customer(api)
        client = people.as_person(api, who)
        slot, later = bookings.free_slot(api), bookings.free_slot(api)
        booked = bookings.book(client, slot).data
        client.post(f"{BASE}/{booked['id']}/reschedule", {"starts_at": later.starts_at, "staff_id": later.staff_id}, expect=200)
        client.post(f"{BASE}/{booked['id']}/cancel", {"reason": "ill"}, expect=200)
        sent = mails(server, booked["id"], who.email)
        assert [mail["event"] for mail in sent] == ["appointment.booked", "appointment.rescheduled", "appointment.cancelled"]
        read = [calendar_of(mail) for mail in sent]
        assert [method for method, _ in read] == ["REQUEST", "REQUEST", "CANCEL"]
        assert [event["SEQUENCE"] for _, event in read] == [0, 1, 2]
        assert {event["UID"] for _, event in read} == {booked["id"]}
        for _, event in read:
            assert event["ATTENDEE"] == f"mailto:{who.email}" and event["ATTENDEE"].params["CN"] == who.name
            assert event["ORGANIZER"].startswith("mailto:") and event["ORGANIZER"].params["CN"] == bookings.settings(api)["name"]
        assert read[2][1]["STATUS"] == "CANCELLED"
        assert read[1][1].decoded("DTSTART") > read[1][1].decoded("DTSTAMP")

    def test_mails_say_where_they_are_switched_off_and_in_which_language(self, server, api):
        who = people.new_customer(api, locale="de")
        booked = bookings.book(people.as_person(api, who)).data
        [mail] = mails(server, booked["id"], who.email)
        headers = dict(mail["headers"])
        assert headers["List-Unsubscribe"] == f"<http://localhost:{server.port}/preferences>"
        assert headers["Content-Language"] == "de" and mail["to_name"] == who.name
        assert f"/appointments?id={booked['id']}" in mail["text"]

    def test_the_member_is_told_of_what_others_did(self, server, api, admin, member):
        service = bookings.single_service(api)
        [row] = server.sql("SELECT staff.id::text FROM staff JOIN users ON users.id = user_id WHERE email = %s", member)
        slot = next(slot for slot in bookings.free_slots(api, service) if slot.staff_id == row["id"])
        booked = bookings.book(admin, slot, customer={"name": "Grace", "phone": "+4930123456"}).data
        admin.post(f"{BASE}/{booked['id']}/cancel", expect=200)
        told = mails(server, booked["id"], member)
        assert [mail["event"] for mail in told] == ["staff.booked", "staff.cancelled"]
        assert "Grace" in told[0]["text"] and "+4930123456" in told[0]["text"] and not told[0].get("attachments")

    def test_reminders_are_planned_and_dropped_when_they_are_stale(self, server, api):
        who = people.new_customer(api)
        client = people.as_person(api, who)
        kept, gone = bookings.book(client).data, bookings.book(client).data
        client.post(f"{BASE}/{gone['id']}/cancel", {}, expect=200)
        outbox.wait_until_dispatched(server)
        for booked in (kept, gone):
            [row] = server.sql("SELECT due_at FROM outbox WHERE event = 'appointment.reminder' AND appointment_id = %s", booked["id"])
            assert row["due_at"].isoformat()[:10] < booked["starts_at"][:10]
            server.sql("UPDATE outbox SET due_at = now() WHERE event = 'appointment.reminder' AND appointment_id = %s", booked["id"])
        outbox.wait_until_dispatched(server)
        assert [mail["event"] for mail in mails(server, kept["id"], who.email)] == ["appointment.booked", "appointment.reminder"]
        assert [mail["event"] for mail in mails(server, gone["id"], who.email)] == ["appointment.booked", "appointment.cancelled"]

    def test_R71_a_reminder_is_judged_again_when_it_leaves(self, server, api):
        who = people.new_customer(api)
        client = people.as_person(api, who)
        kept, gone = bookings.book(client).data, bookings.book(client).data
        client.post(f"{BASE}/{gone['id']}/cancel", {}, expect=200)
        outbox.wait_until_dispatched(server)
        became = {}
        for booked in (kept, gone):  # as if the channel had been away since the reminder was made
            [row_id] = outbox.enqueue(server, [who.email], event="appointment.reminder", status="dead", reminds_of=booked["starts_at"])
            server.sql("UPDATE outbox SET appointment_id = %s, user_id = %s, status = 'waiting' WHERE id = %s", booked["id"], who.id, row_id)
            became[booked["id"]] = row_id
        give_up = time.monotonic() + 10
        while time.monotonic() < give_up and server.sql("SELECT 1 FROM outbox WHERE id = ANY(%s::uuid[]) AND status = 'waiting'",
                                                        list(became.values())):
            time.sleep(0.05)
        assert outbox.status(server, became[kept["id"]])["status"] == "delivered"
        assert server.sql("SELECT 1 FROM outbox WHERE id = %s", became[gone["id"]]) == [], "it went"


def test_R71_events_are_in_the_outbox_and_not_in_the_inbox(server, api, admin):
    who = people.new_customer(api)
    booked = bookings.book(people.as_person(api, who)).data
    outbox.wait_until_dispatched(server)
    manager = people.as_person(api, people.with_role(api, "manager"))
    items = manager.get("/api/v1/outbox", query={"channel": "event", "limit": 100}, expect=200).data["items"]
    [event] = [item for item in items if item["appointment_id"] == booked["id"] and item["event"] == "appointment.booked"]
    assert event["recipient"] is None and event["status"] == "delivered"
    assert all(item["channel"] != "event" for item in people.inbox(api, who.email))
    listed = server.run("outbox", "list", "--channel", "event", check=True).stdout
    assert event["id"] in listed and " event " in listed
