"""Registration and one-time codes: R01, R04 to R07."""
import time
import uuid

import pytest

from harness import outbox, people
from harness.timing import assert_same_time

AUTH = "/api/v1/auth"


def verify(api, email, code, **more):
    return api.post(f"{AUTH}/verify-email", {"email": email, "code": code} | more)


def other_code(code):
    return f"{(int(code) + 1) % 1000000:06}"


class TestRegistration:
    def test_R01_code_is_six_digits_and_works_once(self, api):
        email, pending = people.register(api)
        code = people.code_sent_to(api, email)
        assert len(code) == 6
        assert verify(api, email, code, registration_id=pending["registration_id"]).status == 201
        again = verify(api, email, code, registration_id=pending["registration_id"])
        assert (again.status, again.code) == (422, "code_invalid")

    def test_R01_five_guesses_and_no_more(self, api):
        email, _ = people.register(api)
        code = people.code_sent_to(api, email)
        for _ in range(5):
            assert verify(api, email, other_code(code)).code == "code_invalid"
        assert verify(api, email, code).code == "code_invalid", "the right code comes too late"

    def test_R01_ten_minutes_by_the_database_clock(self, api, server):
        email, _ = people.register(api)
        code = people.code_sent_to(api, email)
        server.sql("UPDATE pending_registrations SET code_expires_at = clock_timestamp() - interval '1 second' WHERE email = %s", email)
        assert verify(api, email, code).code == "code_invalid"
        row = server.sql("SELECT code_expires_at - created_at AS life FROM pending_registrations WHERE email = %s",
                         people.register(api)[0])[0]
        assert 599 <= row["life"].total_seconds() <= 601

    def test_R01_a_resend_replaces_the_code(self, api, server):
        email, _ = people.register(api)
        first_mail = people.inbox_when_filled(api, email)[0]
        first = people.code_sent_to(api, email)
        age_sends(server)
        api.post(f"{AUTH}/resend-code", {"email": email}, expect=202)
        second = people.code_sent_to(api, email, after_id=first_mail["id"])
        if first != second:  # one in a million is the same
            assert verify(api, email, first).code == "code_invalid"
        assert verify(api, email, second).status == 201

    def test_R01_a_minute_between_sends(self, api, server):
        email, pending = people.register(api)
        people.code_sent_to(api, email)
        refused = api.post(f"{AUTH}/resend-code", {"email": email}, expect=(202, 429))
        time.sleep(0.5)
        assert sends_to(api, email) == 1, "no second mail within a minute"
        if refused.status == 429:
            assert refused.code == "code_limited" and 1 <= int(refused.headers["Retry-After"]) <= 60
        assert pending["resend_after"] < pending["expires_at"]

    def test_R01_five_sends_an_hour(self, api, server):
        email, _ = people.register(api)
        for _ in range(8):
            age_sends(server, "90 seconds")
            api.post(f"{AUTH}/resend-code", {"email": email}, expect=(202, 429))
        time.sleep(0.5)
        assert sends_to(api, email) == 5

    def test_R01_a_code_fits_its_own_address_and_registration_only(self, api):
        email, _ = people.register(api)
        other, other_pending = people.register(api)
        code, other_code_sent = people.code_sent_to(api, email), people.code_sent_to(api, other)
        if code != other_code_sent:
            assert verify(api, other, code).code == "code_invalid"
        assert verify(api, email, code, registration_id=other_pending["registration_id"]).code == "code_invalid"
        assert verify(api, email, code, registration_id=str(uuid.uuid4())).code == "code_invalid"
        assert verify(api, email, code).status == 201

    def test_R04_a_strangers_code_never_activates_his_password(self, api, server):
        """Two registrations of one address: each id takes its own code only, and without an id
        neither is guessed."""
        email, mine = people.register(api, password="my own long passphrase")
        my_mail = people.inbox_when_filled(api, email)[0]
        my_code = people.code_sent_to(api, email)
        age_sends(server)
        _, theirs = people.register(api, email=email, password="the stranger's passphrase")
        their_code = people.code_sent_to(api, email, after_id=my_mail["id"])
        assert verify(api, email, my_code).code == "code_invalid"
        assert verify(api, email, their_code).code == "code_invalid"
        if my_code != their_code:
            assert verify(api, email, my_code, registration_id=theirs["registration_id"]).code == "code_invalid"
        assert verify(api, email, my_code, registration_id=mine["registration_id"]).status == 201
        assert people.log_in(api, email, "my own long passphrase").status == 200
        assert people.log_in(api, email, "the stranger's passphrase").status == 401
        assert verify(api, email, their_code, registration_id=theirs["registration_id"]).code == "code_invalid"

    def test_R04_pending_touches_no_user_until_verified(self, api, server):
        email, _ = people.register(api)
        assert server.sql("SELECT 1 FROM users WHERE email = %s", email) == []
        assert people.log_in(api, email, people.PASSWORD).code == "invalid_credentials"

    def test_R04_addresses_are_normalised(self, api):
        email = people.fresh_email("mixed.case")
        people.register(api, email=f"  {email.upper()} ")
        assert verify(api, email, people.code_sent_to(api, email)).data["email"] == email
        assert people.log_in(api, email.title(), people.PASSWORD).status == 200

    @pytest.mark.parametrize("email", ["a\u200bda@example.test", "ada@example.test\u2060", "ada@exam\ufeffple.test",
                                       "ada", "@example.test", "ada@", "ada@@example.test", "a da@example.test",
                                       "ada@example.test\r\nBcc: x@example.test", "x" * 250 + "@example.test"])
    def test_R04_R33_hostile_addresses_are_refused(self, api, email):
        answer = api.post(f"{AUTH}/register", {"name": "Ada", "email": email, "password": people.PASSWORD}, expect=422)
        assert "email" in answer.field_errors

    @pytest.mark.parametrize("password", ["short12", "x" * 129, "password", "12345678", "iloveyou", "qwertyuiop",
                                          "frontdesk", "FrontDesk", "ada.example@example.test"])
    def test_R06_refused_passwords(self, api, password):
        answer = api.post(f"{AUTH}/register", {"name": "Ada", "email": "ada.example@example.test", "password": password},
                          expect=422)
        assert "password" in answer.field_errors

    @pytest.mark.parametrize("password", ["        x", "pässwörtchen", "\U0001f511\U0001f512" * 4, "a" * 127 + "b", "tab\tand\u00a0space"])
    def test_R06_R07_any_characters_and_every_one_counts(self, api, password):
        email, _ = people.register(api, password=password)
        assert verify(api, email, people.code_sent_to(api, email)).status == 201
        assert people.log_in(api, email, password[:-1] + "?").status == 401
        assert people.log_in(api, email, password).status == 200

    def test_R05_a_known_address_gets_the_same_answer_and_another_mail(self, api, server):
        known = people.new_customer(api).email
        age_sends(server)
        unknown = people.fresh_email()
        _, of_known = people.register(api, email=known)
        _, of_unknown = people.register(api, email=unknown)
        assert set(of_known) == set(of_unknown)
        people.mail_about(api, known, "already have an account")
        assert "Your code" in people.inbox_when_filled(api, unknown)[0]["text"]


class TestUniformTiming:
    def test_R05_login_takes_as_long_for_an_unknown_address(self, api):
        email = people.new_customer(api).email
        assert_same_time(lambda: people.log_in(api, people.fresh_email(), "wrong password", expect=401),
                         lambda: login_that_fails_once(api, email), api)

    def test_R05_register_takes_as_long_for_a_known_address(self, api, server):
        known = people.new_customer(api).email

        def register_known():
            age_sends(server)
            people.register(api, email=known)

        assert_same_time(lambda: people.register(api), register_known, api)

    def test_R05_resend_takes_as_long_for_an_unknown_address(self, api, server):
        email, _ = people.register(api)

        def resend_known():
            age_sends(server)
            api.post(f"{AUTH}/resend-code", {"email": email}, expect=202)

        assert_same_time(lambda: api.post(f"{AUTH}/resend-code", {"email": people.fresh_email()}, expect=202),
                         resend_known, api)


def sends_to(api, email):
    outbox.wait_until_dispatched(api.server)
    return len(people.inbox(api, email))


def age_sends(server, by="2 days"):
    server.sql("UPDATE code_sends SET sent_at = sent_at - %s::interval", by)


def login_that_fails_once(api, email):
    people.log_in(api, email, "wrong password", expect=401)
    # Between two measured failures, so that the account is never locked.
    people.log_in(api, email, people.PASSWORD, expect=200)
    people.log_in(api, email, "wrong password", expect=401)
