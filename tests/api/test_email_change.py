"""Moving an account to another e-mail address: R01, R04, R05, R08 and R09."""
import pytest

from harness import people
from harness.sessions import assert_dead_soon

ME = "/api/v1/users/me"
EMAIL = f"{ME}/email"
VERIFY = f"{EMAIL}/verify"


def wish(email, password=people.PASSWORD):
    return {"email": email, "current_password": password}


@pytest.fixture
def someone(api):
    return people.new_customer(api)


@pytest.fixture
def mine(api, someone):
    client = people.as_person(api, someone)
    yield client
    client.close()


def test_R09_the_code_moves_the_account_ends_other_sessions_and_tells_the_old_address(api, someone, mine):
    elsewhere = people.person(api, someone.email, people.PASSWORD)
    new = people.fresh_email("Moved.To")
    sent = mine.post(EMAIL, wish(f" {new.upper()} "), expect=202).data
    assert sent["email"] == new.lower()
    assert mine.get(ME).data["email"] == someone.email
    account = mine.post(VERIFY, {"code": people.code_sent_to(api, new.lower())}, expect=200).data
    assert account["email"] == new.lower() and account["email_verified"]
    assert mine.get(ME, expect=200).data == account
    assert_dead_soon(api, elsewhere.access_token)
    notice = people.mail_about(api, someone.email, "address was changed")
    assert new.lower() not in notice["text"]
    assert people.log_in(api, new, people.PASSWORD).status == 200
    assert people.log_in(api, someone.email, people.PASSWORD).code == "invalid_credentials"


def test_R08_a_wrong_password_counts_as_a_failed_login(api, someone, mine):
    for _ in range(3):
        refused = mine.post(EMAIL, wish(people.fresh_email(), "not the password"), expect=422)
        assert refused.field_errors == {"current_password": "wrong"}
    assert mine.post(EMAIL, wish(people.fresh_email()), expect=429).code == "account_locked"
    assert people.log_in(api, someone.email, people.PASSWORD).code == "account_locked"


def test_R05_an_address_that_has_an_account_answers_alike(api, mine):
    known, unknown = people.new_customer(api).email, people.fresh_email()
    of_known, of_unknown = mine.post(EMAIL, wish(known), expect=202).data, mine.post(EMAIL, wish(unknown), expect=202).data
    assert set(of_known) == set(of_unknown)
    assert "account already" in people.mail_about(api, known, "already have an account")["text"]


def test_R01_five_guesses_and_a_minute_between_codes(api, mine):
    new = people.fresh_email()
    mine.post(EMAIL, wish(new), expect=202)
    assert mine.post(EMAIL, wish(new), expect=429).code == "code_limited"
    code = people.code_sent_to(api, new)
    for _ in range(5):
        assert mine.post(VERIFY, {"code": f"{(int(code) + 1) % 1000000:06}"}, expect=422).code == "code_invalid"
    assert mine.post(VERIFY, {"code": code}, expect=422).code == "code_invalid"


def test_the_own_address_is_no_change(someone, mine):
    assert mine.post(EMAIL, wish(someone.email.upper()), expect=422).field_errors == {"email": "unchanged"}


@pytest.mark.parametrize("email", ["ada", "a\u200bda@example.test", "ada@example.test\r\nBcc: x@example.test", ""])
def test_R04_R33_hostile_addresses_are_refused(mine, email):
    assert list(mine.post(EMAIL, wish(email), expect=422).field_errors) == ["email"]
