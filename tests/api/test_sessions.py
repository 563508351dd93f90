"""Logins, lockout, tokens and sessions: R08, R11 to R13."""
import base64
import json
import time
import uuid

import pytest

from harness import people
from harness.client import Api
from harness.sessions import assert_dead_soon

AUTH = "/api/v1/auth"
ME = "/api/v1/users/me"


class TestLockout:
    def test_R08_three_failures_lock_the_account_for_this_client_only(self, api, server):
        email = people.new_customer(api).email
        for _ in range(3):
            assert people.log_in(api, email, "wrong password").code == "invalid_credentials"
        locked = people.log_in(api, email, people.PASSWORD, expect=429)
        assert locked.code == "account_locked" and 800 <= int(locked.headers["Retry-After"]) <= 900
        elsewhere = Api(server, source_address="127.0.0.9")
        assert people.log_in(elsewhere, email, people.PASSWORD).status == 200

    def test_R08_an_unknown_address_shows_the_same_sequence(self, api):
        email = people.fresh_email()
        codes = [people.log_in(api, email, "wrong password").code for _ in range(4)]
        assert codes == ["invalid_credentials"] * 3 + ["account_locked"]

    def test_R08_the_lock_ends_and_the_next_is_twice_as_long(self, api, server):
        email = people.fresh_email()
        for _ in range(3):
            people.log_in(api, email, "wrong password")
        people.log_in(api, email, "wrong password", expect=429)
        age_locks(server, "16 minutes")
        for _ in range(3):
            people.log_in(api, email, "wrong password", expect=401)
        locked = people.log_in(api, email, "wrong password", expect=429)
        assert 1700 <= int(locked.headers["Retry-After"]) <= 1800

    def test_R08_success_clears(self, api):
        email = people.new_customer(api).email
        for _ in range(2):
            for _ in range(2):
                people.log_in(api, email, "wrong password", expect=401)
            assert people.log_in(api, email, people.PASSWORD).status == 200

    def test_R08_every_failure_is_recorded(self, api, server):
        count = "SELECT count(*) FROM login_attempts WHERE outcome = 'wrong'"
        before = server.sql(count)[0]["count"]
        people.log_in(api, people.fresh_email(), "wrong password", expect=401)
        assert server.sql(count)[0]["count"] == before + 1

    def test_a_disabled_account_cannot_log_in(self, api, server):
        someone = people.new_customer(api)
        server.sql("UPDATE users SET status = 'disabled' WHERE id = %s", someone.id)
        assert people.log_in(api, someone.email, people.PASSWORD).code == "invalid_credentials"


class TestTokens:
    def test_R13_refresh_rotates(self, api):
        someone = people.new_customer(api)
        new = api.post(f"{AUTH}/refresh", {"refresh_token": someone.refresh_token}, expect=200).data
        assert new["refresh_token"] != someone.refresh_token
        assert new["refresh_expires_in"] <= 30 * 86400
        api.get(ME, token=new["access_token"], expect=200)

    def test_R13_reuse_ends_the_family(self, api, server):
        someone = people.new_customer(api)
        new = api.post(f"{AUTH}/refresh", {"refresh_token": someone.refresh_token}, expect=200).data
        assert api.post(f"{AUTH}/refresh", {"refresh_token": someone.refresh_token}, expect=401).code == "token_reused"
        assert api.post(f"{AUTH}/refresh", {"refresh_token": new["refresh_token"]}).status == 401
        assert_dead_soon(api, new["access_token"])
        assert server.sql("SELECT 1 FROM audit_logs WHERE actor_id = %s OR subject_id = %s", someone.id, someone.id)
        mail = people.mail_about(api, someone.email, "logged out on a device")
        assert mail["to"] == someone.email

    def test_R13_thirty_days_from_the_first_login_never_sliding(self, api, server):
        someone = people.new_customer(api)
        server.sql("UPDATE sessions SET expires_at = clock_timestamp() + interval '1 day' WHERE user_id = %s", someone.id)
        new = api.post(f"{AUTH}/refresh", {"refresh_token": someone.refresh_token}, expect=200).data
        assert 86000 <= new["refresh_expires_in"] <= 86400
        server.sql("UPDATE sessions SET expires_at = clock_timestamp() - interval '1 second' WHERE user_id = %s", someone.id)
        assert api.post(f"{AUTH}/refresh", {"refresh_token": new["refresh_token"]}).status == 401

    def test_an_unknown_refresh_token_is_invalid(self, api):
        unknown = base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")
        assert api.post(f"{AUTH}/refresh", {"refresh_token": unknown}, expect=401).code == "token_invalid"

    def test_R12_logout_ends_access_and_refresh_within_five_seconds(self, api):
        someone = people.new_customer(api)
        api.get(ME, token=someone.access_token, expect=200)
        assert api.post(f"{AUTH}/logout", token=someone.access_token).status == 204
        assert_dead_soon(api, someone.access_token)
        assert api.post(f"{AUTH}/refresh", {"refresh_token": someone.refresh_token}).status == 401

    def test_R12_logout_leaves_other_sessions_alone(self, api):
        someone = people.new_customer(api)
        elsewhere = people.person(api, someone.email, people.PASSWORD)
        api.post(f"{AUTH}/logout", token=someone.access_token, expect=204)
        api.get(ME, token=elsewhere.access_token, expect=200)

    def test_R12_logout_all_ends_every_session(self, api):
        someone = people.new_customer(api)
        elsewhere = people.person(api, someone.email, people.PASSWORD)
        assert api.post(f"{AUTH}/logout-all", token=someone.access_token).status == 204
        assert_dead_soon(api, someone.access_token)
        assert_dead_soon(api, elsewhere.access_token)

    def test_R12_a_disabled_user_is_out_within_five_seconds(self, api, server):
        someone = people.new_customer(api)
        api.get(ME, token=someone.access_token, expect=200)
        server.sql("UPDATE users SET status = 'disabled' WHERE id = %s", someone.id)
        assert_dead_soon(api, someone.access_token)

    def test_R12_a_role_change_holds_within_five_seconds(self, api, server):
        someone = people.new_customer(api)
        assert api.get(ME, token=someone.access_token).data["role"]["name"] == "customer"
        server.sql("UPDATE users SET role_id = (SELECT id FROM roles WHERE name = 'manager') WHERE id = %s", someone.id)
        time.sleep(5.2)
        answer = api.get(ME, token=someone.access_token, expect=(200, 401))
        assert answer.status == 401 or "appointments.read_all" in answer.data["permissions"]

    @pytest.mark.parametrize("forge", ["none", "other_key", "no_kid", "other_subject", "expired", "padded",
                                       "two_parts", "four_parts", "empty", "huge", "not_base64", "uppercase_alg"])
    def test_R11_forged_tokens_are_nobody(self, api, forge):
        token = forged(people.new_customer(api).access_token, forge)
        answer = api.get(ME, token=token or None, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status, answer.code) in [(401, "unauthenticated"), (431, "headers_too_large")]

    @pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic YWRhOnB3", "bearer", "Token x", "Bearer a b"])
    def test_R11_other_credentials_are_nobody(self, api, value):
        assert api.get(ME, headers={"Authorization": value}).code == "unauthenticated"

    def test_an_invalid_token_is_refused_on_public_routes_too_or_ignored(self, api):
        answer = api.get("/api/v1/settings", headers={"Authorization": "Bearer nonsense"})
        assert answer.status in (200, 401)


class TestSessionList:
    SESSIONS = f"{AUTH}/sessions"

    def test_each_login_is_listed_and_the_current_one_marked(self, api):
        someone = people.new_customer(api)
        phone = api.post(f"{AUTH}/login", {"email": someone.email, "password": someone.password, "device_name": "Ada's phone"},
                         expect=200).data["access_token"]
        listed = api.get(self.SESSIONS, token=someone.access_token, query={"total": "true"}, expect=200).data
        assert [(item["device_name"], item["current"]) for item in listed["items"]] == [("Ada's phone", False), (None, True)]
        assert listed["total"] == 2 and listed["next_cursor"] is None
        assert {item["address"] for item in listed["items"]} == {"127.0.0.1"}
        assert [item["current"] for item in api.get(self.SESSIONS, token=phone).data["items"]] == [True, False]

    def test_pages_miss_none(self, api):
        someone = people.new_customer(api)
        for _ in range(3):
            people.person(api, someone.email, people.PASSWORD)
        seen, query = [], {"limit": 3}
        while True:
            page = api.get(self.SESSIONS, token=someone.access_token, query=query, expect=200).data
            seen += [item["id"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
        assert len(seen) == len(set(seen)) == 4
        assert api.get(self.SESSIONS, token=someone.access_token, query={"cursor": "x"}, expect=422).field_errors == {"cursor": "invalid"}

    def test_R12_one_is_ended_within_five_seconds_and_the_other_lives_on(self, api):
        someone = people.new_customer(api)
        elsewhere = people.person(api, someone.email, people.PASSWORD)
        api.get(ME, token=elsewhere.access_token, expect=200)
        other = next(item["id"] for item in api.get(self.SESSIONS, token=someone.access_token).data["items"] if not item["current"])
        assert api.request("DELETE", f"{self.SESSIONS}/{other}", token=someone.access_token, expect=204).body == b""
        assert_dead_soon(api, elsewhere.access_token)
        assert api.post(f"{AUTH}/refresh", {"refresh_token": elsewhere.refresh_token}).status == 401
        assert api.request("DELETE", f"{self.SESSIONS}/{other}", token=someone.access_token).status == 404
        assert [item["current"] for item in api.get(self.SESSIONS, token=someone.access_token, expect=200).data["items"]] == [True]

    def test_the_current_one_can_be_ended(self, api):
        someone = people.new_customer(api)
        [mine] = api.get(self.SESSIONS, token=someone.access_token).data["items"]
        api.request("DELETE", f"{self.SESSIONS}/{mine['id']}", token=someone.access_token, expect=204)
        assert_dead_soon(api, someone.access_token)

    def test_R16_somebody_elses_is_absent(self, api):
        someone, other = people.new_customer(api), people.new_customer(api)
        [theirs] = api.get(self.SESSIONS, token=other.access_token).data["items"]
        api.request("DELETE", f"{self.SESSIONS}/{theirs['id']}", token=someone.access_token, expect=404)
        api.get(ME, token=other.access_token, expect=200)


def age_locks(server, by):
    server.sql("UPDATE login_locks SET locked_until = locked_until - %s::interval, "
               "failed_at = ARRAY(SELECT moment - %s::interval FROM unnest(failed_at) moment)", by, by)


def forged(token, how):
    header, payload, signature = token.split(".")

    def encode(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    def decode(part):
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))

    return {
        "none": lambda: f'{encode(decode(header) | {"alg": "none"})}.{payload}.',
        "other_key": lambda: f"{header}.{payload}.{encode('x' * 30)[:43]}",
        "no_kid": lambda: f'{encode({"alg": "HS256", "typ": "JWT"})}.{payload}.{signature}',
        "other_subject": lambda: f'{header}.{encode(decode(payload) | {"sub": str(uuid.uuid4())})}.{signature}',
        "expired": lambda: f'{header}.{encode(decode(payload) | {"exp": 1})}.{signature}',
        "padded": lambda: f"{header}.{payload}.{signature}=",
        "two_parts": lambda: f"{header}.{payload}",
        "four_parts": lambda: f"{token}.{signature}",
        "empty": lambda: "",
        "huge": lambda: f"{header}.{'A' * 6000}.{signature}",
        "not_base64": lambda: f"{header}.{payload}.{signature[:-1]}*",
        "uppercase_alg": lambda: f'{encode(decode(header) | {"alg": "hs256"})}.{payload}.{signature}',
    }[how]()
