"""What a person changes of their own account: PATCH /users/me."""
import pytest

from harness import people

ME = "/api/v1/users/me"


def test_what_is_sent_is_changed_and_the_rest_stays(customer):
    before = customer.get(ME, expect=200).data
    after = customer.patch(ME, {"name": "Ada B. Example", "timezone": "Asia/Calcutta"}, expect=200).data
    assert after == before | {"name": "Ada B. Example", "timezone": "Asia/Calcutta", "version": before["version"] + 1,
                              "updated_at": after["updated_at"]}
    assert customer.get(ME, expect=200).data == after
    assert customer.patch(ME, {}, expect=200).data == after


def test_null_takes_phone_and_time_zone_away(customer):
    customer.patch(ME, {"phone": "+493012345678", "timezone": "Europe/Berlin"}, expect=200)
    after = customer.patch(ME, {"phone": None, "timezone": None}, expect=200).data
    assert after["phone"] is None and after["timezone"] is None
    refused = customer.patch(ME, {"name": None, "locale": None}, expect=422)
    assert refused.field_errors == {"name": "required", "locale": "required"}


def test_a_new_phone_number_is_unverified(customer, server):
    mine = customer.patch(ME, {"phone": "+493012345678"}, expect=200).data
    assert mine["phone_verified"] is False
    server.sql("UPDATE users SET phone_verified = true WHERE id = %s", mine["id"])
    assert customer.patch(ME, {"phone": "+493012345678"}, expect=200).data["phone_verified"] is True
    assert customer.patch(ME, {"phone": "+493012345679"}, expect=200).data["phone_verified"] is False


def test_a_stale_version_is_412(customer):
    version = customer.get(ME).data["version"]
    customer.patch(ME, {"name": "Ada"}, headers={"If-Match": f'"{version}"'}, expect=200)
    stale = customer.patch(ME, {"name": "Bob"}, headers={"If-Match": f'"{version}"'}, expect=412)
    assert (stale.code, stale.details) == ("stale", {"version": version + 1})
    assert customer.patch(ME, {"name": "Bob"}, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
    assert customer.get(ME).data["name"] == "Ada"


@pytest.mark.parametrize("field, value", [
    ("name", ""), ("name", " "), ("name", "Ada\r\nBcc: x"), ("name", "x" * 101), ("phone", "030123456"), ("phone", "+0301234567"),
    ("phone", "+49 30 123456"), ("phone", ""), ("locale", "de_DE"), ("locale", "english"), ("locale", ""), ("timezone", "europe/berlin"),
    ("timezone", "FOO+3"), ("timezone", "Fixed/UTC+01:00:00"), ("timezone", "../etc/passwd"), ("timezone", "")])
def test_what_a_field_must_not_hold(customer, field, value):
    refused = customer.patch(ME, {field: value}, expect=422)
    assert list(refused.field_errors) == [field]


@pytest.mark.parametrize("field", ["id", "email", "email_verified", "phone_verified", "role", "role_id", "permissions", "status",
                                   "password", "version"])
def test_R17_nothing_else_is_a_persons_to_change(customer, field):
    before = customer.get(ME).data
    refused = customer.patch(ME, {"name": "Mallory", field: before.get(field, "x")}, expect=422)
    assert refused.field_errors == {field: "unknown_field"}
    assert customer.get(ME).data == before


def test_R16_nobody_else_changes(api, customer):
    other = people.as_person(api, people.new_customer(api))
    before = other.get(ME).data
    customer.patch(ME, {"name": "Somebody Else"}, expect=200)
    assert other.get(ME).data == before
