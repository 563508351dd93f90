"""Forgotten passwords: R01, R05, R08 and R09."""
import re
import time

import pytest

from harness import outbox, people
from harness.client import Api
from harness.sessions import assert_dead_soon
from harness.timing import assert_same_time

AUTH = "/api/v1/auth"
NEW = "a better passphrase"


def forgot(api, email, **options):
    return api.post(f"{AUTH}/forgot-password", {"email": email}, **options)


def reset(api, password=NEW, **proof):
    return api.post(f"{AUTH}/reset-password", proof | {"password": password})


def mail_of(api, email):
    """The newest mail, which offers a code and a link."""
    before = {message["id"] for message in people.inbox(api, email)}
    forgot(api, email, expect=202)
    give_up = time.monotonic() + 10
    while (mail := people.mail_about(api, email, "choose a new password"))["id"] in before:
        assert time.monotonic() < give_up, "no mail came"
        time.sleep(0.05)
    text = mail["text"]
    return re.search(r"(?<!\d)\d{6}(?!\d)", text)[0], re.search(r"(\S+)/reset-password#token=([\w-]{22,})", text)


def age_sends(server):
    server.sql("UPDATE code_sends SET sent_at = sent_at - interval '2 days'")


def other_code(code):
    return f"{(int(code) + 1) % 1000000:06}"


@pytest.fixture
def someone(api):
    return people.new_customer(api)


def test_R09_by_code_all_sessions_end_and_the_owner_gets_a_mail(api, someone):
    code, _ = mail_of(api, someone.email)
    assert reset(api, email=someone.email, code=code).status == 204
    assert_dead_soon(api, someone.access_token)
    assert people.log_in(api, someone.email, NEW).status == 200
    assert people.log_in(api, someone.email, people.PASSWORD).code == "invalid_credentials"
    people.mail_about(api, someone.email, "password was changed")
    assert reset(api, email=someone.email, code=code).code == "code_invalid"


def test_R08_by_link_which_wrong_codes_and_later_sends_do_not_void(api, server, someone):
    code, link = mail_of(api, someone.email)
    for _ in range(6):
        assert reset(api, email=someone.email, code=other_code(code)).code == "code_invalid"
    assert reset(api, email=someone.email, code=code).code == "code_invalid", "five guesses and no more"
    age_sends(server)
    mail_of(api, someone.email)
    assert reset(api, token=link[2]).status == 204
    assert people.log_in(api, someone.email, NEW).status == 200
    assert reset(api, token=link[2]).code == "code_invalid"


def test_R08_a_reset_unlocks(api, someone):
    for _ in range(3):
        people.log_in(api, someone.email, "wrong password", expect=401)
    assert people.log_in(api, someone.email, people.PASSWORD).code == "account_locked"
    code, _ = mail_of(api, someone.email)
    assert reset(api, email=someone.email, code=code).status == 204
    assert people.log_in(api, someone.email, NEW).status == 200


def test_R08_code_and_link_end_by_the_database_clock(api, server, someone):
    code, link = mail_of(api, someone.email)
    server.sql("UPDATE password_resets SET code_expires_at = clock_timestamp() WHERE user_id = %s", someone.id)
    assert reset(api, email=someone.email, code=code).code == "code_invalid"
    server.sql("UPDATE password_resets SET token_expires_at = clock_timestamp() WHERE user_id = %s", someone.id)
    assert reset(api, token=link[2]).code == "code_invalid"


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "Origin", "Referer", "Forwarded"])
def test_R09_links_lead_to_the_configured_origin_only(api, server, name):
    someone = people.new_customer(api)
    Api(server).post(f"{AUTH}/forgot-password", {"email": someone.email}, headers={name: "https://evil.test" if name != "Host" else "evil.test"},
                     expect=202)
    text = people.mail_about(api, someone.email, "choose a new password")["text"]
    assert "/reset-password#token=" in text and "evil" not in text


def test_R05_an_unknown_address_gets_the_same_answer_and_no_mail(api, someone):
    unknown = people.fresh_email()
    of_known, of_unknown = forgot(api, someone.email, expect=202).data, forgot(api, unknown, expect=202).data
    assert set(of_known) == set(of_unknown) == {"email", "expires_at", "resend_after"}
    again = [forgot(api, email, expect=429) for email in (someone.email, unknown)]
    assert [answer.code for answer in again] == ["code_limited"] * 2
    assert reset(api, email=unknown, code="123456").body == reset(api, email=someone.email, code=other_code(people.code_sent_to(api, someone.email))).body
    outbox.wait_until_dispatched(api.server)
    assert people.inbox(api, unknown) == []


def test_R05_it_takes_as_long_for_an_unknown_address(api, server, someone):
    def known():
        age_sends(server)
        forgot(api, someone.email, expect=202)

    assert_same_time(lambda: forgot(api, people.fresh_email(), expect=202), known, api)


def test_R05_it_takes_as_long_for_who_is_invited(api, server, admin):
    email = people.fresh_email("invited")
    admin.post("/api/v1/users", {"name": "Bob", "email": email, "role_id": "00000000-0000-7000-8000-000000000003"}, expect=201)

    def invited():
        age_sends(server)
        forgot(api, email, expect=202)

    assert_same_time(lambda: forgot(api, people.fresh_email(), expect=202), invited, api)


@pytest.mark.parametrize("body, bad", [
    ({}, {"email", "code"}), ({"code": "123456"}, {"email"}), ({"email": "a@example.test"}, {"code"}),
    ({"email": "a@example.test", "code": "12345"}, {"code"}), ({"email": "a@example.test", "code": "123456", "token": "x"}, {"code"}),
    ({"token": ""}, {"token"}), ({"token": "x" * 200}, {"token"}), ({"token": "x", "email": "nobody"}, {"email"})])
def test_either_a_code_with_its_address_or_a_token(api, body, bad):
    refused = api.post(f"{AUTH}/reset-password", body | {"password": NEW}, expect=422)
    assert set(refused.field_errors) == bad


@pytest.mark.parametrize("token", ["x", "A" * 22, "../../etc/passwd", "'; --"])
def test_a_token_that_was_never_sent(api, token):
    assert reset(api, token=token).code == "code_invalid"


def test_R06_passwords_that_will_not_do(api, someone):
    code, link = mail_of(api, someone.email)
    assert reset(api, password="password", token=link[2]).field_errors == {"password": "too_common"}
    assert reset(api, password=someone.email, email=someone.email, code=code).field_errors == {"password": "same_as_email"}
    assert reset(api, password=someone.email, token=link[2]).field_errors == {"password": "same_as_email"}
    assert reset(api, token=link[2]).status == 204
