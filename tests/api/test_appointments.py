"""Bookings beyond the straight way: keys, rules, caps, transitions, lists, other people's rows."""
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
        body = {"starts_at": bookings.free_slot(admin).starts_at} if body is None else body
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
        slot = bookings.free_slot(api)
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


class TestTransitions:
    def test_cancelled_is_final(self, api, customer):
        booked = bookings.book(customer).data
        customer.post(f"{BASE}/{booked['id']}/cancel", {"reason": "first"}, expect=200)
        again = customer.post(f"{BASE}/{booked['id']}/cancel", {"reason": "second"}, expect=409)
        assert again.code == "invalid_transition" and again.details == {"status": "cancelled"}
        moved = customer.post(f"{BASE}/{booked['id']}/reschedule",
                              {"starts_at": bookings.free_slot(api).starts_at}, expect=409)
        assert moved.code == "invalid_transition"
        assert customer.get(f"{BASE}/{booked['id']}").data["cancel_reason"] == "first"

    def test_cancel_needs_no_body(self, customer):
        booked = bookings.book(customer).data
        cancelled = customer.post(f"{BASE}/{booked['id']}/cancel", expect=200).data
        assert cancelled["cancel_reason"] is None

    def test_pending_becomes_confirmed_once(self, server, admin, customer):
        booked = bookings.book(customer).data
        server.sql("UPDATE appointments SET status = 'pending' WHERE id = %s", booked["id"])
        assert customer.post(f"{BASE}/{booked['id']}/confirm", expect=403).code == "forbidden"
        confirmed = admin.post(f"{BASE}/{booked['id']}/confirm", expect=200).data
        assert confirmed["status"] == "confirmed" and confirmed["version"] == booked["version"] + 1
        assert admin.post(f"{BASE}/{booked['id']}/confirm", expect=409).code == "invalid_transition"

    def test_auto_confirm_off_starts_as_pending(self, server, customer):
        server.sql("UPDATE settings SET auto_confirm = false")
        try:
            assert bookings.book(customer).data["status"] == "pending"
        finally:
            server.sql("UPDATE settings SET auto_confirm = true")

    @pytest.mark.parametrize("verb, body", [("cancel", {}), ("reschedule", None)])
    def test_customers_have_a_deadline(self, api, server, customer, verb, body):
        booked = bookings.book(customer).data
        body = body if body is not None else {"starts_at": bookings.free_slot(api).starts_at}
        server.sql("UPDATE settings SET cancel_notice = 525600")
        try:
            refused = customer.post(f"{BASE}/{booked['id']}/{verb}", body, expect=422)
            assert refused.code == "cancellation_deadline"
        finally:
            server.sql("UPDATE settings SET cancel_notice = 0")

    def test_reschedule_keeps_the_old_time_until_the_new_one_is_won(self, api, customer):
        service = bookings.single_service(api)
        mine, theirs = bookings.free_slot(api, service), bookings.free_slot(api, service)
        assert mine != theirs
        other = people.as_person(api, people.new_customer(api))
        booked = bookings.book(customer, mine).data
        bookings.book(other, theirs)
        refused = customer.post(f"{BASE}/{booked['id']}/reschedule",
                                {"starts_at": theirs.starts_at, "staff_id": theirs.staff_id}, expect=409)
        assert refused.code == "slot_taken"
        assert customer.get(f"{BASE}/{booked['id']}").data == booked
        assert bookings.book(other, mine, expect=409).code == "slot_taken"

    def test_reschedule_by_wall_time_to_the_same_staff_member(self, api, customer):
        service = bookings.single_service(api)
        first = bookings.free_slot(api, service)
        second = next(slot for slot in bookings.free_slots(api, service, staff_id=first.staff_id) if slot.date != first.date)
        booked = bookings.book(customer, first).data
        moved = customer.post(f"{BASE}/{booked['id']}/reschedule", {"date": second.date, "time": second.time}, expect=200).data
        assert (moved["date"], moved["time"], moved["staff"]["id"]) == (second.date, second.time, first.staff_id)
        assert moved["status"] == booked["status"] and moved["price"] == booked["price"]

    @pytest.mark.parametrize("code, change", [
        ("outside_working_hours", {"time": "03:00"}), ("in_the_past", {"date": "2020-01-06"}),
        ("too_far", {"date": "2099-01-05"})])
    def test_reschedule_follows_the_rules_of_booking(self, api, customer, code, change):
        slot = bookings.free_slot(api)
        booked = bookings.book(customer, slot).data
        body = {"date": slot.date, "time": slot.time} | change
        assert customer.post(f"{BASE}/{booked['id']}/reschedule", body, expect=422).code == code


class TestVersions:
    @pytest.mark.parametrize("verb, body", [("", {"notes": "new"}), ("/confirm", None), ("/cancel", {}),
                                            ("/reschedule", {"starts_at": "2030-01-07T10:00:00Z"})])
    def test_R54_an_old_version_is_stale(self, admin, verb, body):
        booked = bookings.book(admin).data
        method = "POST" if verb else "PATCH"
        for tag in (f'"{booked["version"] + 1}"', '"999"'):
            refused = admin.request(method, f"{BASE}/{booked['id']}{verb}", json_body=body,
                                    headers={"If-Match": tag}, expect=412)
            assert refused.code == "stale" and refused.details == {"version": booked["version"]}

    def test_the_current_version_passes(self, customer):
        booked = bookings.book(customer).data
        changed = customer.patch(f"{BASE}/{booked['id']}", {"notes": "new"},
                                 headers={"If-Match": f'"{booked["version"]}"'}, expect=200).data
        assert changed["notes"] == "new" and changed["version"] == booked["version"] + 1


class TestOwnership:
    def test_R16_somebody_elses_appointment_is_absent(self, api, customer):
        other = people.as_person(api, people.new_customer(api))
        booked = bookings.book(other).data
        path = f"{BASE}/{booked['id']}"
        answers = [customer.get(path), customer.patch(path, {"notes": "mine"}), customer.post(f"{path}/cancel", {}),
                   customer.post(f"{path}/confirm"), customer.post(f"{path}/reschedule", {"starts_at": booked["starts_at"]})]
        assert {(answer.status, answer.code) for answer in answers} == {(404, "not_found")}
        absent = customer.get(f"{BASE}/{uuid.uuid4()}", expect=404)
        assert {answer.body for answer in answers} == {absent.body}, "nothing tells the two apart"
        assert customer.get(BASE, expect=200).data["items"] == []
        assert other.get(path).data == booked

    def test_filters_never_widen_what_is_seen(self, api, customer):
        other = people.new_customer(api)
        bookings.book(people.as_person(api, other))
        assert customer.get(BASE, query={"user_id": other.id}, expect=200).data["items"] == []

    def test_staff_see_what_is_assigned_to_them(self, server, api, staff, customer):
        member = server.sql("SELECT s.id::text FROM staff s JOIN users u ON u.id = s.user_id WHERE u.email = 'staff@demo.test'")
        assert member, "the demo's staff login is a staff member"
        service = next(s for s in bookings.services(api) if s["capacity"] == 1 and member[0]["id"] in s["staff_ids"])
        slot = bookings.free_slot(api, service, staff_id=member[0]["id"])
        booked = bookings.book(customer, slot).data
        assert staff.get(f"{BASE}/{booked['id']}", expect=200).data == booked
        seen = staff.get(BASE, query={"limit": 100, "sort": "-created_at"}, expect=200).data["items"]
        assert booked["id"] in [item["id"] for item in seen]
        assert {item["staff"]["id"] for item in seen} == {member[0]["id"]}


class TestList:
    def test_sorting_filters_and_total(self, api, customer):
        booked = sorted((bookings.book(customer).data for _ in range(4)), key=lambda a: (a["starts_at"], a["id"]))
        ids = [item["id"] for item in booked]

        def listed(**query):
            return [item["id"] for item in customer.get(BASE, query=query, expect=200).data["items"]]

        assert listed() == ids and listed(sort="starts_at") == ids and listed(sort="-starts_at") == ids[::-1]
        newest = sorted(booked, key=lambda a: a["created_at"], reverse=True)
        assert listed(sort="-created_at") == [item["id"] for item in newest]
        assert listed(**{"from": booked[1]["date"]}) == [a["id"] for a in booked if a["date"] >= booked[1]["date"]]
        assert listed(to=booked[1]["date"]) == [a["id"] for a in booked if a["date"] <= booked[1]["date"]]
        assert listed(status="cancelled") == [] and listed(status="confirmed") == ids
        assert listed(staff_id=booked[0]["staff"]["id"]) == [a["id"] for a in booked if a["staff"] == booked[0]["staff"]]
        assert listed(service_id=str(uuid.uuid4())) == []
        assert customer.get(BASE, query={"total": "true", "limit": 1}).data["total"] == 4
        assert "total" not in customer.get(BASE).data

    @pytest.mark.parametrize("sort", ["starts_at", "-starts_at", "-created_at"])
    def test_R32_pages_join_without_gap_or_repetition(self, admin, sort):
        seen, cursor = [], None
        while True:
            page = admin.get(BASE, query={"sort": sort, "limit": 7} | ({"cursor": cursor} if cursor else {}), expect=200).data
            seen += page["items"]
            cursor = page["next_cursor"]
            if cursor is None or len(seen) > 70:
                break
            assert len(page["items"]) == 7
        keys = [item[sort.lstrip("-")] for item in seen]
        assert keys == sorted(keys, reverse=sort.startswith("-"))
        assert len({item["id"] for item in seen}) == len(seen)

    def test_q_finds_text_literally(self, customer):
        notes = "100% _certain_ \\ 'quoted'"
        booked = bookings.book(customer, notes=notes).data
        bookings.book(customer, notes="something else")
        for q in ("100%", "_certain_", "\\", "'quoted'", "CERTAIN"):
            found = customer.get(BASE, query={"q": q}, expect=200).data["items"]
            assert [item["id"] for item in found] == [booked["id"]], q
        assert customer.get(BASE, query={"q": "%"}, expect=200).data["items"][0]["id"] == booked["id"]

    def test_R32_a_cursor_of_another_order_is_refused(self, admin):
        cursor = admin.get(BASE, query={"limit": 1}, expect=200).data["next_cursor"]
        answer = admin.get(BASE, query={"cursor": cursor, "sort": "-created_at"})
        assert answer.status in (200, 422)


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
