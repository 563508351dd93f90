"""FCM HTTP v1: who asks (RFC 7523), what is sent to which target, and what its refusals mean."""
import base64
import json
import re
import time
import urllib.parse
import uuid

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from harness import outbox, people
from harness.client import Api
from harness.process import Frontdesk
from harness.small_business import new_id
from web_service import WebService
from workers import Worker, wait_until

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EMAIL = "desk@salon-123.iam.gserviceaccount.com"
SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def refusal(status, name, code=None, headers=None):
    details = [{"@type": FCM_ERROR, "errorCode": code}] if code else []
    return status, headers or {}, json.dumps({"error": {"code": status, "message": "…", "status": name, "details": details}}).encode()


class Google:
    """The token endpoint and FCM in one. It believes nothing: whatever is not as documented is refused and remembered in
    `problems`. By its first word a target chooses how it is answered."""

    def __init__(self):
        self.problems, self.tokens, self.messages, self.fetches = [], set(), [], 0
        self.expires_in, self.token_status, self.send_status = 3600, 200, None
        self.token_delay_s = 0
        self.service = WebService(self.answer)
        self.url = f"http://127.0.0.1:{self.service.port}"

    def answer(self, call):
        try:
            return self.give_token(call) if call.path == "/token" else self.take(call)
        except Exception as problem:  # a handler's own fault would look like a broken service
            self.problems.append(repr(problem))
            return 400, {}, b"{}"

    def give_token(self, call):
        self.fetches += 1
        time.sleep(self.token_delay_s)
        if self.token_status != 200:
            return self.token_status, {}, b'{"error": "invalid_grant", "error_description": "secret words"}'
        form = dict(urllib.parse.parse_qsl(call.body.decode(), strict_parsing=True))
        assert form.pop("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer"
        head, claims, signature = form.pop("assertion").split(".")
        assert form == {}
        KEY.public_key().verify(decoded(signature), f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256())
        head, claims = json.loads(decoded(head)), json.loads(decoded(claims))
        assert head == {"alg": "RS256", "typ": "JWT", "kid": "abc"}
        assert claims.keys() == {"iss", "scope", "aud", "iat", "exp"}
        assert (claims["iss"], claims["scope"], claims["aud"]) == (EMAIL, SCOPE, self.url + "/token")
        assert abs(claims["iat"] - time.time()) < 60 and claims["exp"] == claims["iat"] + 3600
        token = uuid.uuid4().hex
        self.tokens.add(token)
        return 200, {}, json.dumps({"access_token": token, "expires_in": self.expires_in, "token_type": "Bearer"}).encode()

    def take(self, call):
        if call.headers.get("Authorization", "")[len("Bearer "):] not in self.tokens:
            return refusal(401, "UNAUTHENTICATED")
        assert call.path == "/v1/projects/salon-123/messages:send" and call.headers["Content-Type"] == "application/json"
        body = json.loads(call.body)
        assert body.keys() == {"message"}
        message = body["message"]
        assert ("token" in message) != ("fid" in message)
        assert message.keys() - {"token", "fid"} == {"notification", "data", "android", "apns", "webpush"}
        assert all(isinstance(value, str) for value in message["data"].values())
        assert re.fullmatch(r"\d+s", message["android"]["ttl"]) and message["android"]["priority"] in ("HIGH", "NORMAL")
        assert len(message["apns"]["headers"]["apns-collapse-id"].encode()) <= 64
        assert all(isinstance(value, str) for value in message["apns"]["headers"].values())
        assert len(call.body) <= 4096
        self.messages.append(message)
        if self.send_status:
            return refusal(self.send_status, "UNAVAILABLE", "UNAVAILABLE")
        word = (message.get("token") or message["fid"]).split("-")[0]
        return {"gone": refusal(404, "NOT_FOUND", "UNREGISTERED"),
                "invalid": refusal(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT"),
                "mismatch": refusal(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"),
                "quota": refusal(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", {"Retry-After": "600"}),
                "apple": refusal(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR")}.get(
                    word, (200, {}, b'{"name": "projects/salon-123/messages/1"}'))

    def targets(self):
        return [message.get("token") or message["fid"] for message in self.messages]


@pytest.fixture
def google():
    made = Google()
    yield made
    made.service.close()
    assert made.problems == []


@pytest.fixture(scope="module")
def fcm_desk():
    server = Frontdesk(worker="off", demo=False).start()
    yield server
    assert server.close() is None


@pytest.fixture
def credentials(tmp_path, google):
    pem = KEY.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    file = tmp_path / "account.json"
    file.write_text(json.dumps({"type": "service_account", "project_id": "salon-123", "private_key_id": "abc", "private_key": pem,
                                "client_email": EMAIL, "token_uri": google.url + "/token"}))
    return str(file)


@pytest.fixture
def work(fcm_desk, google, credentials):
    started = []

    def start(**settings):
        started.append(Worker(fcm_desk, None, **{"fcm_credentials": credentials, "fcm_url": google.url} | settings))
        return started[-1]

    yield start
    assert all(worker.stop() == 0 for worker in started)
    fcm_desk.sql("DELETE FROM outbox")


@pytest.fixture
def customer(fcm_desk):
    """No worker brings codes here: the account is made of the registration."""
    api = Api(fcm_desk)
    email, _ = people.register(api)
    [row] = fcm_desk.sql("SELECT password_hash FROM pending_registrations WHERE email = %s", email)
    fcm_desk.sql("INSERT INTO users (id, role_id, name, email, password_hash, email_verified) SELECT %s, id, 'Ann', %s, %s, true "
                 "FROM roles WHERE name = 'customer'", new_id(), email, row["password_hash"])
    fcm_desk.sql("DELETE FROM outbox")
    yield people.as_person(api, people.person(api, email, people.PASSWORD))
    api.close()


class Phone:
    def __init__(self, client, word="good", kind="fcm_token"):
        self.device = str(uuid.uuid4())
        self.value = f"{word}-{uuid.uuid4().hex}" if kind == "fcm_token" else uuid.uuid4().hex[:22]
        self.user = client.get("/api/v1/users/me", expect=200).data["id"]
        client.put(f"/api/v1/devices/{self.device}", {"platform": "android", "target": {"kind": kind, "value": self.value}}, expect=200)

    @property
    def to(self):
        return json.dumps({"device": self.device, "user": self.user})


def send(server, phone, appointment=None, **message):
    message = {"subject": "Moved", "text": "Cut, 3 March 14:30"} | message
    [row_id] = outbox.enqueue(server, [phone.to], channel="fcm", event="appointment.rescheduled", **message)
    if appointment:
        server.sql("UPDATE outbox SET appointment_id = %s WHERE id = %s", appointment, row_id)
    return row_id


def ended(server, row_id, worker):
    return wait_until(lambda: (row := outbox.status(server, row_id))["status"] != "waiting" and row, worker.log)


def tried(server, row_id, worker):
    return wait_until(lambda: (row := outbox.status(server, row_id))["last_error"] and row, worker.log)


@pytest.mark.parametrize("kind, field", [("fcm_token", "token"), ("fcm_fid", "fid")])
def test_a_push_reaches_a_phone(fcm_desk, customer, google, work, kind, field):
    phone, appointment = Phone(customer, kind=kind), new_id()
    row_id = send(fcm_desk, phone, appointment)
    assert ended(fcm_desk, row_id, work())["status"] == "delivered"
    [message] = google.messages
    assert message[field] == phone.value
    assert message["notification"] == {"title": "Moved", "body": "Cut, 3 March 14:30"}
    assert message["data"] == {"event": "appointment.rescheduled", "appointment_id": appointment}
    assert message["android"]["notification"]["tag"] == appointment


def test_one_token_serves_many_messages(fcm_desk, customer, google, work):
    google.token_delay_s = 0.3
    rows = [send(fcm_desk, Phone(customer)) for _ in range(20)]
    worker = work()
    for row_id in rows:
        assert ended(fcm_desk, row_id, worker)["status"] == "delivered"
    assert google.fetches == 1 and len(google.messages) == 20


def test_a_token_that_is_refused_is_fetched_anew_once(fcm_desk, customer, google, work):
    first = send(fcm_desk, Phone(customer))
    worker = work()
    assert ended(fcm_desk, first, worker)["status"] == "delivered"
    google.tokens.clear()
    second = send(fcm_desk, Phone(customer))
    assert ended(fcm_desk, second, worker)["status"] == "delivered"
    assert google.fetches == 2


def test_a_token_is_not_used_to_its_last_second(fcm_desk, customer, google, work):
    google.expires_in = 2
    worker = work()
    first = send(fcm_desk, Phone(customer))
    assert ended(fcm_desk, first, worker)["status"] == "delivered"
    time.sleep(1.2)
    second = send(fcm_desk, Phone(customer))
    assert ended(fcm_desk, second, worker)["status"] == "delivered"
    assert google.fetches == 2


def test_a_phone_that_fcm_does_not_know_is_forgotten(fcm_desk, customer, google, work):
    gone, good = Phone(customer, "gone"), Phone(customer)
    row_id = send(fcm_desk, gone)
    worker = work()
    row = ended(fcm_desk, row_id, worker)
    assert row["status"] == "dead" and "UNREGISTERED" in row["last_error"] and gone.value not in worker.log()
    wait_until(lambda: not fcm_desk.sql("SELECT id FROM devices WHERE id = %s", gone.device), worker.log)
    assert fcm_desk.sql("SELECT id FROM devices WHERE id = %s", good.device)


@pytest.mark.parametrize("word", ["invalid", "mismatch"])
def test_what_fcm_cannot_take_is_given_up_and_its_phone_kept(fcm_desk, customer, google, work, word):
    phone = Phone(customer, word)
    row_id = send(fcm_desk, phone)
    assert ended(fcm_desk, row_id, work())["status"] == "dead"
    assert fcm_desk.sql("SELECT id FROM devices WHERE id = %s", phone.device) and google.targets() == [phone.value]


def test_a_quota_makes_its_message_wait_and_no_other(fcm_desk, customer, google, work):
    busy, good = send(fcm_desk, Phone(customer, "quota")), send(fcm_desk, Phone(customer))
    worker = work()
    assert ended(fcm_desk, good, worker)["status"] == "delivered"
    row = tried(fcm_desk, busy, worker)
    assert row["status"] == "waiting" and "QUOTA_EXCEEDED" in row["last_error"] and not row["channel_failed"]
    [waits] = fcm_desk.sql("SELECT extract(epoch FROM due_at - now())::float8 AS s FROM outbox WHERE id = %s", busy)
    assert 500 < waits["s"] < 1000


def test_three_refusals_in_a_row_are_a_quota_of_all(fcm_desk, customer, google, work):
    rows = [send(fcm_desk, Phone(customer, "quota")) for _ in range(3)]
    worker = work()
    for row_id in rows:
        tried(fcm_desk, row_id, worker)
    later = send(fcm_desk, Phone(customer))
    time.sleep(2)
    assert outbox.status(fcm_desk, later)["attempts"] == 0 and len(google.messages) == 3


def test_apples_trouble_is_not_androids(fcm_desk, customer, google, work):
    apple, good = send(fcm_desk, Phone(customer, "apple")), send(fcm_desk, Phone(customer))
    worker = work()
    assert ended(fcm_desk, good, worker)["status"] == "delivered"
    assert tried(fcm_desk, apple, worker)["status"] == "waiting" and google.fetches == 1


def test_R71_fcm_that_is_away_loses_nothing(fcm_desk, customer, google, work):
    google.send_status = 503
    rows = [send(fcm_desk, Phone(customer)) for _ in range(4)]
    worker = work()
    for row_id in rows:
        assert tried(fcm_desk, row_id, worker)["channel_failed"]
    google.send_status = None
    outbox.make_due(fcm_desk)
    for row_id in rows:
        assert ended(fcm_desk, row_id, worker)["status"] == "delivered"
    assert re.search(r'^frontdesk_outbound_circuit_state\{service="fcm"\} 0', worker.metrics(), re.M)


def test_R71_credentials_that_are_refused_lose_nothing(fcm_desk, customer, google, work):
    google.token_status = 400
    row_id = send(fcm_desk, Phone(customer))
    worker = work()
    row = tried(fcm_desk, row_id, worker)
    assert row["status"] == "waiting" and row["channel_failed"]
    assert "invalid_grant" in row["last_error"] and "secret words" not in worker.log() and google.messages == []


def test_those_who_wait_for_one_token_share_its_refusal(fcm_desk, customer, google, work):
    google.token_status, google.token_delay_s = 400, 0.5
    rows = [send(fcm_desk, Phone(customer)) for _ in range(12)]
    worker = work()
    for row_id in rows:
        tried(fcm_desk, row_id, worker)
    assert google.fetches <= 3


def test_the_longest_text_fits(fcm_desk, customer, google, work):
    row_id = send(fcm_desk, Phone(customer), subject="\U0001f600" * 400, text="\U0001f600 \"" * 900)
    assert ended(fcm_desk, row_id, work())["status"] == "delivered"


def test_doctor_says_whether_there_are_tokens(fcm_desk, google, credentials):
    def looked():
        found = json.loads(fcm_desk.run("doctor", "--json", fcm_credentials=credentials, fcm_url=google.url).stdout)
        return next(finding for finding in found["checks"] if finding["check"] == "app push")

    assert "salon-123" in looked()["message"]
    google.token_status = 400
    finding = looked()
    assert finding["status"] == "problem" and "invalid_grant" in finding["message"]


@pytest.mark.parametrize("text", ["", "{}", '{"type": "authorized_user"}'])
def test_credentials_that_are_none_stop_the_start(fcm_desk, tmp_path, text):
    file = tmp_path / "account.json"
    file.write_text(text)
    done = fcm_desk.run("check-config", fcm_credentials=str(file))
    assert done.returncode == 2 and "FRONTDESK_FCM_CREDENTIALS cannot be used" in done.stderr


def test_check_config_shows_the_file_and_not_the_key(fcm_desk, credentials):
    done = fcm_desk.run("check-config", fcm_credentials=credentials, vapid_private_key="11" * 32, vapid_subject="mailto:desk@example.test")
    assert done.returncode == 0 and f"FRONTDESK_FCM_CREDENTIALS={credentials}" in done.stdout
    assert "PRIVATE KEY" not in done.stdout and "1111" not in done.stdout and "FRONTDESK_VAPID_PRIVATE_KEY=(set)" in done.stdout
