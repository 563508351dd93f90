"""Categories and services, for those who manage them."""
import uuid

import pytest

from harness import bookings, people

CATEGORIES = "/api/v1/service-categories"
SERVICES = "/api/v1/services"


@pytest.fixture(scope="module")
def manager(server):
    """Somebody with services.manage, and without settings.manage."""
    from harness.client import Api
    return people.as_person(Api(server), people.with_role(Api(server), "manager"))


@pytest.fixture
def category(manager, server):
    """A category for one test, with whatever the test puts into it."""
    made = manager.post(CATEGORIES, {"name": "Care", "description": "For a test"}, expect=201).data
    yield made
    server.sql("DELETE FROM services WHERE category_id = %s AND NOT EXISTS "
               "(SELECT FROM appointments WHERE service_id = services.id)", made["id"])
    server.sql("UPDATE services SET active = false WHERE category_id = %s", made["id"])
    server.sql("DELETE FROM service_categories WHERE id = %s AND NOT EXISTS "
               "(SELECT FROM services WHERE category_id = service_categories.id)", made["id"])


@pytest.fixture
def service(manager, category):
    return manager.post(SERVICES, needed(category), expect=201).data


def needed(category):
    return {"category_id": category["id"], "name": "Mask", "price": {"amount": 2500, "currency": "EUR"}, "duration": 30}


def ids(api, path, **query):
    return [item["id"] for item in api.get(path, query={"limit": 100} | query, expect=200).data["items"]]


def entries(server, id):
    return [(row["action"], row["details"].get("fields")) for row in server.sql(
        "SELECT action, details FROM audit_logs WHERE subject_id = %s ORDER BY id", id)]


def stale_versions(manager, path, change, version):
    manager.patch(path, change, headers={"If-Match": f'"{version}"'}, expect=200)
    stale = manager.patch(path, change, headers={"If-Match": f'"{version}"'}, expect=412)
    assert (stale.code, stale.details) == ("stale", {"version": version + 1})
    assert manager.delete(path, headers={"If-Match": f'"{version}"'}, expect=412).code == "stale"
    assert manager.delete(path, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
    assert manager.patch(path, change, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
    manager.delete(path, headers={"If-Match": f'"{version + 1}"'}, expect=204)
    assert manager.delete(path, expect=404).code == "not_found"
    assert manager.patch(path, change, expect=404).code == "not_found"


class TestCategories:
    def test_a_new_one_comes_last_and_is_public(self, api, category):
        assert ids(api, CATEGORIES)[-1] == category["id"]
        assert api.get(f"{CATEGORIES}/{category['id']}", expect=200).data == category
        assert (category["name"], category["description"], category["version"]) == ("Care", "For a test", 1)

    def test_what_is_sent_is_changed_and_the_rest_stays(self, manager, server, category):
        path = f"{CATEGORIES}/{category['id']}"
        assert manager.patch(path, {"name": "Cosmetics"}, expect=200).data == category | {"name": "Cosmetics", "version": 2}
        assert manager.patch(path, {}, expect=200).data["version"] == 2
        assert entries(server, category["id"]) == [("service_category.create", None), ("service_category.update", ["name"])]

    def test_a_stale_version_is_412(self, manager, category):
        stale_versions(manager, f"{CATEGORIES}/{category['id']}", {"description": "Other"}, 1)

    def test_one_with_services_stays(self, manager, category, service):
        path = f"{CATEGORIES}/{category['id']}"
        assert manager.delete(path, expect=409).code == "category_in_use"
        manager.delete(f"{SERVICES}/{service['id']}", expect=204)
        manager.delete(path, expect=204)

    @pytest.mark.parametrize("change", [{"name": ""}, {"name": " "}, {"name": "a\nb"}, {"name": "x" * 101}, {"name": None}, {"name": 5},
                                        {"description": "x" * 2001}, {"description": None}, {"position": 1}, {"id": 1}])
    def test_what_a_category_must_not_be(self, manager, category, change):
        refused = manager.patch(f"{CATEGORIES}/{category['id']}", change, expect=422)
        assert list(refused.field_errors) == list(change)

    def test_an_order_names_each_once(self, api, manager, category):
        before = ids(api, CATEGORIES)
        wanted = before[::-1]
        assert manager.post(f"{CATEGORIES}/reorder", {"ids": wanted}, expect=200).data == {"ids": wanted}
        assert ids(api, CATEGORIES) == wanted
        for wrong, code in ((wanted[1:], "incomplete"), (wanted + wanted[:1], "repeated"), ([], "incomplete"),
                            (wanted + [str(uuid.uuid4())], "not_found"), (wanted[1:] + [str(uuid.uuid4())], "not_found"),
                            (["x"], "invalid"), ([1], "invalid"), ("x", "invalid"), (None, "required"),
                            ([str(uuid.uuid4())] * 201, "too_long")):
            refused = manager.post(f"{CATEGORIES}/reorder", {"ids": wrong}, expect=422)
            assert refused.field_errors == {"ids": code}
        assert ids(api, CATEGORIES) == wanted
        manager.post(f"{CATEGORIES}/reorder", {"ids": before}, expect=200)

    def test_there_is_a_limit(self, server, manager):
        server.sql("INSERT INTO service_categories (id, name, description) "
                   "SELECT gen_random_uuid(), 'Filler', 'filler' FROM generate_series(1, 200)")
        try:
            refused = manager.post(CATEGORIES, {"name": "One more"}, expect=422)
            assert (refused.code, refused.details) == ("limit_reached", {"maximum": 200})
        finally:
            server.sql("DELETE FROM service_categories WHERE description = 'filler'")


class TestServices:
    def test_a_new_one_comes_last_and_is_public(self, api, category, service):
        assert service == {"id": service["id"], "category_id": category["id"], "name": "Mask", "description": "",
                           "price": {"amount": 2500, "currency": "EUR"}, "duration": 30, "buffer_before": 0, "buffer_after": 0, "capacity": 1,
                           "min_notice": None, "max_advance_days": None, "image": None, "staff_ids": [], "resource_ids": [], "active": True, "version": 1}
        assert api.get(f"{SERVICES}/{service['id']}", expect=200).data == service
        assert ids(api, SERVICES)[-1] == service["id"]

    def test_what_is_sent_is_changed_and_the_rest_stays(self, manager, server, service):
        path = f"{SERVICES}/{service['id']}"
        change = {"price": {"amount": 2700, "currency": "EUR"}, "duration": 45, "buffer_after": 5, "min_notice": 60, "max_advance_days": 30}
        after = manager.patch(path, change, expect=200).data
        assert after == service | change | {"version": 2}
        assert manager.patch(path, {"duration": 45}, expect=200).data == after
        assert manager.patch(path, {"min_notice": None}, expect=200).data["min_notice"] is None
        assert manager.patch(path, {"max_advance_days": None}, expect=200).data["max_advance_days"] is None
        assert entries(server, service["id"]) == [
            ("service.create", None), ("service.update", ["price", "duration", "buffer_after", "min_notice", "max_advance_days"]), ("service.update", ["min_notice"]),
            ("service.update", ["max_advance_days"])]

    def test_a_stale_version_is_412(self, manager, service):
        stale_versions(manager, f"{SERVICES}/{service['id']}", {"name": "Other"}, 1)

    @pytest.mark.parametrize("field, value", [
        ("name", ""), ("name", "a\nb"), ("name", "x" * 101), ("name", None), ("category_id", "x"), ("category_id", None),
        ("category_id", "0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01"), ("description", "x" * 5001), ("price", 2500), ("price", None), ("price.amount", {"currency": "EUR"}),
        ("price.amount", {"amount": -1}), ("price.amount", {"amount": 10**9 + 1}), ("price.amount", {"amount": 0.5}),
        ("price.currency", {"amount": 1, "currency": "USD"}), ("price.tax", {"amount": 1, "tax": 19}), ("duration", 4), ("duration", 1441),
        ("duration", None), ("buffer_before", 481), ("buffer_after", -1), ("capacity", 0), ("capacity", 1001), ("min_notice", -1), ("max_advance_days", 0), ("max_advance_days", 731),
        ("active", "no"), ("staff_ids", []), ("image", None), ("version", 1)])
    def test_what_a_service_must_not_be(self, api, manager, service, field, value):
        refused = manager.patch(f"{SERVICES}/{service['id']}", {field.split(".")[0]: value}, expect=422)
        assert list(refused.field_errors) == [field]
        assert api.get(f"{SERVICES}/{service['id']}").data == service

    def test_the_unbooked_go_and_the_booked_retire(self, api, manager, customer, service, server):
        path = f"{SERVICES}/{service['id']}"
        member = api.get("/api/v1/staff").data["items"][0]["id"]
        server.sql("INSERT INTO staff_services VALUES (%s, %s)", member, service["id"])
        slot = bookings.free_slot(api, service)
        booked = bookings.book(customer, slot).data
        manager.delete(path, expect=204)
        retired = api.get(path, expect=200).data
        assert retired["active"] is False and retired["version"] == 2 and retired["staff_ids"] == [member]
        assert service["id"] not in ids(api, SERVICES) and service["id"] in ids(api, SERVICES, active="false")
        assert customer.get(f"/api/v1/appointments/{booked['id']}", expect=200).data == booked
        manager.delete(path, expect=204)
        assert manager.patch(path, {"active": True}, expect=200).data["active"] is True
        bookings.book(customer, bookings.free_slot(api, service))
        manager.delete(path, expect=204)

    def test_I3_what_is_booked_keeps_its_terms(self, api, manager, customer, service, server):
        member = api.get("/api/v1/staff").data["items"][0]["id"]
        server.sql("INSERT INTO staff_services VALUES (%s, %s)", member, service["id"])
        booked = bookings.book(customer, bookings.free_slot(api, service)).data
        manager.patch(f"{SERVICES}/{service['id']}", {"price": {"amount": 9900}, "duration": 90, "buffer_before": 60}, expect=200)
        assert customer.get(f"/api/v1/appointments/{booked['id']}", expect=200).data == booked

    def test_an_order_names_each_active_one_once(self, api, manager, service):
        before = ids(api, SERVICES)
        wanted = before[::-1]
        assert manager.post(f"{SERVICES}/reorder", {"ids": wanted}, expect=200).data == {"ids": wanted}
        assert ids(api, SERVICES) == wanted
        for wrong, code in ((wanted[1:], "incomplete"), (wanted + wanted[:1], "repeated"), (wanted + [str(uuid.uuid4())], "not_found"),
                            ([str(uuid.uuid4())] * 1001, "too_long"), ([{}], "invalid")):
            assert manager.post(f"{SERVICES}/reorder", {"ids": wrong}, expect=422).field_errors == {"ids": code}
        manager.post(f"{SERVICES}/reorder", {"ids": before}, expect=200)
        assert ids(api, SERVICES) == before

    def test_there_is_a_limit_and_the_retired_count(self, server, manager, category):
        server.sql("INSERT INTO services (id, category_id, name, price, duration, active, position) "
                   "SELECT gen_random_uuid(), %s, 'Filler', 1, 5, false, 0 FROM generate_series(1, 1000)", category["id"])
        refused = manager.post(SERVICES, needed(category), expect=422)
        assert (refused.code, refused.details) == ("limit_reached", {"maximum": 1000})


def test_managers_of_services_do_not_manage_the_business(manager):
    assert manager.patch("/api/v1/settings", {"name": "Mine"}, expect=403).code == "forbidden"
    assert manager.post("/api/v1/closures", {"date": "2034-01-01"}, expect=403).code == "forbidden"
