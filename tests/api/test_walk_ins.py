"""Bookings for people without an account, and bookings against the rules."""
import datetime
import uuid

import pytest

from harness import bookings, people
from harness.crowd import violations

BASE = "/api/v1/appointments"
GRACE = {"name": "Grace Hopper", "phone": "+4930123456", "email": "Grace@Example.test"}


@pytest.fixture(autouse=True)
def invariants(server):
    yield
    assert violations(server) == []


@pytest.fixture
def own(server, api):
    """(id of the demo's staff login as a member, a service that they do)."""
    [member] = server.sql("SELECT s.id::text FROM staff s JOIN users u ON u.id = s.user_id WHERE u.email = 'staff@demo.test'")
    service = next(s for s in bookings.services(api) if s["capacity"] == 1 and member["id"] in s["staff_ids"] and len(s["staff_ids"]) > 1)
    return member["id"], service


class TestWalkIns:
    def test_R17_they_are_kept_with_the_appointment_and_shown_to_those_who_see_it(self, api, admin):
        booked = bookings.book(admin, customer=GRACE).data
        assert booked["user"] is None
        assert booked["customer"] == GRACE | {"email": "grace@example.test"}
        assert admin.get(f"{BASE}/{booked['id']}", expect=200).data == booked
        listed = admin.get(BASE, query={"sort": "-created_at", "limit": 1}, expect=200).data["items"]
        assert listed == [booked]

    def test_a_name_is_enough(self, server, admin):
        booked = bookings.book(admin, customer={"name": "Nobody in particular"}).data
        assert booked["customer"] == {"name": "Nobody in particular", "phone": None, "email": None}
        # Written down for the member of staff and for other programs; there is no customer to write to.
        assert {row["channel"] for row in server.sql("SELECT channel FROM outbox WHERE appointment_id = %s AND event LIKE 'appointment.%%' "
                                                     "AND event <> 'appointment.reminder'", booked["id"])} - {"webhook"} == {"event"}

    def test_I8_messages_go_to_their_address(self, api, admin):
        email = people.fresh_email("walkin")
        booked = bookings.book(admin, customer={"name": "Grace", "email": email}).data
        admin.post(f"{BASE}/{booked['id']}/cancel", {"reason": "ill"}, expect=200)
        messages = people.inbox_when_filled(api, email, 2)
        assert [message["subject"].split(":")[0] for message in messages] == ["Cancelled", "You are booked"]
        assert "Hello Grace," in messages[1]["text"]

    @pytest.mark.parametrize("change, field, code", [
        ({"phone": "030 123456"}, "customer.phone", "invalid"), ({"email": "grace"}, "customer.email", "invalid"),
        ({"name": None}, "customer.name", "required"), ({"name": " "}, "customer.name", "invalid"),
        ({"name": "x" * 101}, "customer.name", "too_long"), ({"name": "a\nb"}, "customer.name", "invalid"),
        ({"role": "admin"}, "customer.role", "unknown_field"), ({"phone": 49}, "customer.phone", "invalid")])
    def test_R17_what_is_said_of_them_is_validated(self, api, admin, change, field, code):
        refused = bookings.book(admin, customer=GRACE | change, expect=422)
        assert refused.field_errors == {field: code}

    def test_one_customer_an_appointment(self, api, admin):
        who = people.new_customer(api)
        refused = bookings.book(admin, customer=GRACE, user_id=who.id, expect=422)
        assert refused.field_errors == {"customer": "conflicting"}

    def test_R16_customers_book_for_themselves_alone(self, customer):
        assert bookings.book(customer, customer=GRACE, expect=403).code == "forbidden"

    def test_R16_staff_book_walk_ins_with_themselves(self, api, staff, own):
        member, service = own
        slot = bookings.free_slot(api, service, staff_id=member)
        booked = bookings.book(staff, slot, customer=GRACE).data
        assert booked["staff"]["id"] == member and booked["customer"]["name"] == GRACE["name"]
        assert staff.get(f"{BASE}/{booked['id']}", expect=200).data == booked
        later = bookings.free_slot(api, service, staff_id=member).by_wall_time(customer=GRACE)
        del later["staff_id"]
        assert staff.post(BASE, later, expect=201).data["staff"]["id"] == member

    def test_R16_staff_book_walk_ins_with_nobody_else_and_no_accounts(self, api, staff, own):
        member, service = own
        other = next(id for id in service["staff_ids"] if id != member)
        slot = bookings.free_slot(api, service, staff_id=other)
        assert bookings.book(staff, slot, customer=GRACE, expect=403).code == "forbidden"
        who = people.new_customer(api)
        slot = bookings.free_slot(api, service, staff_id=member)
        assert bookings.book(staff, slot, user_id=who.id, expect=403).code == "forbidden"

    def test_R22_walk_ins_of_staff_have_no_caps(self, api, staff, own):
        member, service = own
        for _ in range(7):
            bookings.book(staff, bookings.free_slot(api, service, staff_id=member), customer=GRACE)

    def test_R16_nobody_elses_personal_data_is_shown_to_a_customer(self, server, api, admin):
        yoga = next(s for s in bookings.services(api) if s["capacity"] > 2)
        slot = bookings.free_slot(api, yoga)
        who = people.new_customer(api, name="Ada Alone")
        me = people.as_person(api, who)
        mine = bookings.book(me, slot).data
        theirs = bookings.book(admin, slot, customer=GRACE).data
        text = me.get(BASE, expect=200).text + me.get(f"{BASE}/{mine['id']}", expect=200).text
        assert "Ada Alone" in text and "Grace" not in text and "grace" not in text
        assert me.get(BASE, query={"q": "grace"}, expect=200).data["items"] == []
        me.get(f"{BASE}/{theirs['id']}", expect=404)

    def test_R73_the_audit_log_names_nobody(self, server, admin):
        booked = bookings.book(admin, customer=GRACE).data
        [entry] = server.sql("SELECT details FROM audit_logs WHERE subject_id = %s", booked["id"])
        assert entry["details"]["walk_in"] is True and "user_id" not in entry["details"]
        assert "Hopper" not in str(entry) and "4930123456" not in str(entry)

    def test_R51_a_retry_books_one_walk_in(self, api, admin):
        slot, headers = bookings.free_slot(api), {"Idempotency-Key": str(uuid.uuid4())}
        first = bookings.book(admin, slot, headers=headers, customer=GRACE)
        assert bookings.book(admin, slot, headers=headers, customer=GRACE).body == first.body
        other = bookings.book(admin, slot, headers=headers, customer=GRACE | {"name": "Ada"}, expect=422)
        assert other.code == "idempotency_key_reused"


class TestOverride:
    def refused(self, client, slot, **change):
        return client.post(BASE, slot.by_wall_time(**change), expect=422).code

    def test_it_goes_outside_hours_grid_and_horizon(self, api, admin):
        slot = bookings.free_slot(api)
        for code, change in (("outside_working_hours", {"time": "03:00"}), ("outside_working_hours", {"time": "03:07"}),
                             ("too_far", {"date": bookings.days_from(500), "time": "03:00"})):
            assert self.refused(admin, slot, **change) == code
            booked = admin.post(BASE, slot.by_wall_time(**change, override=True), expect=201).data
            assert booked["time"] == change["time"] and booked["staff"]["id"] == slot.staff_id
            admin.post(f"{BASE}/{booked['id']}/cancel", expect=200)

    def test_it_goes_through_time_off_closures_and_notice(self, api, server, admin):
        service = bookings.single_service(api)
        slot = bookings.free_slot(api, service)
        server.sql("INSERT INTO time_off (id, staff_id, starts_at, ends_at) VALUES (gen_random_uuid(), %s, %s, %s)",
                   slot.staff_id, slot.starts_at, slot.ends_at)
        server.sql("INSERT INTO closures (date) VALUES (%s) ON CONFLICT DO NOTHING", slot.date)
        server.sql("UPDATE services SET min_notice = 525600 WHERE id = %s", service["id"])
        try:
            assert self.refused(admin, slot) == "too_soon"
            bookings.book(admin, slot, override=True)
        finally:
            server.sql("UPDATE services SET min_notice = NULL WHERE id = %s", service["id"])
            server.sql("DELETE FROM closures WHERE date = %s", slot.date)
            server.sql("DELETE FROM time_off WHERE staff_id = %s AND starts_at = %s", slot.staff_id, slot.starts_at)

    def test_I1_never_over_another_booking_and_never_in_the_past(self, api, admin, customer):
        slot = bookings.free_slot(api)
        bookings.book(customer, slot)
        assert bookings.book(admin, slot, override=True, expect=409).code == "slot_taken"
        yesterday = (datetime.date.today() - datetime.timedelta(days=1)).isoformat()
        assert self.refused(admin, slot, date=yesterday, override=True) == "in_the_past"

    def test_I2_never_more_than_all_seats(self, api, admin):
        yoga = next(s for s in bookings.services(api) if s["capacity"] > 1)
        slot = bookings.free_slot(api, yoga)
        bookings.book(admin, slot, party_size=yoga["capacity"])
        assert bookings.book(admin, slot, override=True, expect=409).code == "slot_taken"

    def test_anyone_is_somebody_who_works_then_if_there_is_one(self, server, api, admin):
        service = next(s for s in bookings.services(api) if s["capacity"] == 1 and len(s["staff_ids"]) > 1)
        slot = bookings.free_slot(api, service)
        working = {id for day in bookings.free_days(api, service["id"]) if day["date"] == slot.date
                   for free in day["slots"] if free["time"] == slot.time for id in free["staff_ids"]}
        for _ in range(len(working)):
            body = slot.by_wall_time(override=True, staff_id=None)
            assert admin.post(BASE, body, expect=201).data["staff"]["id"] in working
        night = slot.by_wall_time(override=True, staff_id=None, time="03:00")
        assert admin.post(BASE, night, expect=201).data["staff"]["id"] in service["staff_ids"]

    def test_R17_it_is_for_those_who_manage(self, api, customer, staff, own):
        assert bookings.book(customer, override=True, expect=403).code == "forbidden"
        member, service = own
        slot = bookings.free_slot(api, service, staff_id=member)
        assert bookings.book(staff, slot, override=True, customer=GRACE, expect=403).code == "forbidden"
        booked = bookings.book(staff, slot, customer=GRACE).data
        moved = {"date": slot.date, "time": "03:00", "override": True}
        assert staff.post(f"{BASE}/{booked['id']}/reschedule", moved, expect=403).code == "forbidden"

    def test_R16_a_stranger_who_overrides_sees_nothing(self, api, customer, admin):
        booked = bookings.book(admin).data
        moved = {"starts_at": booked["starts_at"], "override": True}
        assert customer.post(f"{BASE}/{booked['id']}/reschedule", moved, expect=404).code == "not_found"
        own = bookings.book(customer).data
        assert customer.post(f"{BASE}/{own['id']}/reschedule", moved, expect=403).code == "forbidden"

    def test_moves_go_outside_the_rules_too_and_say_so_in_the_audit_log(self, server, api, admin, customer):
        slot = bookings.free_slot(api)
        booked = bookings.book(customer, slot).data
        night = {"date": slot.date, "time": "03:00"}
        assert admin.post(f"{BASE}/{booked['id']}/reschedule", night, expect=422).code == "outside_working_hours"
        moved = admin.post(f"{BASE}/{booked['id']}/reschedule", night | {"override": True}, expect=200).data
        assert moved["time"] == "03:00" and moved["user"] == booked["user"]
        [entry] = server.sql("SELECT details FROM audit_logs WHERE subject_id = %s AND action = 'appointment.reschedule'", booked["id"])
        assert entry["details"]["override"] is True
        other = bookings.book(admin, slot).data
        back = {"starts_at": other["starts_at"], "override": True}
        assert admin.post(f"{BASE}/{booked['id']}/reschedule", back, expect=409).code == "slot_taken"
