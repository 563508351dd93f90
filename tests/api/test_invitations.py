"""Logins that somebody is invited to: POST /users."""
import re

import pytest

from harness import people
from harness.client import Api

USERS = "/api/v1/users"
RESET = "/api/v1/auth/reset-password"
CHOSEN = "a passphrase of my own"


@pytest.fixture(scope="module")
def role_ids(server):
    return {row["name"]: str(row["id"]) for row in server.sql("SELECT id, name FROM roles")}


def invitation(role_id, **more):
    return {"name": "Bob Example", "email": people.fresh_email("invited"), "role_id": role_id} | more


def token_in(mail):
    return re.search(r"/reset-password#token=([\w-]{22,})", mail["text"])[1]


def test_an_invited_colleague_chooses_a_password_and_has_the_role(api, admin, role_ids):
    wanted = invitation(role_ids["manager"], locale="de")
    made = admin.post(USERS, wanted, expect=201).data
    assert (made["status"], made["role"]["name"], made["email_verified"]) == ("invited", "manager", False)
    assert people.log_in(api, wanted["email"], CHOSEN).code == "invalid_credentials"
    mail = people.mail_about(api, wanted["email"], "Einladung")
    assert "manager" in mail["text"] and mail["html"].count("reset-password#token=") >= 1
    api.post(RESET, {"token": token_in(mail), "password": CHOSEN}, token=False, expect=204)
    user = people.log_in(api, wanted["email"], CHOSEN, expect=200).data["user"]
    assert (user["id"], user["role"]["name"], user["email_verified"]) == (made["id"], "manager", True)
    people.mail_about(api, wanted["email"], "Willkommen")


def test_who_lost_the_invitation_asks_for_a_new_password(api, admin, role_ids):
    wanted = invitation(role_ids["staff"])
    admin.post(USERS, wanted, expect=201)
    first = people.inbox_when_filled(api, wanted["email"])[0]
    api.post("/api/v1/auth/forgot-password", {"email": wanted["email"]}, token=False, expect=202)
    second = people.inbox_when_filled(api, wanted["email"], 2)[0]
    assert token_in(second) != token_in(first)
    api.post(RESET, {"token": token_in(second), "password": CHOSEN}, token=False, expect=204)
    assert api.post(RESET, {"token": token_in(first), "password": CHOSEN}, token=False).code == "code_invalid"


def test_an_address_has_one_login(api, admin, role_ids):
    wanted = invitation(role_ids["staff"])
    assert admin.post(USERS, wanted | {"email": "ADMIN@demo.test"}, expect=409).code == "email_taken"
    first = admin.post(USERS, wanted, expect=201).data
    again = admin.post(USERS, wanted | {"role_id": role_ids["customer"]}, expect=201).data
    assert (again["id"], again["role"]["name"], again["version"]) == (first["id"], "customer", 2), "an invitation is put right"
    mail = people.inbox_when_filled(api, wanted["email"], 2)[0]
    api.post(RESET, {"token": token_in(mail), "password": CHOSEN}, token=False, expect=204)
    assert admin.post(USERS, wanted, expect=409).code == "email_taken"


@pytest.fixture
def desk(api, server):
    """Somebody who manages logins and nothing else."""
    server.sql("INSERT INTO roles (id, name) VALUES (gen_random_uuid(), 'desk')")
    server.sql("INSERT INTO role_permissions SELECT r.id, p.id FROM roles r, permissions p WHERE r.name = 'desk' AND p.slug = 'users.manage'")
    who = people.with_role(api, "desk")
    yield people.as_person(api, who)
    server.sql("UPDATE users SET role_id = (SELECT id FROM roles WHERE name = 'customer') WHERE id = %s", who.id)
    server.sql("DELETE FROM roles WHERE name = 'desk'")


def test_R17_who_manages_logins_alone_makes_no_administrator(desk, role_ids):
    assert desk.post(USERS, invitation(role_ids["admin"]), expect=403).code == "forbidden"
    desk.post(USERS, invitation(role_ids["staff"]), expect=201)


@pytest.mark.parametrize("change, field, code", [
    ({"name": " "}, "name", "invalid"),
    ({"email": "bob"}, "email", "invalid"),
    ({"role_id": "0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01"}, "role_id", "not_found"),
    ({"locale": "de_DE"}, "locale", "invalid"),
    ({"password": CHOSEN}, "password", "unknown_field"),
    ({"status": "active"}, "status", "unknown_field"),
])
def test_R17_what_cannot_be_is_refused_by_name(admin, role_ids, change, field, code):
    refused = admin.post(USERS, invitation(role_ids["staff"]) | change, expect=422)
    assert refused.field_errors == {field: code}


def test_the_login_of_a_member_of_staff_can_be_invited_first(api, admin, role_ids):
    """Whoever sets a business up links the calendar before its owner has read the mail."""
    wanted = invitation(role_ids["staff"])
    user = admin.post(USERS, wanted, expect=201).data
    member = admin.post("/api/v1/staff", {"name": "Bob", "user_id": user["id"]}, expect=201).data
    assert member["user_id"] == user["id"]
    api.post(RESET, {"token": token_in(people.inbox_when_filled(api, wanted["email"])[0]), "password": CHOSEN}, token=False, expect=204)
    bob = Api(api.server, token=people.person(api, wanted["email"], CHOSEN).access_token)
    assert bob.get("/api/v1/appointments", expect=200).data["items"] == []
