"""What people choose to be told, and by which channels."""
import pytest

from harness import people
from harness.client import Api

PATH = "/api/v1/users/me/notification-preferences"
CUSTOMERS_GROUPS = ["security", "account", "bookings", "reminders", "follow_up", "waitlist"]


def channels(answer, group):
    return next(item["channels"] for item in answer.data["groups"] if item["group"] == group)


def slugs(answer):
    return [item["group"] for item in answer.data["groups"]]


def test_all_but_sms_is_on_for_who_never_chose(customer):
    answer = customer.get(PATH, expect=200)
    assert slugs(answer) == CUSTOMERS_GROUPS
    assert [item["group"] for item in answer.data["groups"] if item["fixed"]] == ["security"]
    assert channels(answer, "security") == {"email": True, "sms": True, "push": True, "inbox": True}
    assert channels(answer, "reminders") == {"email": True, "sms": False, "push": True, "inbox": True}
    assert channels(answer, "account") == {"email": True, "inbox": True}
    assert answer.data["quiet_hours"] is None and answer.data["version"] == 1
    assert answer.data["timezone"] == "Europe/Berlin"


def test_groups_are_those_that_concern_who_asks(staff, admin, server, api):
    assert slugs(staff.get(PATH, expect=200)) == CUSTOMERS_GROUPS + ["staff_bookings", "staff_agenda"]
    assert slugs(admin.get(PATH, expect=200)) == CUSTOMERS_GROUPS + ["administration"]
    manager = people.as_person(api, people.with_role(api, "manager"))
    assert slugs(manager.get(PATH, expect=200)) == CUSTOMERS_GROUPS
    manager.close()


def test_a_choice_replaces_all_that_was_chosen(customer):
    body = {"groups": [{"group": "reminders", "channels": {"sms": True, "push": False}}],
            "quiet_hours": {"start": "22:00", "end": "07:30"}}
    changed = customer.put(PATH, body, expect=200)
    assert channels(changed, "reminders") == {"email": True, "sms": True, "push": False, "inbox": True}
    assert changed.data["quiet_hours"] == {"start": "22:00", "end": "07:30"} and changed.data["version"] == 2
    assert customer.get(PATH).data == changed.data
    assert customer.put(PATH, body).data["version"] == 2

    other = customer.put(PATH, {"groups": [{"group": "follow_up", "channels": {"email": False}}]}, expect=200)
    assert channels(other, "reminders") == {"email": True, "sms": False, "push": True, "inbox": True}
    assert channels(other, "follow_up") == {"email": False, "push": True, "inbox": True}
    assert other.data["quiet_hours"] is None and other.data["version"] == 3


def test_what_is_read_can_be_sent_back(customer):
    read = customer.get(PATH, expect=200).data
    body = {"groups": [{"group": item["group"], "channels": item["channels"]} for item in read["groups"]],
            "quiet_hours": read["quiet_hours"]}
    assert customer.put(PATH, body, expect=200).data == read


def group(slug, **channels):
    return {"group": slug, "channels": channels}


@pytest.mark.parametrize("body, errors", [
    ({}, {"groups": "required"}),
    ({"groups": [group("pigeons", email=False)]}, {"groups.0.group": "unknown_group"}),
    ({"groups": [group("staff_bookings", email=False)]}, {"groups.0.group": "unknown_group"}),
    ({"groups": [group("bookings"), group("bookings")]}, {"groups.1.group": "repeated"}),
    ({"groups": [group("bookings", fax=True)]}, {"groups.0.channels.fax": "unknown_field"}),
    ({"groups": [group("account", sms=True)]}, {"groups.0.channels.sms": "unknown_field"}),
    ({"groups": [group("security", email=False)]}, {"groups.0.channels.email": "fixed"}),
    ({"groups": [group("bookings", email="no")]}, {"groups.0.channels.email": "invalid"}),
    ({"groups": [{"group": "bookings"}]}, {"groups.0.channels": "required"}),
    ({"groups": [{"channels": {}}]}, {"groups.0.group": "required"}),
    ({"groups": [group("bookings")] * 10}, {"groups": "too_long"}),
    ({"groups": [], "quiet_hours": {"start": "22:00", "end": "22:00"}}, {"quiet_hours.end": "same_time"}),
    ({"groups": [], "quiet_hours": {"start": "24:00", "end": "22:00"}}, {"quiet_hours.start": "invalid"}),
    ({"groups": [], "quiet_hours": {"start": "22:00"}}, {"quiet_hours.end": "required"}),
    ({"groups": [], "version": 1}, {"version": "unknown_field"}),
])
def test_a_choice_that_cannot_be_made_changes_nothing(customer, body, errors):
    answer = customer.put(PATH, body)
    assert (answer.status, answer.field_errors) == (422, errors)
    assert customer.get(PATH).data["version"] == 1


def test_what_is_fixed_may_be_named_as_it_is(customer):
    assert customer.put(PATH, {"groups": [group("security", email=True)]}, expect=200).data["version"] == 1


def test_If_Match_refuses_a_stale_version(customer):
    body = {"groups": [group("bookings", push=False)]}
    assert customer.put(PATH, body, headers={"If-Match": "1"}).status == 200
    stale = customer.put(PATH, {"groups": []}, headers={"If-Match": "1"})
    assert (stale.status, stale.code) == (412, "stale")
    assert customer.put(PATH, body, headers={"If-Match": "soon"}).status == 400
    assert customer.get(PATH).data["version"] == 2


def test_R73_the_audit_log_names_what_changed(server, api):
    who = people.new_customer(api)
    with_token = Api(server, token=who.access_token)
    with_token.put(PATH, {"groups": [], "quiet_hours": {"start": "22:00", "end": "06:00"}}, expect=200)
    rows = server.sql("SELECT action, details FROM audit_logs WHERE subject_id = %s AND action LIKE 'user.%%'", who.id)
    assert {"action": "user.update_notifications", "details": {"fields": ["quiet_hours"]}} in rows
    with_token.close()


def test_R16_choices_are_everybodys_own(customer, api):
    customer.put(PATH, {"groups": [group("bookings", push=False)]}, expect=200)
    other = people.as_person(api, people.new_customer(api))
    assert other.get(PATH).data["version"] == 1
    other.close()
    assert api.get(PATH).status == 401
