"""What may be booked, and what may not: rules, caps, keys."""
import datetime
import uuid

import pytest

from harness import bookings, people

BASE = "/api/v1/appointments"


def key():
    return {"Idempotency-Key": str(uuid.uuid4())}


class TestIdempotencyKey:
    def test_R51_a_retry_gets_the_first_answer_and_books_once(self, api, customer):
        slot, headers = bookings.free_slot(api), key()
        first = bookings.book(customer, slot, headers=headers)
        again = bookings.book(customer, slot, headers=headers)
        assert again.body == first.body
        listed = customer.get(BASE, query={"total": "true"}, expect=200).data
        assert listed["total"] == 1

    def test_R51_another_body_under_the_same_key_is_refused(self, api, customer):
        slot, headers = bookings.free_slot(api), key()
        bookings.book(customer, slot, headers=headers)
        assert bookings.book(customer, slot, headers=headers, notes="other", expect=422).code == "idempotency_key_reused"

    def test_R51_a_refusal_is_judged_afresh(self, api, customer):
        slot, headers = bookings.free_slot(api), key()
        holder = people.as_person(api, people.new_customer(api))
        held = bookings.book(holder, slot).data
        bookings.book(customer, slot, headers=headers, expect=409)
        holder.post(f"{BASE}/{held['id']}/cancel", {}, expect=200)
        bookings.book(customer, slot, headers=headers, expect=201)

    def test_R51_keys_of_two_people_are_two_keys(self, api, customer):
        headers = key()
        other = people.as_person(api, people.new_customer(api))
        first = bookings.book(customer, headers=headers).data
        second = bookings.book(other, headers=headers).data
        assert first["id"] != second["id"] and first["user"] != second["user"]

    @pytest.mark.parametrize("value", ["x" * 256, "caf\u00c3\u00a9"], ids=["too long", "not ASCII"])
    def test_R51_a_bad_key_is_refused(self, customer, value):
        assert bookings.book(customer, headers={"Idempotency-Key": value}, expect=400).code == "invalid_idempotency_key"

    @pytest.mark.parametrize("verb, body", [("confirm", {}), ("cancel", {"reason": "x"}), ("reschedule", None)])
    def test_R51_changes_take_keys_too(self, server, admin, verb, body):
        booked, headers = bookings.book(admin).data, key()
        path = f"{BASE}/{booked['id']}/{verb}"
        if body is None:
            slot = bookings.free_slot(admin)
            body = {"starts_at": slot.starts_at, "staff_id": slot.staff_id}
        server.sql("UPDATE appointments SET status = 'pending' WHERE id = %s", booked["id"])
        first = admin.post(path, body, headers=headers, expect=200)
        assert admin.post(path, body, headers=headers, expect=200).body == first.body
        other = bookings.book(admin).data
        again = admin.post(f"{BASE}/{other['id']}/{verb}", body, headers=headers, expect=422)
        assert again.code == "idempotency_key_reused"

    @pytest.mark.parametrize("tag", ["x", '"1', "W/\"1\"", "99999999999999999999", "-1", "1.0"])
    def test_a_bad_version_is_refused(self, admin, tag):
        booked = bookings.book(admin).data
        answer = admin.patch(f"{BASE}/{booked['id']}", {"notes": "x"}, headers={"If-Match": tag}, expect=400)
        assert answer.code == "invalid_if_match"

    def test_R51_a_key_is_kept_for_24_hours(self, api, server, customer):
        slot, headers = bookings.free_slot(api), key()
        booked = bookings.book(customer, slot, headers=headers).data
        server.sql("UPDATE idempotency_keys SET created_at = created_at - interval '25 hours' WHERE key = %s",
                   headers["Idempotency-Key"])
        assert bookings.book(customer, slot, headers=headers, expect=409).code == "slot_taken", booked


class TestRules:
    def refused(self, customer, body):
        return customer.post(BASE, body, expect=422).code

    def test_in_the_past(self, api, customer):
        slot = bookings.free_slot(api)
        assert self.refused(customer, slot.by_instant(starts_at="2020-01-06T10:00:00Z")) == "in_the_past"

    def test_R22_too_far(self, api, customer):
        slot = bookings.free_slot(api)
        assert self.refused(customer, slot.by_instant(starts_at="2099-01-05T10:00:00Z")) == "too_far"

    def test_outside_working_hours(self, api, customer):
        slot = bookings.free_slot(api)
        assert self.refused(customer, slot.by_wall_time(time="03:00")) == "outside_working_hours"

    def test_off_grid(self, api, customer):
        slots = list(bookings.free_slots(api, staff_id=bookings.single_service(api)["staff_ids"][0]))
        slot = next(slot for slot, later in zip(slots, slots[1:]) if minutes_between(slot, later) == 15)
        hour, minute = slot.time.split(":")
        assert self.refused(customer, slot.by_wall_time(time=f"{hour}:{int(minute) + 1:02}")) == "off_grid"

    def test_R61_a_wall_time_that_occurs_twice_needs_an_instant(self, api, customer):
        slot = bookings.free_slot(api)
        answer = customer.post(BASE, slot.by_wall_time(date=autumn_change(), time="02:30"), expect=422)
        assert answer.code == "ambiguous_time"
        first, second = answer.details["starts_at"]
        assert first < second

    def test_R61_a_wall_time_that_does_not_exist_is_refused(self, api, customer):
        slot = bookings.free_slot(api)
        assert self.refused(customer, slot.by_wall_time(date=spring_change(), time="02:30")) == "nonexistent_time"

    def test_a_retired_service_is_refused(self, api, server, customer):
        service = bookings.services(api)[-1]
        slot = bookings.free_slot(api, service)
        server.sql("UPDATE services SET active = false WHERE id = %s", service["id"])
        try:
            assert self.refused(customer, slot.by_wall_time()) == "service_inactive"
            query = {"service_id": service["id"], "from": slot.date, "to": slot.date}
            assert api.get("/api/v1/availability", query=query, expect=422).code == "service_inactive"
            query = {"service_id": service["id"]}
            assert api.get("/api/v1/availability/next", query=query, expect=422).code == "service_inactive"
        finally:
            server.sql("UPDATE services SET active = true WHERE id = %s", service["id"])

    def test_notice_of_the_service(self, api, server, customer):
        service = bookings.single_service(api)
        slot = next(bookings.free_slots(api, service))
        server.sql("UPDATE services SET min_notice = 525600 WHERE id = %s", service["id"])
        try:
            assert self.refused(customer, slot.by_wall_time()) == "too_soon"
        finally:
            server.sql("UPDATE services SET min_notice = NULL WHERE id = %s", service["id"])

    def test_R57_horizon_of_the_service(self, api, admin, customer):
        service = bookings.single_service(api)
        path = f"/api/v1/services/{service['id']}"
        slots = list(bookings.free_slots(api, service))
        try:
            admin.patch(path, {"max_advance_days": 20}, expect=200)
            assert self.refused(customer, slots[-1].by_wall_time()) == "too_far"
            shown = list(bookings.free_slots(api, service))
            assert shown == [slot for slot in slots if slot.date <= shown[-1].date]
            assert bookings.days_from(14) <= shown[-1].date <= bookings.days_from(21)
        finally:
            admin.patch(path, {"max_advance_days": None}, expect=200)
        assert list(bookings.free_slots(api, service)) == slots

    @pytest.mark.parametrize("field", ["service_id", "staff_id"])
    def test_R31_an_unknown_id_in_the_body_is_an_invalid_field(self, api, customer, field):
        answer = customer.post(BASE, bookings.free_slot(api).by_wall_time(**{field: str(uuid.uuid4())}), expect=422)
        assert answer.code == "validation_failed" and field in answer.field_errors

    @pytest.mark.parametrize("fields", [{"price": {"amount": 1, "currency": "EUR"}}, {"duration": 5},
                                        {"status": "completed"}, {"ends_at": "2030-01-01T00:00:00Z"}, {"role": "admin"}])
    def test_R17_what_the_server_derives_cannot_be_sent(self, api, customer, fields):
        answer = customer.post(BASE, bookings.free_slot(api).by_wall_time(**fields), expect=422)
        assert answer.field_errors == {name: "unknown_field" for name in fields}

    def test_R17_a_customer_cannot_book_for_somebody_else(self, api, customer):
        other = people.new_customer(api)
        answer = customer.post(BASE, bookings.free_slot(api).by_wall_time(user_id=other.id), expect=(403, 422))
        assert answer.code in ("forbidden", "validation_failed")

    def test_R10_managers_book_for_customers(self, api, admin):
        other = people.new_customer(api)
        booked = admin.post(BASE, bookings.free_slot(api).by_wall_time(user_id=other.id), expect=201).data
        assert booked["user"]["id"] == other.id
        own = people.as_person(api, other).get(BASE, expect=200).data["items"]
        assert [item["id"] for item in own] == [booked["id"]]

    def test_time_is_said_once_and_whole(self, api, customer):
        slot = bookings.free_slot(api)
        both = slot.by_wall_time() | {"starts_at": slot.starts_at}
        neither = {"service_id": slot.service_id}
        half = {"service_id": slot.service_id, "date": slot.date}
        for body in (both, neither, half):
            assert customer.post(BASE, body, expect=422).code == "validation_failed"


class TestCaps:
    def test_R22_five_active_appointments_and_no_more(self, api, customer):
        booked = [bookings.book(customer).data for _ in range(5)]
        refused = bookings.book(customer, expect=422)
        assert refused.code == "customer_limit" and refused.details["maximum"] == 5
        customer.post(f"{BASE}/{booked[0]['id']}/cancel", {}, expect=200)
        bookings.book(customer)

    def test_R22_ten_bookings_an_hour(self, api, server, customer):
        for _ in range(10):
            booked = bookings.book(customer).data
            customer.post(f"{BASE}/{booked['id']}/cancel", {}, expect=200)
        assert bookings.book(customer, expect=422).code == "customer_limit"
        server.sql("UPDATE appointments SET created_at = created_at - interval '61 minutes' WHERE user_id = %s",
                   booked["user"]["id"])
        bookings.book(customer)

    def test_R22_caps_do_not_bind_those_who_manage(self, admin):
        for _ in range(7):
            bookings.book(admin)


def minutes_between(slot, later):
    starts = [datetime.datetime.fromisoformat(each.starts_at[:-1]) for each in (slot, later)]
    return (starts[1] - starts[0]).total_seconds() / 60


def autumn_change():
    return change_day(10)


def spring_change():
    return change_day(3)


def change_day(month):
    """The next day on which Berlin changes its clocks in that month."""
    today = datetime.date.today()
    for year in (today.year, today.year + 1):
        last = datetime.date(year, month, 31)
        sunday = last - datetime.timedelta(days=(last.weekday() + 1) % 7)
        if sunday > today:
            return sunday.isoformat()
    raise AssertionError("not reached")
