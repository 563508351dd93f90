"""A business that looks at each request before it says yes."""
import pytest

from harness import bookings, people
from harness.client import Api

BASE = "/api/v1/appointments"


@pytest.fixture(scope="module")
def careful():
    """A server whose business confirms by hand, told so through its API."""
    from harness.process import Frontdesk
    frontdesk = Frontdesk()
    frontdesk.start()
    boss = people.as_person(Api(frontdesk), people.person(Api(frontdesk), "admin@demo.test"))
    boss.patch("/api/v1/settings", {"auto_confirm": False}, expect=200)
    yield boss
    assert frontdesk.close() is None


@pytest.fixture
def guest(careful):
    who = people.new_customer(Api(careful.server))
    client = people.as_person(careful, who)
    client.email = who.email
    return client


def test_a_request_keeps_the_time_and_becomes_an_appointment_when_it_is_confirmed(careful, guest):
    slot = bookings.free_slot(careful)
    asked = bookings.book(guest, slot).data
    assert asked["status"] == "pending"
    other = people.as_person(careful, people.new_customer(Api(careful.server)))
    assert bookings.book(other, slot, expect=409).code == "slot_taken"
    waiting = careful.get(BASE, query={"status": "pending", "q": guest.email}, expect=200).data["items"]
    assert [item["id"] for item in waiting] == [asked["id"]]
    assert guest.post(f"{BASE}/{asked['id']}/confirm", expect=403).code == "forbidden"
    confirmed = careful.post(f"{BASE}/{asked['id']}/confirm", expect=200).data
    assert confirmed["status"] == "confirmed"
    assert "is confirmed" in people.mail_about(careful, guest.email, "Confirmed:")["text"]
    assert "will confirm" in people.mail_about(careful, guest.email, "We have your request:")["text"]


def test_a_request_that_is_declined_gives_its_time_back(careful, guest):
    slot = bookings.free_slot(careful)
    asked = bookings.book(guest, slot).data
    declined = careful.post(f"{BASE}/{asked['id']}/cancel", {"reason": "fully booked"}, expect=200).data
    assert (declined["status"], declined["cancel_reason"]) == ("cancelled", "fully booked")
    bookings.book(guest, slot)


def test_a_request_is_moved_and_withdrawn_like_an_appointment_and_stays_one(careful, guest):
    asked = bookings.book(guest).data
    later = bookings.free_slot(careful)
    moved = guest.post(f"{BASE}/{asked['id']}/reschedule", {"starts_at": later.starts_at, "staff_id": later.staff_id}, expect=200).data
    assert moved["status"] == "pending"
    guest.post(f"{BASE}/{asked['id']}/cancel", expect=200)
    reopened = careful.post(f"{BASE}/{asked['id']}/reopen", expect=200).data
    assert reopened["status"] == "confirmed", "who reopens has said yes"


@pytest.mark.parametrize("verb", ["complete", "no-show", "reopen"])
def test_a_request_has_no_outcome(careful, guest, verb):
    asked = bookings.book(guest).data
    bookings.begin(careful.server, asked["id"])
    refused = careful.post(f"{BASE}/{asked['id']}/{verb}", expect=409)
    assert refused.code == "invalid_transition" and refused.details == {"status": "pending"}


def test_walk_ins_and_those_who_book_for_others_ask_too(careful):
    assert bookings.book(careful, customer={"name": "Grace"}).data["status"] == "pending"


class TestRules:
    """Deadlines, notice and caps as the settings of the business say."""

    def settings(self, boss, **change):
        return boss.patch("/api/v1/settings", change, expect=200).data

    def test_the_deadline_is_for_customers(self, careful, guest):
        asked = bookings.book(guest).data
        self.settings(careful, cancel_notice=525600)
        try:
            late = {"starts_at": bookings.free_slot(careful).starts_at}
            for verb, body in (("cancel", {}), ("reschedule", late)):
                refused = guest.post(f"{BASE}/{asked['id']}/{verb}", body, expect=422)
                assert refused.code == "cancellation_deadline" and refused.details["deadline"] < asked["starts_at"]
            careful.post(f"{BASE}/{asked['id']}/cancel", expect=200)
        finally:
            self.settings(careful, cancel_notice=0)

    def test_R22_caps_are_the_business_s(self, careful, guest):
        self.settings(careful, max_active_appointments=1, max_bookings_per_hour=2)
        try:
            first = bookings.book(guest).data
            refused = bookings.book(guest, expect=422)
            assert refused.code == "customer_limit" and refused.details == {"limit": "active_appointments", "maximum": 1}
            guest.post(f"{BASE}/{first['id']}/cancel", expect=200)
            second = bookings.book(guest).data
            guest.post(f"{BASE}/{second['id']}/cancel", expect=200)
            refused = bookings.book(guest, expect=422)
            assert refused.details == {"limit": "bookings_per_hour", "maximum": 2}
            bookings.book(careful)
        finally:
            self.settings(careful, max_active_appointments=5, max_bookings_per_hour=10)

    def test_notice_and_horizon_of_the_business(self, careful, guest):
        slot = bookings.free_slot(careful)
        self.settings(careful, min_notice=100 * 24 * 60)
        try:
            assert bookings.book(guest, slot, expect=422).code == "too_soon"
        finally:
            self.settings(careful, min_notice=0)
        self.settings(careful, max_advance_days=10)
        try:
            assert bookings.book(guest, slot, expect=422).code == "too_far"
        finally:
            self.settings(careful, max_advance_days=180)

    def test_notice_of_a_service_goes_before_the_business_s(self, careful, guest):
        service = bookings.single_service(careful)
        slot, other = bookings.free_slot(careful, service), bookings.free_slot(careful, service)
        path = f"/api/v1/services/{service['id']}"
        self.settings(careful, min_notice=100 * 24 * 60)
        try:
            careful.patch(path, {"min_notice": 0}, expect=200)
            bookings.book(guest, slot)
            careful.patch(path, {"min_notice": 525600}, expect=200)
            self.settings(careful, min_notice=0)
            assert bookings.book(guest, other, expect=422).code == "too_soon"
        finally:
            self.settings(careful, min_notice=0)
            careful.patch(path, {"min_notice": None}, expect=200)
