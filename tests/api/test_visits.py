"""What is said of an appointment once its time has come, and taking that back."""
import uuid

import pytest

from harness import bookings, people
from harness.crowd import violations

BASE = "/api/v1/appointments"
VERBS = ("complete", "no-show", "reopen")


def step(client, booked, verb, **options):
    return client.post(f"{BASE}/{booked['id']}/{verb}", **options)


@pytest.fixture
def begun(server, customer):
    """A customer's appointment that has begun."""
    booked = bookings.book(customer).data
    bookings.begin(server, booked["id"])
    return booked


@pytest.fixture(autouse=True)
def invariants(server):
    yield
    assert violations(server) == []


class TestOutcome:
    @pytest.mark.parametrize("verb, status", [("complete", "completed"), ("no-show", "no_show")])
    def test_R54_it_is_said_once_and_can_be_taken_back(self, admin, customer, begun, verb, status):
        said = step(admin, begun, verb, expect=200).data
        assert (said["status"], said["version"]) == (status, begun["version"] + 1)
        for again in ("complete", "no-show", "confirm", "cancel"):
            refused = step(admin, begun, again, expect=409)
            assert refused.code == "invalid_transition" and refused.details == {"status": status}
        reopened = step(admin, begun, "reopen", expect=200).data
        assert (reopened["status"], reopened["version"]) == ("confirmed", begun["version"] + 2)
        assert customer.get(f"{BASE}/{begun['id']}", expect=200).data == reopened
        assert step(admin, begun, "reopen", expect=409).code == "invalid_transition"

    @pytest.mark.parametrize("verb", ("complete", "no-show"))
    def test_not_before_it_has_begun(self, admin, customer, verb):
        booked = bookings.book(customer).data
        refused = step(admin, booked, verb, expect=422)
        assert refused.code == "too_early" and refused.details == {"starts_at": booked["starts_at"]}

    @pytest.mark.parametrize("verb", VERBS)
    def test_R16_customers_do_not_say_it_and_strangers_see_nothing(self, server, api, customer, begun, verb):
        assert step(customer, begun, verb, expect=403).code == "forbidden"
        stranger = people.as_person(api, people.new_customer(api))
        assert step(stranger, begun, verb, expect=404).body == stranger.get(f"{BASE}/{uuid.uuid4()}", expect=404).body
        denied = server.sql("SELECT action FROM audit_logs WHERE subject_id = %s AND outcome = 'refused'", begun["id"])
        assert [entry["action"] for entry in denied] == [f"appointment.{verb.replace('-', '_')}"]

    def test_R16_staff_say_it_of_what_is_assigned_to_them_alone(self, server, api, staff, customer):
        [member] = server.sql("SELECT s.id::text FROM staff s JOIN users u ON u.id = s.user_id WHERE u.email = 'staff@demo.test'")
        service = next(s for s in bookings.services(api) if s["capacity"] == 1 and member["id"] in s["staff_ids"] and len(s["staff_ids"]) > 1)
        mine = bookings.book(customer, bookings.free_slot(api, service, staff_id=member["id"])).data
        other = next(id for id in service["staff_ids"] if id != member["id"])
        theirs = bookings.book(customer, bookings.free_slot(api, service, staff_id=other)).data
        for booked in (mine, theirs):
            bookings.begin(server, booked["id"])
        for verb in ("complete", "reopen", "no-show"):
            step(staff, theirs, verb, expect=404)
            step(staff, mine, verb, expect=200)

    @pytest.mark.parametrize("verb", VERBS)
    def test_R54_an_old_version_is_stale(self, admin, begun, verb):
        refused = step(admin, begun, verb, headers={"If-Match": '"7"'}, expect=412)
        assert refused.code == "stale" and refused.details == {"version": begun["version"]}

    @pytest.mark.parametrize("verb", VERBS)
    def test_R51_keys(self, admin, begun, verb):
        if verb == "reopen":
            step(admin, begun, "complete", expect=200)
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        first = step(admin, begun, verb, headers=headers, expect=200)
        assert step(admin, begun, verb, headers=headers, expect=200).body == first.body
        elsewhere = admin.post(f"{BASE}/{uuid.uuid4()}/{verb}", headers=headers, expect=422)
        assert elsewhere.code == "idempotency_key_reused"

    def test_I8_the_customer_hears_of_each(self, server, admin, api, customer, begun):
        for verb in ("no-show", "reopen", "complete"):
            step(admin, begun, verb, expect=200)
        [who] = server.sql("SELECT email FROM users WHERE id = %s", begun["user"]["id"])
        for words in ("We missed you", "Confirmed again", "Thank you"):
            people.mail_about(api, who["email"], words)

    def test_R73_each_is_in_the_audit_log(self, server, admin, begun):
        for verb in ("no-show", "reopen", "complete"):
            step(admin, begun, verb, expect=200)
        entries = server.sql("SELECT action, details FROM audit_logs WHERE subject_id = %s AND outcome = 'success' ORDER BY occurred_at",
                             begun["id"])
        assert [(entry["action"], entry["details"].get("to")) for entry in entries[1:]] == [
            ("appointment.no_show", "no_show"), ("appointment.reopen", "confirmed"), ("appointment.complete", "completed")]


class TestReopen:
    def test_R54_a_cancelled_one_takes_its_time_again(self, api, admin, customer):
        slot = bookings.free_slot(api)
        booked = bookings.book(customer, slot).data
        customer.post(f"{BASE}/{booked['id']}/cancel", {"reason": "by mistake"}, expect=200)
        reopened = step(admin, booked, "reopen", expect=200).data
        changed = {"version": booked["version"] + 2, "updated_at": reopened["updated_at"]}
        assert reopened == booked | changed
        assert bookings.book(admin, slot, expect=409).code == "slot_taken"

    def test_R54_never_over_somebody_else(self, api, admin, customer):
        slot = bookings.free_slot(api)
        booked = bookings.book(customer, slot).data
        customer.post(f"{BASE}/{booked['id']}/cancel", expect=200)
        bookings.book(admin, slot)
        refused = step(admin, booked, "reopen", expect=409)
        assert refused.code == "slot_taken" and len(refused.details["alternatives"]) == 3
        assert slot.starts_at not in [alternative["starts_at"] for alternative in refused.details["alternatives"]]
        assert customer.get(f"{BASE}/{booked['id']}").data["status"] == "cancelled"

    def test_R54_a_member_who_does_it_no_more_leaves_no_alternatives(self, server, api, admin, customer):
        slot = bookings.free_slot(api)
        booked = bookings.book(customer, slot).data
        customer.post(f"{BASE}/{booked['id']}/cancel", expect=200)
        bookings.book(admin, slot)
        skill = (slot.staff_id, slot.service_id)
        server.sql("DELETE FROM staff_services WHERE staff_id = %s AND service_id = %s", *skill)
        try:
            refused = step(admin, booked, "reopen", expect=409)
        finally:
            server.sql("INSERT INTO staff_services (staff_id, service_id) VALUES (%s, %s)", *skill)
        assert refused.code == "slot_taken" and refused.details == {"alternatives": []}
