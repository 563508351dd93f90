"""The business itself, for those who manage it: settings and closures."""
import json

import pytest

from harness import bookings, people
from harness.client import Api

SETTINGS = "/api/v1/settings"
CLOSURES = "/api/v1/closures"


@pytest.fixture
def settings(admin):
    """All settings; put back at the end."""
    before = admin.patch(SETTINGS, {}, expect=200).data
    yield before
    admin.patch(SETTINGS, {name: value for name, value in before.items() if name not in ("updated_at", "version")}, expect=200)


@pytest.fixture
def closed(admin):
    """closed(date) closes the business on a day; at the end it is open again."""
    days = []

    def close(date, **more):
        answer = admin.post(CLOSURES, {"date": date, **more}, expect=201)
        days.append(date)
        return answer.data

    yield close
    for day in days:
        admin.delete(f"{CLOSURES}/{day}", expect=(204, 404))


def last_entry(server, subject_type):
    return server.sql("SELECT action, actor_id, details FROM audit_logs WHERE subject_type = %s ORDER BY id DESC LIMIT 1", subject_type)[0]


class TestSettings:
    def test_what_is_sent_is_changed_and_the_rest_stays(self, api, admin, settings):
        change = {"name": "Studio", "cancel_notice": 45, "max_active_appointments": 7, "auto_confirm": not settings["auto_confirm"],
                  "reminder_offsets": [2880, 60]}
        after = admin.patch(SETTINGS, change, expect=200).data
        assert after == settings | change | {"version": settings["version"] + 1, "updated_at": after["updated_at"]}
        assert after["updated_at"] > settings["updated_at"]
        public = api.get(SETTINGS, expect=200).data
        assert public.items() <= after.items()
        assert set(after) - set(public) == {"max_active_appointments", "max_bookings_per_hour", "max_sms_per_hour", "reminder_offsets",
                                            "updated_at", "version"}

    def test_what_changes_nothing_keeps_the_version(self, admin, settings):
        assert admin.patch(SETTINGS, {"name": settings["name"]}, expect=200).data == settings

    def test_a_stale_version_is_412(self, admin, settings):
        version = settings["version"]
        admin.patch(SETTINGS, {"cancel_notice": 11}, headers={"If-Match": f'"{version}"'}, expect=200)
        stale = admin.patch(SETTINGS, {"cancel_notice": 12}, headers={"If-Match": f'"{version}"'}, expect=412)
        assert (stale.code, stale.details) == ("stale", {"version": version + 1})
        assert admin.patch(SETTINGS, {}, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"

    @pytest.mark.parametrize("field, value", [
        ("name", ""), ("name", " "), ("name", "a\nb"), ("name", "x" * 101), ("name", None), ("timezone", "europe/berlin"),
        ("timezone", "FOO+3"), ("timezone", "../etc/passwd"), ("timezone", ""), ("timezone", None), ("currency", "eur"), ("currency", "EURO"),
        ("currency", ""), ("locale", "de_DE"), ("locale", ""), ("address", "x" * 501), ("address", None), ("slot_interval", 4),
        ("slot_interval", 1441), ("slot_interval", 7.5), ("slot_interval", "15"), ("min_notice", -1), ("min_notice", 525601),
        ("max_advance_days", 0), ("max_advance_days", 731), ("cancel_notice", 2**40), ("auto_confirm", "yes"), ("auto_confirm", None),
        ("max_active_appointments", -1), ("max_bookings_per_hour", 1001), ("reminder_offsets", None), ("reminder_offsets", 60),
        ("reminder_offsets", [60, 60]), ("reminder_offsets", [60.5]), ("reminder_offsets", ["60"]), ("reminder_offsets", [4]),
        ("reminder_offsets", [43201]), ("reminder_offsets", [5, 6, 7, 8, 9, 10])])
    def test_what_a_setting_must_not_be(self, api, admin, field, value):
        before = api.get(SETTINGS).data
        refused = admin.patch(SETTINGS, {field: value}, expect=422)
        assert list(refused.field_errors) == [field]
        assert api.get(SETTINGS).data == before

    def test_R22_the_caps_bind_at_once(self, api, admin, customer, settings):
        admin.patch(SETTINGS, {"max_active_appointments": 0}, expect=200)
        assert bookings.book(customer, expect=422).code == "customer_limit"
        admin.patch(SETTINGS, {"max_active_appointments": 1}, expect=200)
        bookings.book(customer)
        assert bookings.book(customer, expect=422).code == "customer_limit"

    def test_another_zone_moves_the_hours(self, api, admin, settings):
        service = bookings.single_service(api)
        first = next(bookings.free_slots(api, service, first=100, last=140))
        admin.patch(SETTINGS, {"timezone": "America/New_York"}, expect=200)
        moved = next(bookings.free_slots(api, service, first=100, last=140))
        assert (moved.date, moved.time) == (first.date, first.time) and moved.starts_at > first.starts_at

    def test_R73_the_entry_names_fields_and_no_values(self, server, admin, settings):
        admin.patch(SETTINGS, {"address": "12 Secret Street"}, expect=200)
        entry = last_entry(server, "settings")
        assert (entry["action"], entry["details"]) == ("settings.update", {"fields": ["address"]})
        assert entry["actor_id"] == admin.get("/api/v1/users/me").data["id"]


class TestClosures:
    def test_a_closed_day_cannot_be_booked_until_it_is_open_again(self, api, admin, customer, closed):
        slot = bookings.free_slot(api)
        data = closed(slot.date, reason="Stocktaking")
        assert data == {"date": slot.date, "reason": "Stocktaking", "affected": data["affected"], "affected_total": len(data["affected"])}
        assert bookings.book(customer, slot, expect=422).code == "outside_working_hours"
        query = {"service_id": slot.service_id, "from": slot.date, "to": slot.date}
        assert api.get("/api/v1/availability", query=query).data["days"] == [{"date": slot.date, "slots": []}]
        assert admin.delete(f"{CLOSURES}/{slot.date}", expect=204).body == b""
        bookings.book(customer, slot)

    def test_what_is_booked_is_affected_until_it_is_cancelled(self, admin, customer, closed):
        booked = bookings.book(customer).data
        mine = {"id": booked["id"], "service": booked["service"], "staff": booked["staff"], "starts_at": booked["starts_at"],
                "ends_at": booked["ends_at"], "status": "confirmed"}
        assert mine in closed(booked["date"])["affected"]
        assert customer.get(f"/api/v1/appointments/{booked['id']}").data == booked, "it stays as it is"
        admin.delete(f"{CLOSURES}/{booked['date']}", expect=204)
        customer.post(f"/api/v1/appointments/{booked['id']}/cancel", expect=200)
        assert booked["id"] not in [a["id"] for a in closed(booked["date"])["affected"]]

    def test_R18_the_answer_names_no_customer(self, api, closed):
        someone = people.new_customer(api, name="Xanthippe Unmistakable")
        booked = bookings.book(people.as_person(api, someone)).data
        assert "Xanthippe" not in json.dumps(closed(booked["date"]))

    def test_a_day_is_closed_once(self, admin, closed):
        closed("2034-05-01")
        assert admin.post(CLOSURES, {"date": "2034-05-01"}, expect=409).code == "closure_exists"
        admin.delete(f"{CLOSURES}/2034-05-01", expect=204)
        assert admin.delete(f"{CLOSURES}/2034-05-01", expect=404).code == "not_found"

    @pytest.mark.parametrize("body, field", [
        ({"date": "2034-02-30"}, "date"), ({"date": "1999-12-31"}, "date"), ({"date": "2101-01-01"}, "date"), ({"date": "infinity"}, "date"),
        ({"date": ""}, "date"), ({"date": 20340501}, "date"), ({}, "date"), ({"date": "2034-05-01", "reason": "x" * 201}, "reason"),
        ({"date": "2034-05-01", "reason": "a\nb"}, "reason"), ({"date": "2034-05-01", "id": 1}, "id")])
    def test_what_a_closure_must_not_be(self, admin, body, field):
        assert list(admin.post(CLOSURES, body, expect=422).field_errors) == [field]

    @pytest.mark.parametrize("date", ["2034-02-30", "1999-12-31", "20340501", "x", "0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01", "2034-05-01T00:00"])
    def test_R31_a_date_that_does_not_exist_is_404(self, admin, date):
        assert admin.delete(f"{CLOSURES}/{date}", expect=404).code == "not_found"

    def test_there_is_a_limit(self, server, admin):
        server.sql("INSERT INTO closures SELECT '2060-01-01'::date + day FROM generate_series(1, 1000) AS day")
        try:
            refused = admin.post(CLOSURES, {"date": "2034-05-02"}, expect=422)
            assert (refused.code, refused.details) == ("limit_reached", {"maximum": 1000})
        finally:
            server.sql("DELETE FROM closures WHERE date > '2060-01-01'")

    def test_R73_closing_and_opening_leave_entries(self, server, admin, closed):
        closed("2034-06-01", reason="Secret reason")
        assert (last_entry(server, "closure")["action"], last_entry(server, "closure")["details"]) == ("closure.create", {"date": "2034-06-01"})
        admin.delete(f"{CLOSURES}/2034-06-01", expect=204)
        assert last_entry(server, "closure")["action"] == "closure.delete"


def test_R73_a_denial_leaves_an_entry(server, api, customer):
    Api(server, token=customer.token).patch(SETTINGS, {"name": "Mine"}, expect=403)
    entry = server.sql("SELECT action, outcome, details FROM audit_logs WHERE outcome = 'refused' ORDER BY id DESC LIMIT 1")[0]
    assert "updateSettings" in json.dumps(entry)
