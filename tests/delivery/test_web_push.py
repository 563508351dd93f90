"""Web Push: what a browser's push service gets (RFC 8030), who can read it (RFC 8291), and who it says has sent it (RFC 8292)."""
import base64
import json
import os
import pathlib
import re
import subprocess
import time
import uuid

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from harness import outbox, people
from harness.client import Api
from harness.process import Frontdesk
from harness.small_business import new_id
from web_service import Authority, WebService
from workers import Worker, wait_until

VAPID = ec.generate_private_key(ec.SECP256R1())
VAPID_NUMBER = VAPID.private_numbers().private_value.to_bytes(32, "big").hex()
SUBJECT = "mailto:desk@example.test"


def encoded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def answer(call):
    """Behaves by the last part of the path."""
    word = call.path.rsplit("/", 1)[1].split("-")[0]
    return {"gone": (410, {}, b""), "unknown": (404, {}, b""), "large": (413, {}, b""), "busy": (429, {"Retry-After": "600"}, b""),
            "broken": (503, {}, b"x"), "slow": (None, {}, b""), "moved": (307, {"Location": "https://127.0.0.1:1/x"}, b"")}.get(
                word, (201, {"Location": "https://127.0.0.1/m/1"}, b""))


class Browser:
    """A subscription at a push service, registered by somebody who is logged in."""

    def __init__(self, client, service, word="good"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.device = str(uuid.uuid4())
        self.path = f"/push/{word}-{uuid.uuid4().hex}"
        self.user = client.get("/api/v1/users/me", expect=200).data["id"]
        point = self.key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        client.put(f"/api/v1/devices/{self.device}", {"platform": "web", "target": {
            "kind": "webpush", "endpoint": f"https://127.0.0.1:{service.port}{self.path}", "p256dh": encoded(point),
            "auth": encoded(self.auth)}}, expect=200)

    @property
    def to(self):
        return json.dumps({"device": self.device, "user": self.user})

    def read(self, body):
        """By npm http_ece."""
        number = self.key.private_numbers().private_value.to_bytes(32, "big")
        script = pathlib.Path(__file__).parent / "decrypt_push.cjs"
        done = subprocess.run(["node", script], input=json.dumps({"body": encoded(body), "private_key": encoded(number), "auth": encoded(self.auth)}),
                              capture_output=True, text=True, check=True)
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authority")
    return Authority(folder)


@pytest.fixture(scope="module")
def services(authority):
    """Two push services: they are other hosts to whoever counts ports."""
    made = [WebService(answer, authority) for _ in range(2)]
    yield made
    for service in made:
        service.close()


@pytest.fixture(scope="module")
def push_desk(services):
    hosts = ",".join(f"127.0.0.1:{service.port}" for service in services)
    server = Frontdesk(worker="off", demo=False, web_push_hosts=hosts).start()
    yield server
    assert server.close() is None


@pytest.fixture
def customer(push_desk):
    api = Api(push_desk)
    yield make_person(push_desk, api)
    api.close()
    push_desk.sql("DELETE FROM outbox")


def make_person(server, api):
    """No worker brings codes here: the row is made verified."""
    email, _ = people.register(api)
    [row] = server.sql("SELECT id, password_hash, locale FROM pending_registrations WHERE email = %s", email)
    server.sql("INSERT INTO users (id, role_id, name, email, password_hash, email_verified, locale) SELECT %s, id, 'Ann', %s, %s, true, %s "
               "FROM roles WHERE name = 'customer'", new_id(), email, row["password_hash"], row["locale"])
    server.sql("DELETE FROM outbox")
    return people.as_person(api, people.person(api, email, people.PASSWORD))


@pytest.fixture
def work(push_desk, authority):
    started = []

    def start(**settings):
        started.append(Worker(push_desk, None, **{"vapid_private_key": VAPID_NUMBER, "vapid_subject": SUBJECT,
                                                "outbound_ca": str(authority.file)} | settings))
        return started[-1]

    yield start
    assert all(worker.stop() == 0 for worker in started)


def send(server, browser, title="Moved", text="Cut, 3 March 14:30", appointment=None):
    [row_id] = outbox.enqueue(server, [browser.to], channel="webpush", event="appointment.rescheduled", subject=title, text=text)
    if appointment:
        server.sql("UPDATE outbox SET appointment_id = %s WHERE id = %s", appointment, row_id)
    return row_id


def calls_for(services, browser):
    return [call for service in services for call in service.calls if call.path == browser.path]


def ended(server, row_id, worker):
    return wait_until(lambda: (row := outbox.status(server, row_id))["status"] != "waiting" and row, worker.log)


def tried(server, row_id, worker):
    return wait_until(lambda: (row := outbox.status(server, row_id))["last_error"] and row, worker.log)


def check_vapid(header, origin):
    token, key = re.fullmatch(r"vapid t=([\w.-]+), k=([\w-]+)", header).groups()
    assert decoded(key) == VAPID.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    head, claims, signature = token.split(".")
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    claims = json.loads(decoded(claims))
    assert claims["aud"] == origin and claims["sub"] == SUBJECT and 0 < claims["exp"] - time.time() <= 24 * 3600
    both = decoded(signature)
    assert len(both) == 64
    der = utils.encode_dss_signature(int.from_bytes(both[:32], "big"), int.from_bytes(both[32:], "big"))
    VAPID.public_key().verify(der, token.rpartition(".")[0].encode(), ec.ECDSA(hashes.SHA256()))


def test_RFC8291_another_implementation_reads_it_and_knows_who_sent_it(push_desk, customer, services, work):
    browser, appointment = Browser(customer, services[0]), new_id()
    row_id = send(push_desk, browser, appointment=appointment)
    worker = work()
    assert ended(push_desk, row_id, worker)["status"] == "delivered"
    [call] = calls_for(services, browser)
    assert browser.read(call.body) == {"title": "Moved", "body": "Cut, 3 March 14:30", "tag": appointment,
                                       "event": "appointment.rescheduled", "appointment_id": appointment}
    assert call.headers["Content-Encoding"] == "aes128gcm" and call.headers["TTL"] == "86400" and call.headers["Urgency"] == "high"
    assert re.fullmatch(r"[\w-]{1,32}", call.headers["Topic"]) and appointment.replace("-", "") not in call.headers["Topic"]
    check_vapid(call.headers["Authorization"], f"https://127.0.0.1:{services[0].port}")


def test_lengths_say_nothing_and_messages_share_no_key(push_desk, customer, services, work):
    browser = Browser(customer, services[0])
    rows = [send(push_desk, browser, title=title, text=text) for title, text in (("x", ""), ("Moved " * 10, "word " * 90), ("Moved", "\U0001f600" * 200))]
    worker = work()
    for row_id in rows:
        assert ended(push_desk, row_id, worker)["status"] == "delivered"
    calls = calls_for(services, browser)
    assert {len(call.body) for call in calls} == {2048}
    assert len({call.body[:16] for call in calls}) == 3 and len({call.body[21:86] for call in calls}) == 3
    assert sorted(browser.read(call.body)["title"][:1] for call in calls) == ["M", "M", "x"]


@pytest.mark.parametrize("word", ["gone", "unknown"])
def test_a_subscription_that_is_gone_is_forgotten(push_desk, customer, services, work, word):
    browser = Browser(customer, services[0], word)
    row_id = send(push_desk, browser)
    worker = work()
    assert ended(push_desk, row_id, worker)["status"] == "dead"
    wait_until(lambda: not push_desk.sql("SELECT id FROM devices WHERE id = %s", browser.device), worker.log)
    assert "device.forget" in [row["action"] for row in push_desk.sql("SELECT action FROM audit_logs WHERE subject_id = %s", browser.device)]
    assert browser.path not in worker.log()


def test_what_is_too_large_is_never_sent_again(push_desk, customer, services, work):
    browser = Browser(customer, services[0], "large")
    row_id = send(push_desk, browser)
    assert ended(push_desk, row_id, work())["status"] == "dead"
    assert push_desk.sql("SELECT id FROM devices WHERE id = %s", browser.device) and len(calls_for(services, browser)) == 1


def test_R72_a_service_that_asks_to_wait_is_not_called_till_then(push_desk, customer, services, work):
    busy, also, other = Browser(customer, services[0], "busy"), Browser(customer, services[0]), Browser(customer, services[1])
    first = send(push_desk, busy)
    worker = work()
    assert tried(push_desk, first, worker)["status"] == "waiting"
    [row] = push_desk.sql("SELECT extract(epoch FROM due_at - now())::float8 AS wait FROM outbox WHERE id = %s", first)
    assert 500 < row["wait"] < 1000
    second, third = send(push_desk, also), send(push_desk, other)
    assert ended(push_desk, third, worker)["status"] == "delivered"
    assert "asked to wait" in tried(push_desk, second, worker)["last_error"]
    assert calls_for(services, also) == [] and len(calls_for(services, busy)) == 1


def test_R72_a_slow_or_broken_service_holds_up_no_other(push_desk, customer, services, work):
    slow = [Browser(customer, services[0], "slow") for _ in range(2)]
    broken = Browser(customer, services[0], "broken")
    good = [Browser(customer, services[1]) for _ in range(3)]
    rows = [send(push_desk, browser) for browser in (slow + [broken]) * 8]
    wanted = [send(push_desk, browser) for browser in good]
    worker = work()
    for row_id in wanted:
        assert ended(push_desk, row_id, worker)["status"] == "delivered"
    assert push_desk.sql("SELECT count(*) FROM outbox WHERE id = ANY(%s::uuid[]) AND status = 'waiting' AND NOT channel_failed", rows)[0]["count"] == len(rows)
    state = wait_until(lambda: re.search(r'^frontdesk_outbound_circuit_state\{service="webpush"\} ([12])', worker.metrics(), re.M), worker.metrics)
    assert state


def test_R34_no_redirect_is_followed(push_desk, customer, services, work):
    browser = Browser(customer, services[0], "moved")
    row_id = send(push_desk, browser)
    row = tried(push_desk, row_id, work())
    assert row["status"] == "waiting" and "307" in row["last_error"]


def test_R34_a_host_that_is_not_listed_any_more_is_not_called(push_desk, customer, services, work):
    browser = Browser(customer, services[0])
    row_id = send(push_desk, browser)
    assert ended(push_desk, row_id, work(web_push_hosts="push.example.test"))["status"] == "dead"
    assert calls_for(services, browser) == []


def test_R34_a_listed_name_must_lead_to_a_public_address(push_desk, customer, services, work):
    browser = Browser(customer, services[0])
    name = f"localhost:{services[0].port}"
    device = str(uuid.uuid4())
    peer = push_desk.start_peer(web_push_hosts=name, worker="off")
    target = {"kind": "webpush", "endpoint": f"https://{name}/push/inside", "auth": encoded(browser.auth), "p256dh": encoded(
        browser.key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint))}
    only_peer = Api(push_desk, token=customer.token, instances=[peer])
    only_peer.put(f"/api/v1/devices/{device}", {"platform": "web", "target": target}, expect=200)
    browser.device = device
    row_id = send(push_desk, browser)
    row = tried(push_desk, row_id, work(web_push_hosts=name))
    assert row["status"] == "waiting" and "not public" in row["last_error"]
    assert not any("/push/inside" in call.path for call in services[0].calls)
    push_desk.peers.remove(peer)
    assert peer.close() is None


def test_a_certificate_of_a_strangers_authority_is_not_trusted(push_desk, customer, services, work):
    browser = Browser(customer, services[0])
    row_id = send(push_desk, browser)
    row = tried(push_desk, row_id, work(outbound_ca=None))
    assert row["status"] == "waiting" and calls_for(services, browser) == []


def test_who_has_the_device_now_does_not_see_the_former_owners_messages(push_desk, customer, services, work):
    browser = Browser(customer, services[0])
    somebody = make_person(push_desk, Api(push_desk)).get("/api/v1/users/me", expect=200).data["id"]
    row_id = send(push_desk, browser)
    push_desk.sql("UPDATE devices SET user_id = %s WHERE id = %s", somebody, browser.device)
    assert ended(push_desk, row_id, work())["status"] == "dead"
    assert calls_for(services, browser) == []
