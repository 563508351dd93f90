"""What becomes of appointments, who sees them, and how they are listed."""
import uuid

import pytest

from harness import bookings, people

BASE = "/api/v1/appointments"


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
        customer.post(f"{BASE}/{ids[2]}/cancel", expect=200)
        assert listed(status="confirmed,cancelled") == ids and listed(status="cancelled,no_show") == [ids[2]]
        assert listed(status="completed,pending") == []
        for wrong in ("open", "", "confirmed,", "confirmed, cancelled"):
            assert customer.get(BASE, query={"status": wrong}, expect=422).field_errors == {"status": "invalid"}
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

    def test_q_finds_customers_by_name_address_and_number_walk_ins_too(self, api, server, admin, staff):
        who = people.new_customer(api, name="Zebulon Quill")
        server.sql("UPDATE users SET phone = '+4917655500001' WHERE id = %s", who.id)
        theirs = bookings.book(people.as_person(api, who)).data
        walk_in = bookings.book(admin, customer={"name": "Yolanda Quux", "phone": "+4917655500002", "email": "yq@example.test"}).data
        for q, found in (("zebulon", theirs), (who.email, theirs), ("17655500001", theirs), ("quux", walk_in),
                         ("YQ@", walk_in), ("+4917655500002", walk_in)):
            for sort in ("starts_at", "-starts_at", "-created_at"):
                page = admin.get(BASE, query={"q": q, "sort": sort, "total": "true"}, expect=200).data
                assert [item["id"] for item in page["items"]] == [found["id"]] and page["total"] == 1, q
        own = people.as_person(api, who).get(BASE, query={"q": "17655500001"}, expect=200).data["items"]
        assert [item["id"] for item in own] == [theirs["id"]]
        assert people.as_person(api, who).get(BASE, query={"q": "quux"}, expect=200).data["items"] == []

    def test_R16_the_staff_role_is_limited_to_its_own_calendar(self, server, api, admin, staff):
        [member] = server.sql("SELECT s.id::text FROM staff s JOIN users u ON u.id = s.user_id WHERE u.email = 'staff@demo.test'")
        service = next(s for s in bookings.services(api) if s["capacity"] == 1 and member["id"] in s["staff_ids"] and len(s["staff_ids"]) > 1)
        other = next(id for id in service["staff_ids"] if id != member["id"])
        mine = bookings.book(admin, bookings.free_slot(api, service, staff_id=member["id"])).data
        theirs = bookings.book(admin, bookings.free_slot(api, service, staff_id=other)).data
        for query in ({}, {"service_id": service["id"]}, {"user_id": mine["user"]["id"]}, {"q": "a"}, {"status": "confirmed"}):
            for sort in ("starts_at", "-starts_at", "-created_at"):
                seen = staff.get(BASE, query=query | {"sort": sort, "limit": 100}, expect=200).data["items"]
                ids = [item["id"] for item in seen]
                assert theirs["id"] not in ids and {item["staff"]["id"] for item in seen} <= {member["id"]}
        assert staff.get(BASE, query={"staff_id": other}, expect=200).data["items"] == []
        assert mine["id"] in [item["id"] for item in staff.get(BASE, query={"sort": "-created_at"}, expect=200).data["items"]]

    def test_R16_who_only_sees_everyones_appointments_changes_none(self, server, api, customer):
        server.sql("INSERT INTO roles (id, name) VALUES (gen_random_uuid(), 'observer')")
        server.sql("INSERT INTO role_permissions SELECT r.id, p.id FROM roles r, permissions p "
                   "WHERE r.name = 'observer' AND p.slug = 'appointments.read_all'")
        observer = people.with_role(api, "observer")
        seeing = people.as_person(api, observer)
        path = f"{BASE}/{bookings.book(customer).data['id']}"
        try:
            seeing.get(path, expect=200)
            assert seeing.patch(path, {"notes": "x"}, expect=403).code == "forbidden"
            for verb in ("cancel", "confirm", "complete", "no-show", "reopen"):
                assert seeing.post(f"{path}/{verb}", expect=403).code == "forbidden"
            assert seeing.post(f"{path}/reschedule", {"date": "2030-01-01", "time": "10:00"}, expect=403).code == "forbidden"
        finally:
            server.sql("UPDATE users SET role_id = (SELECT id FROM roles WHERE name = 'customer') WHERE id = %s", observer.id)
            server.sql("DELETE FROM roles WHERE name = 'observer'")

    def test_R16_a_member_of_staff_gives_their_appointments_to_nobody_else(self, server, api, admin, staff):
        [member] = server.sql("SELECT s.id::text FROM staff s JOIN users u ON u.id = s.user_id WHERE u.email = 'staff@demo.test'")
        service = next(s for s in bookings.services(api) if s["capacity"] == 1 and member["id"] in s["staff_ids"] and len(s["staff_ids"]) > 1)
        other = next(id for id in service["staff_ids"] if id != member["id"])
        there = bookings.free_slot(api, service, staff_id=other)
        path = f"{BASE}/{bookings.book(admin, bookings.free_slot(api, service, staff_id=member['id'])).data['id']}/reschedule"
        assert staff.post(path, {"starts_at": there.starts_at, "staff_id": other}, expect=403).code == "forbidden"
        later = bookings.free_slot(api, service, staff_id=member["id"])
        assert staff.post(path, {"starts_at": later.starts_at, "staff_id": member["id"]}, expect=200).data["staff"]["id"] == member["id"]
        assert admin.post(path, {"starts_at": there.starts_at, "staff_id": other}, expect=200).data["staff"]["id"] == other

    def test_R32_a_cursor_of_another_order_is_refused(self, admin):
        cursor = admin.get(BASE, query={"limit": 1}, expect=200).data["next_cursor"]
        answer = admin.get(BASE, query={"cursor": cursor, "sort": "-created_at"})
        assert answer.status in (200, 422)
