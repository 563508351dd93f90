"""The whole way of a customer, from nothing to a booked appointment, never twice."""
import datetime

from harness import bookings, people
from harness.client import Api


def test_a_person_registers_books_is_refused_reschedules_and_cancels(api):
    email, pending = people.register(api)
    code = people.code_sent_to(api, email)
    account = api.post("/api/v1/auth/verify-email",
                       {"email": email, "code": code, "registration_id": pending["registration_id"]},
                       expect=201).data
    assert account["email"] == email and account["email_verified"] and account["role"]["name"] == "customer"
    login = people.log_in(api, email, people.PASSWORD, expect=200).data
    me = Api(api.server, token=login["access_token"])
    assert me.get("/api/v1/users/me", expect=200).data == account

    service = bookings.single_service(me)
    slot = bookings.free_slot(me, service)
    booked = bookings.book(me, slot, notes="A window seat, please").data
    assert booked["user"] == {"id": account["id"], "name": "Ada Example"}
    assert booked["service"] == {"id": service["id"], "name": service["name"]}
    assert booked["staff"]["id"] == slot.staff_id
    assert (booked["date"], booked["time"], booked["starts_at"]) == (slot.date, slot.time, slot.starts_at)
    assert booked["price"] == service["price"] and booked["duration"] == service["duration"]
    assert booked["status"] == "confirmed" and booked["notes"] == "A window seat, please"

    taken = bookings.book(me, slot, expect=409)
    assert taken.code == "slot_taken"
    alternatives = taken.details["alternatives"]
    assert 1 <= len(alternatives) <= 3
    nearest = alternatives[0]
    moved = me.post(f"/api/v1/appointments/{booked['id']}/reschedule",
                    {"starts_at": nearest["starts_at"], "staff_id": nearest["staff_ids"][0]}, expect=200).data
    assert moved["starts_at"] == nearest["starts_at"] and moved["version"] > booked["version"]
    assert moved["id"] == booked["id"] and moved["created_at"] == booked["created_at"]

    cancelled = me.post(f"/api/v1/appointments/{booked['id']}/cancel", {"reason": "Caught a cold"}, expect=200).data
    assert cancelled["status"] == "cancelled" and cancelled["cancel_reason"] == "Caught a cold"
    assert me.get(f"/api/v1/appointments/{booked['id']}", expect=200).data == cancelled
    assert bookings.book(me, slot).data["status"] == "confirmed", "a cancelled time is free again"


def test_R57_every_slot_that_is_shown_on_a_day_can_be_booked(api, admin):
    """Greedily, with somebody whom no cap binds: each booking is chosen from what is shown then."""
    service = bookings.single_service(api)
    day = next(day for day in reversed(bookings.free_days(api, service["id"])) if len(day["slots"]) > 3)
    for _ in range(6):
        shown = [slot for slot in bookings.free_slots(api, service) if slot.date == day["date"]]
        if not shown:
            break
        bookings.book(admin, shown[len(shown) // 2])


def test_R57_alternatives_are_the_nearest_and_free(api, customer):
    service = bookings.single_service(api)
    slot = bookings.free_slot(api, service)
    bookings.book(customer, slot)
    refused = bookings.book(customer, slot, expect=409)
    instant = datetime.datetime.fromisoformat
    shown = {(free.starts_at, free.staff_id) for free in bookings.free_slots(api, service, staff_id=slot.staff_id)}
    distances = []
    for alternative in refused.details["alternatives"]:
        distances.append(abs(instant(alternative["starts_at"][:-1]) - instant(slot.starts_at[:-1])))
        if slot.staff_id in alternative["staff_ids"]:
            assert (alternative["starts_at"], slot.staff_id) in shown
    assert refused.details["timezone"] == bookings.settings(api)["timezone"]
    free_distances = sorted(abs(instant(start[:-1]) - instant(slot.starts_at[:-1])) for start, _ in shown)
    assert max(distances) <= free_distances[min(2, len(free_distances) - 1)]


def test_anyone_is_whoever_is_free(api, admin):
    service = next(service for service in bookings.services(api) if service["capacity"] == 1 and len(service["staff_ids"]) > 1)
    day = next(day for day in reversed(bookings.free_days(api, service["id"]))
               if any(len(slot["staff_ids"]) > 1 for slot in day["slots"]))
    slot = next(slot for slot in day["slots"] if len(slot["staff_ids"]) > 1)
    body = {"service_id": service["id"], "starts_at": slot["starts_at"]}
    got = [admin.post("/api/v1/appointments", body, expect=201).data["staff"]["id"] for _ in slot["staff_ids"]]
    assert sorted(got) == sorted(slot["staff_ids"]), "each of them once"
    assert admin.post("/api/v1/appointments", body, expect=409).code == "slot_taken"
