"""Services of several seats: sessions, parties, and the seats that are left."""
import pytest

from harness import bookings, people
from harness.crowd import violations

BASE = "/api/v1/appointments"


@pytest.fixture(autouse=True)
def invariants(server):
    yield
    assert violations(server) == []


@pytest.fixture
def yoga(server, api):
    """A class of four seats, given by a member who does something else, too."""
    service = next(s for s in bookings.services(api) if s["capacity"] > 1)
    single = bookings.single_service(api)
    server.sql("UPDATE services SET capacity = 4 WHERE id = %s", service["id"])
    server.sql("INSERT INTO staff_services SELECT %s, %s ON CONFLICT DO NOTHING", service["staff_ids"][0], single["id"])
    yield service
    server.sql("UPDATE services SET capacity = %s WHERE id = %s", service["capacity"], service["id"])
    if service["staff_ids"][0] not in single["staff_ids"]:
        server.sql("DELETE FROM staff_services WHERE staff_id = %s AND service_id = %s", service["staff_ids"][0], single["id"])


@pytest.fixture
def slot(api, yoga):
    return bookings.free_slot(api, yoga, staff_id=yoga["staff_ids"][0], party_size=4)


def shown(api, slot, party_size=1):
    """The slot as availability shows it now; None where it does not."""
    days = bookings.free_days(api, slot.service_id, staff_id=slot.staff_id, party_size=party_size)
    [day] = [day for day in days if day["date"] == slot.date]
    return next((free for free in day["slots"] if free["starts_at"] == slot.starts_at), None)


def test_R53_guests_share_a_session_until_its_seats_are_gone(api, admin, slot):
    assert shown(api, slot)["seats_left"] == 4
    first = bookings.book(admin, slot, party_size=3).data
    assert (first["party_size"], first["seats_left"]) == (3, 1)
    assert shown(api, slot)["seats_left"] == 1 and shown(api, slot, party_size=2) is None
    refused = bookings.book(admin, slot, party_size=2, expect=409)
    assert refused.code == "slot_taken" and all(free["seats_left"] >= 2 for free in refused.details["alternatives"])
    assert bookings.book(admin, slot).data["seats_left"] == 0
    assert shown(api, slot) is None
    assert bookings.book(admin, slot, expect=409).code == "slot_taken"


def test_seats_left_is_said_of_classes_and_in_the_answer_to_a_booking_alone(api, admin, slot):
    booked = bookings.book(admin, slot).data
    assert "seats_left" not in admin.get(f"{BASE}/{booked['id']}", expect=200).data
    assert "seats_left" not in bookings.book(admin).data


@pytest.mark.parametrize("party_size", [0, -1, 5, 1001, 1.5, "2"])
def test_a_party_fits_the_service(admin, slot, party_size):
    assert list(bookings.book(admin, slot, party_size=party_size, expect=422).field_errors) == ["party_size"]


def test_R57_seats_beyond_a_lowered_capacity_are_neither_shown_nor_sold(api, server, admin, yoga, slot):
    two = bookings.book(admin, slot, party_size=2).data
    server.sql("UPDATE services SET capacity = 3 WHERE id = %s", yoga["id"])
    assert shown(api, slot)["seats_left"] == 1 and shown(api, slot, party_size=2) is None
    assert bookings.book(admin, slot, party_size=2, expect=409).code == "slot_taken"
    assert bookings.book(admin, slot).data["seats_left"] == 0
    assert shown(api, slot) is None
    assert bookings.book(admin, slot, expect=409).code == "slot_taken", "though the session had four"
    server.sql("UPDATE services SET capacity = 2 WHERE id = %s", yoga["id"])
    assert not any(day["slots"] for day in bookings.free_days(api, yoga["id"], party_size=3))
    later = next(free for free in bookings.free_slots(api, yoga, staff_id=slot.staff_id, party_size=2) if free.date != slot.date)
    admin.post(f"{BASE}/{two['id']}/reschedule", {"starts_at": later.starts_at}, expect=200)


def test_R57_a_party_that_is_too_large_by_now_is_told_of_the_time_and_not_of_its_size(api, server, admin, yoga, slot):
    later = next(free for free in bookings.free_slots(api, yoga, staff_id=slot.staff_id, party_size=4) if free.date != slot.date)
    three = bookings.book(admin, slot, party_size=3).data
    server.sql("UPDATE services SET capacity = 2 WHERE id = %s", yoga["id"])
    refused = admin.post(f"{BASE}/{three['id']}/reschedule", {"starts_at": later.starts_at}, expect=409)
    assert refused.code == "slot_taken" and refused.details["alternatives"] == []
    assert list(bookings.book(admin, later, party_size=3, expect=422).field_errors) == ["party_size"]


def test_R53_cancelling_gives_seats_back_and_the_last_one_the_time(api, server, admin, yoga, slot):
    three, one = (bookings.book(admin, slot, party_size=size).data for size in (3, 1))
    admin.post(f"{BASE}/{three['id']}/cancel", expect=200)
    assert shown(api, slot)["seats_left"] == 3
    single = bookings.single_service(api)
    other = {"service_id": single["id"], "staff_id": slot.staff_id, "starts_at": slot.starts_at, "override": True}
    assert admin.post(BASE, other, expect=409).code == "slot_taken", "the member gives a class"
    admin.post(f"{BASE}/{one['id']}/cancel", expect=200)
    admin.post(BASE, other, expect=201)
    assert bookings.book(admin, slot, expect=409).code == "slot_taken"


def test_R53_guests_move_between_sessions(api, admin, yoga, slot):
    later = next(free for free in bookings.free_slots(api, yoga, staff_id=slot.staff_id, party_size=4) if free.date != slot.date)
    two, one = (bookings.book(admin, slot, party_size=size).data for size in (2, 1))
    bookings.book(admin, later, party_size=2)
    moved = admin.post(f"{BASE}/{two['id']}/reschedule", {"starts_at": later.starts_at}, expect=200).data
    assert moved["starts_at"] == later.starts_at and moved["party_size"] == 2
    assert shown(api, later) is None and shown(api, slot)["seats_left"] == 3
    refused = admin.post(f"{BASE}/{one['id']}/reschedule", {"starts_at": later.starts_at}, expect=409)
    assert refused.code == "slot_taken"
    assert admin.get(f"{BASE}/{one['id']}").data["starts_at"] == slot.starts_at


def test_R54_a_guest_is_let_in_again_while_there_are_seats(api, admin, slot):
    gone = bookings.book(admin, slot, party_size=2).data
    admin.post(f"{BASE}/{gone['id']}/cancel", expect=200)
    bookings.book(admin, slot, party_size=3)
    assert admin.post(f"{BASE}/{gone['id']}/reopen", expect=409).code == "slot_taken"
    single = bookings.book(admin, slot).data
    admin.post(f"{BASE}/{single['id']}/cancel", expect=200)
    admin.post(f"{BASE}/{single['id']}/reopen", expect=200)
    assert shown(api, slot) is None


def test_I1_a_class_is_not_given_while_the_member_does_something_else(api, admin, customer, yoga, slot):
    single = bookings.single_service(api)
    admin.post(BASE, {"service_id": single["id"], "staff_id": slot.staff_id, "starts_at": slot.starts_at, "override": True}, expect=201)
    assert shown(api, slot) is None
    assert bookings.book(customer, slot, expect=409).code == "slot_taken"


def test_R16_guests_see_their_own_seat_alone(api, customer, slot):
    other = people.as_person(api, people.new_customer(api))
    mine, theirs = bookings.book(customer, slot).data, bookings.book(other, slot).data
    assert [item["id"] for item in customer.get(BASE, expect=200).data["items"]] == [mine["id"]]
    customer.get(f"{BASE}/{theirs['id']}", expect=404)
