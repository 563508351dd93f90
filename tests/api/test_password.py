"""Changing the password: R06 to R09."""
import pytest

from harness import people
from harness.client import Api
from harness.sessions import assert_dead_soon

AUTH = "/api/v1/auth"
ME = "/api/v1/users/me"
PASSWORD = f"{ME}/password"
NEW = "a better passphrase"


def wish(current=people.PASSWORD, new=NEW):
    return {"current_password": current, "new_password": new}


def test_the_new_password_logs_in_and_the_old_one_does_not(api):
    someone = people.new_customer(api)
    assert api.post(PASSWORD, wish(), token=someone.access_token, expect=204).body == b""
    assert people.log_in(api, someone.email, NEW).status == 200
    assert people.log_in(api, someone.email, people.PASSWORD).code == "invalid_credentials"


def test_R09_other_sessions_end_within_five_seconds_and_the_owner_gets_a_mail(api):
    someone = people.new_customer(api)
    elsewhere = people.person(api, someone.email, people.PASSWORD)
    api.get(ME, token=elsewhere.access_token, expect=200)
    api.post(PASSWORD, wish(), token=someone.access_token, expect=204)
    assert_dead_soon(api, elsewhere.access_token)
    assert api.post(f"{AUTH}/refresh", {"refresh_token": elsewhere.refresh_token}).status == 401
    api.get(ME, token=someone.access_token, expect=200)
    people.mail_about(api, someone.email, "password was changed")


def test_R08_a_wrong_current_password_counts_as_a_failed_login(api, server):
    someone = people.new_customer(api)
    for _ in range(3):
        refused = api.post(PASSWORD, wish(current="not the password"), token=someone.access_token, expect=422)
        assert refused.field_errors == {"current_password": "wrong"}
    locked = api.post(PASSWORD, wish(), token=someone.access_token, expect=429)
    assert locked.code == "account_locked" and 800 <= int(locked.headers["Retry-After"]) <= 900
    assert people.log_in(api, someone.email, people.PASSWORD).code == "account_locked"
    assert people.log_in(Api(server, source_address="127.0.0.9"), someone.email, people.PASSWORD).status == 200


@pytest.mark.parametrize("new, code", [("short12", "too_short"), ("x" * 129, "too_long"), ("password", "too_common"),
                                       ("FrontDesk", "too_common")])
def test_R06_a_password_that_will_not_do(customer, new, code):
    assert customer.post(PASSWORD, wish(new=new), expect=422).field_errors == {"new_password": code}


def test_R06_the_own_address_is_no_password(api):
    someone = people.new_customer(api)
    refused = api.post(PASSWORD, wish(new=someone.email.upper()), token=someone.access_token, expect=422)
    assert refused.field_errors == {"new_password": "same_as_email"}


def test_R07_every_character_counts(api):
    someone = people.new_customer(api)
    long = "\U0001f511" + "a" * 126 + "b"
    api.post(PASSWORD, wish(new=long), token=someone.access_token, expect=204)
    assert people.log_in(api, someone.email, long[:-1] + "c").status == 401
    assert people.log_in(api, someone.email, long).status == 200
