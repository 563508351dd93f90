"""The staff, for those who manage it: members, what they do, their order."""
import time
import uuid

import pytest

from harness import bookings, people
from harness.client import Api
from harness.timetables import ALL_DAY, hours_of

STAFF = "/api/v1/staff"


@pytest.fixture(scope="module")
def own_server():
    """Members come and go: a server for these tests alone."""
    from harness.process import Frontdesk
    frontdesk = Frontdesk()
    yield frontdesk.start()
    assert frontdesk.close() is None


@pytest.fixture
def manager(own_server):
    return Api(own_server, token=people.person(Api(own_server), "admin@demo.test").access_token)


@pytest.fixture
def member(manager):
    """Somebody new, without anything."""
    return manager.post(STAFF, {"name": "Nina New"}, expect=201).data


def at(member, rest=""):
    return f"{STAFF}/{member['id']}{rest}"


def listed(api):
    return [member["id"] for member in api.get(STAFF, query={"limit": 100}, expect=200).data["items"]]


def appointments_of(client):
    return client.get("/api/v1/appointments", query={"limit": 100}, expect=200).data["items"]


def last_entry(server):
    return server.sql("SELECT action, subject_id, details FROM audit_logs ORDER BY id DESC LIMIT 1")[0]


class TestMembers:
    def test_a_new_member_is_public_at_once_and_the_last(self, manager, own_server):
        service = bookings.single_service(manager)
        body = {"name": "Nina New", "title": "Stylist", "bio": "Two\nlines", "service_ids": [service["id"]]}
        made = manager.post(STAFF, body, expect=201).data
        assert made.items() >= (body | {"user_id": None, "active": True, "version": 1}).items()
        public = Api(own_server).get(at(made), expect=200).data
        assert set(made) - set(public) == {"user_id", "active"} and public.items() <= made.items()
        assert listed(manager)[-1] == made["id"]
        assert made["id"] in manager.get(f"/api/v1/services/{service['id']}").data["staff_ids"]
        assert (last_entry(own_server)["action"], str(last_entry(own_server)["subject_id"])) == ("staff.create", made["id"])

    def test_what_is_sent_is_changed_and_the_rest_stays(self, manager, member, own_server):
        after = manager.patch(at(member), {"title": "Boss", "bio": ""}, expect=200).data
        assert after == member | {"title": "Boss", "version": 2}
        assert manager.patch(at(member), {}, expect=200).data == after
        assert last_entry(own_server)["details"] == {"fields": ["title"]}

    def test_a_stale_version_is_412(self, manager, member):
        manager.patch(at(member), {"name": "Nora"}, headers={"If-Match": '"1"'}, expect=200)
        for answer in (manager.delete(at(member), headers={"If-Match": "1"}, expect=412),
                       manager.patch(at(member), {"name": "Nina"}, headers={"If-Match": '"1"'}, expect=412),
                       manager.put(at(member, "/services"), {"service_ids": []}, headers={"If-Match": "1"}, expect=412)):
            assert (answer.code, answer.details) == ("stale", {"version": 2})
        assert manager.patch(at(member), {}, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
        assert manager.put(at(member, "/services"), {"service_ids": []}, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"

    def test_R16_who_has_left_is_listed_for_those_who_manage_the_staff(self, manager, member, own_server):
        left = {"active": "false", "limit": 100, "total": "true"}
        before = manager.get(STAFF, query=left, expect=200).data
        retired = manager.patch(at(member), {"active": False}, expect=200).data
        answer = manager.get(STAFF, query=left, expect=200)
        assert answer.data["items"] == before["items"] + [retired] and answer.data["total"] == before["total"] + 1
        assert answer.headers["Cache-Control"] == "no-store"
        assert member["id"] not in listed(manager)
        customer = people.as_person(Api(own_server), people.new_customer(Api(own_server)))
        for client in (Api(own_server), customer):
            nobody = client.get(STAFF, query=left, expect=200)
            assert nobody.data == {"items": [], "next_cursor": None, "total": 0}
            assert nobody.headers["Cache-Control"] == "no-store"
        assert manager.get(STAFF, query={"active": "no"}, expect=422).field_errors == {"active": "invalid"}
        page = manager.get(STAFF, query={"active": "false", "limit": 1}, expect=200).data
        assert len(page["items"]) == 1 and (page["next_cursor"] is None) == (answer.data["total"] == 1)

    def test_a_login_belongs_to_one_member(self, manager, member, own_server):
        who = people.new_customer(Api(own_server))
        assert manager.patch(at(member), {"user_id": who.id}, expect=200).data["user_id"] == who.id
        assert manager.post(STAFF, {"name": "Tom", "user_id": who.id}, expect=409).code == "user_already_linked"
        other = manager.post(STAFF, {"name": "Tom"}, expect=201).data
        assert manager.patch(at(other), {"user_id": who.id}, expect=409).code == "user_already_linked"
        assert manager.patch(at(member), {"user_id": None}, expect=200).data["user_id"] is None
        assert manager.patch(at(other), {"user_id": who.id}, expect=200).data["user_id"] == who.id
        unknown = {"user_id": str(uuid.uuid4())}
        assert manager.patch(at(member), unknown, expect=422).field_errors == {"user_id": "not_found"}
        assert manager.post(STAFF, {"name": "Tom"} | unknown, expect=422).field_errors == {"user_id": "not_found"}

    def test_whom_nobody_ever_booked_is_removed(self, manager, member, own_server):
        manager.delete(at(member), expect=204)
        assert manager.get(at(member)).status == 404
        assert manager.delete(at(member), expect=404).code == "not_found"
        assert last_entry(own_server)["action"] == "staff.delete"

    def test_whom_appointments_name_is_retired_and_can_come_back(self, manager, own_server):
        service = bookings.single_service(manager)
        slot = bookings.free_slot(manager, service)
        booked = bookings.book(manager, slot).data
        manager.delete(f"{STAFF}/{slot.staff_id}", expect=204)
        assert slot.staff_id not in listed(manager)
        assert manager.get(f"{STAFF}/{slot.staff_id}", expect=200).data["id"] == slot.staff_id
        assert manager.get(f"/api/v1/appointments/{booked['id']}", expect=200).data == booked
        refused = manager.post("/api/v1/appointments", slot.by_instant(), expect=422)
        assert refused.field_errors == {"staff_id": "not_found"}
        assert manager.patch(f"{STAFF}/{slot.staff_id}", {"active": True}, expect=200).data["active"] is True
        assert slot.staff_id in listed(manager)

    @pytest.mark.parametrize("field, value", [
        ("name", ""), ("name", " "), ("name", None), ("name", "x" * 101), ("name", "a\nb"), ("title", "x" * 101), ("title", "a\tb"),
        ("title", None), ("bio", "x" * 2001), ("bio", None), ("user_id", "x"), ("user_id", 1), ("active", "true"), ("active", None)])
    def test_what_a_field_must_not_hold(self, manager, member, field, value):
        assert list(manager.patch(at(member), {field: value}, expect=422).field_errors) == [field]

    @pytest.mark.parametrize("field", ["id", "version", "position", "service_ids", "created_at"])
    def test_R17_nothing_else_is_changed(self, manager, member, field):
        refused = manager.patch(at(member), {"name": "Mallory", field: member.get(field, 1)}, expect=422)
        assert refused.field_errors == {field: "unknown_field"}
        assert manager.patch(at(member), {}, expect=200).data == member

    def test_there_is_a_limit(self, manager, own_server):
        own_server.sql("INSERT INTO staff (id, name) SELECT gen_random_uuid(), 'M' FROM generate_series(1, 1000)")
        try:
            refused = manager.post(STAFF, {"name": "One more"}, expect=422)
            assert (refused.code, refused.details) == ("limit_reached", {"maximum": 1000})
        finally:
            own_server.sql("DELETE FROM staff WHERE name = 'M'")


class TestServices:
    def test_the_list_takes_the_place_of_the_one_before(self, manager, member, own_server):
        one, two = [service["id"] for service in bookings.services(manager)[:2]]
        assert manager.put(at(member, "/services"), {"service_ids": [two, one]}, expect=200).data["service_ids"] == [one, two]
        after = manager.put(at(member, "/services"), {"service_ids": [two]}, expect=200).data
        assert (after["service_ids"], after["version"]) == ([two], 3)
        assert last_entry(own_server)["details"] == {"fields": ["service_ids"]}
        shown = own_server.sql("SELECT revision FROM catalogue_revision")
        assert manager.put(at(member, "/services"), {"service_ids": [two]}, expect=200).data == after
        assert own_server.sql("SELECT revision FROM catalogue_revision") == shown

    def test_what_is_no_longer_done_cannot_be_booked(self, manager, own_server):
        slot = bookings.free_slot(manager)
        before = manager.get(f"{STAFF}/{slot.staff_id}").data["service_ids"]
        rest = [service for service in before if service != slot.service_id]
        manager.put(f"{STAFF}/{slot.staff_id}/services", {"service_ids": rest}, expect=200)
        assert manager.post("/api/v1/appointments", slot.by_instant(), expect=422).field_errors == {"staff_id": "not_found"}
        manager.put(f"{STAFF}/{slot.staff_id}/services", {"service_ids": before}, expect=200)
        bookings.book(manager, slot)

    @pytest.mark.parametrize("ids, code", [([str(uuid.uuid4())], "not_found"), ([1], "invalid"), (["x"], "invalid"), (None, "required"),
                                           ([str(uuid.UUID(int=1))] * 2, "repeated"), ([[]], "invalid"), ({}, "invalid")])
    def test_what_is_no_list_of_services(self, manager, member, ids, code):
        assert manager.put(at(member, "/services"), {"service_ids": ids}, expect=422).field_errors == {"service_ids": code}


class TestOrder:
    def test_lists_are_in_this_order(self, manager, member, own_server):
        order = listed(manager)[::-1]
        assert manager.post(f"{STAFF}/reorder", {"ids": order}, expect=200).data == {"ids": order}
        assert listed(manager) == order
        assert last_entry(own_server) == {"action": "staff.reorder", "subject_id": None, "details": {"fields": ["position"]}}

    def test_everybody_is_named_once(self, manager, member):
        order = listed(manager)
        for wrong, code in (([], "incomplete"), (order[1:], "incomplete"), (order + order[:1], "repeated"),
                            (order + [str(uuid.uuid4())], "not_found"), ("x", "invalid")):
            assert manager.post(f"{STAFF}/reorder", {"ids": wrong}, expect=422).field_errors == {"ids": code}
        assert listed(manager) == order


class TestThoseWhoHaveLeft:
    @pytest.mark.parametrize("leave", [lambda manager, member: manager.delete(at(member), expect=204),
                                       lambda manager, member: manager.patch(at(member), {"active": False}, expect=200)])
    def test_R12_R16_their_login_sees_and_changes_nothing_that_was_theirs(self, manager, member, own_server, leave):
        login = people.with_role(Api(own_server), "staff")
        manager.patch(at(member), {"user_id": login.id}, expect=200)
        manager.put(at(member, "/services"), {"service_ids": [bookings.single_service(manager)["id"]]}, expect=200)
        manager.put(hours_of(member), {"items": ALL_DAY}, expect=200)
        slot = bookings.free_slot(manager, staff_id=member["id"])
        booked = bookings.book(manager, slot, customer={"name": "Grace", "phone": "+4930123456"}).data
        theirs = Api(own_server, token=people.person(Api(own_server), login.email, login.password).access_token)
        appointment = f"/api/v1/appointments/{booked['id']}"
        assert theirs.get(appointment, expect=200).data["customer"]["phone"] == "+4930123456"
        assert [item["id"] for item in appointments_of(theirs)] == [booked["id"]]
        theirs.get(at(member, "/overrides"), expect=200)
        leave(manager, member)
        again = Api(own_server, token=people.person(Api(own_server), login.email, login.password).access_token)
        assert appointments_of(again) == []
        for client in (theirs, again):
            client.get(appointment, expect=404)
            client.get(f"{appointment}/calendar.ics", expect=404)
            client.patch(appointment, {"notes": "mine"}, expect=404)
            client.post(f"{appointment}/cancel", {}, expect=404)
            client.post(f"{appointment}/reschedule", {"starts_at": slot.starts_at}, expect=404)
            client.get(at(member, "/overrides"), expect=404)
            client.get(at(member, "/time-off"), expect=404)
        give_up = time.monotonic() + 5
        while appointments_of(theirs) and time.monotonic() < give_up:
            time.sleep(0.1)
        assert appointments_of(theirs) == []
        manager.patch(at(member), {"active": True}, expect=200)
        theirs.get(appointment, expect=200)

    def test_R16_those_who_do_not_manage_the_staff_find_nobody(self, manager, member, own_server):
        customer = people.as_person(Api(own_server), people.new_customer(Api(own_server)))
        everybody = (Api(own_server), customer)
        shown = [client.get(path, expect=200).data for client in everybody for path in (at(member), hours_of(member))]
        retired = manager.patch(at(member), {"active": False}, expect=200).data
        for client in everybody:
            for path in (at(member), hours_of(member)):
                assert client.get(path, expect=404).code == "not_found"
        assert manager.get(at(member), expect=200).data == shown[0] | {"version": retired["version"]}
        assert manager.get(hours_of(member), expect=200).data == shown[1]
        manager.patch(at(member), {"active": True}, expect=200)
        assert Api(own_server).get(hours_of(member), expect=200).data == shown[1]


class TestHandingOutALogin:
    """R17: the login of a member sees the member's appointments; who links one must be allowed to give that."""

    @pytest.fixture
    def planner(self, own_server):
        """Somebody who manages the staff, and nothing else."""
        own_server.sql("INSERT INTO roles (id, name) VALUES (gen_random_uuid(), 'planner') ON CONFLICT DO NOTHING")
        self.grant(own_server, "staff.manage")
        yield Api(own_server, token=people.with_role(Api(own_server), "planner").access_token)
        own_server.sql("DELETE FROM role_permissions WHERE role_id = (SELECT id FROM roles WHERE name = 'planner')")

    def grant(self, server, slug):
        server.sql("INSERT INTO role_permissions SELECT r.id, p.id FROM roles r, permissions p WHERE r.name = 'planner' AND p.slug = %s "
                   "ON CONFLICT DO NOTHING", slug)

    def test_R17_it_takes_more_than_managing_the_staff(self, manager, member, planner, own_server):
        who, other = (people.new_customer(Api(own_server)) for _ in range(2))
        entries = "SELECT count(*) AS n FROM audit_logs WHERE action LIKE 'staff.%%' AND (outcome = 'refused') = %s"
        before = [own_server.sql(entries, refused)[0]["n"] for refused in (False, True)]
        for user_id in (who.id, str(uuid.uuid4())):
            assert planner.patch(at(member), {"user_id": user_id}, expect=403).code == "forbidden"
            assert planner.post(STAFF, {"name": "Mallory", "user_id": user_id}, expect=403).code == "forbidden"
        assert [own_server.sql(entries, refused)[0]["n"] for refused in (False, True)] == [before[0], before[1] + 4]
        planner.patch(at(member), {"title": "Stylist", "user_id": None}, expect=200)
        planner.post(STAFF, {"name": "Tom", "user_id": None}, expect=201)
        manager.patch(at(member), {"user_id": who.id}, expect=200)
        planner.patch(at(member), {"title": "Boss", "user_id": who.id}, expect=200)
        planner.patch(at(member), {"user_id": other.id}, expect=403)
        planner.patch(at(member), {"user_id": None}, expect=200)
        planner.patch(at(member), {"user_id": who.id}, expect=403)

    def test_R17_so_does_bringing_back_a_member_with_a_login(self, manager, member, planner, own_server):
        who = people.new_customer(Api(own_server))
        manager.patch(at(member), {"user_id": who.id, "active": False}, expect=200)
        planner.patch(at(member), {"title": "Stylist"}, expect=200)
        assert planner.patch(at(member), {"active": True}, expect=403).code == "forbidden"
        planner.patch(at(member), {"active": True, "user_id": None}, expect=200)
        manager.patch(at(member), {"user_id": who.id}, expect=200)

    @pytest.mark.parametrize("permission", ["appointments.manage", "users.manage"])
    def test_R17_those_who_could_do_it_anyway_may(self, member, planner, own_server, permission):
        self.grant(own_server, permission)
        again = Api(own_server, token=people.with_role(Api(own_server), "planner").access_token)
        who, other = (people.new_customer(Api(own_server)) for _ in range(2))
        again.patch(at(member), {"user_id": who.id}, expect=200)
        again.post(STAFF, {"name": "Tom", "user_id": other.id}, expect=201)
