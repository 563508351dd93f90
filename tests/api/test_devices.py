"""Where pushes go: devices that people register, and what browsers subscribe with."""
import base64
import os
import time
import uuid

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from harness import outbox, people
from harness.client import Api

PUSH_SERVICE = "https://updates.push.services.mozilla.com/wpush/v2/"


def path(device):
    return f"/api/v1/devices/{device}"


def encoded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def point():
    return ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def browser(**changes):
    target = {"kind": "webpush", "endpoint": PUSH_SERVICE + uuid.uuid4().hex, "p256dh": encoded(point()),
              "auth": encoded(os.urandom(16))}
    return {"platform": "web", "target": target | changes}


def phone(value=None, platform="android", kind="fcm_token"):
    return {"platform": platform, "target": {"kind": kind, "value": value or f"{uuid.uuid4().hex}:APA91b-_%"}}


def new_device():
    return str(uuid.uuid4())


@pytest.fixture
def other(api):
    client = people.as_person(api, people.new_customer(api))
    yield client
    client.close()


def owner(server, device):
    rows = server.sql("SELECT user_id::text FROM devices WHERE id = %s", device)
    return rows[0]["user_id"] if rows else None


def me(client):
    return client.get("/api/v1/users/me", expect=200).data["id"]


def actions(server, device):
    return [row["action"] for row in server.sql("SELECT action FROM audit_logs WHERE subject_id = %s ORDER BY occurred_at", device)]


@pytest.mark.parametrize("body", [phone(), phone(platform="ios"), phone(platform="web"), browser(),
                                  phone("cWGPZLXQSUmeaX0Q_c-1aA", kind="fcm_fid")], ids=lambda b: f"{b['platform']}-{b['target']['kind']}")
def test_a_device_is_registered_and_removed(server, customer, body):
    device = new_device()
    data = customer.put(path(device), body, expect=200).data
    assert (data["id"], data["platform"], data["kind"]) == (device, body["platform"], body["target"]["kind"])
    assert owner(server, device) == me(customer)
    assert customer.delete(path(device), expect=204).body == b""
    assert owner(server, device) is None and customer.delete(path(device)).status == 404
    assert actions(server, device) == ["device.register", "device.remove"]


def test_the_address_is_sealed(server, customer):
    device, body = new_device(), browser()
    answer = customer.put(path(device), body, expect=200)
    assert "push.services" not in answer.text
    [row] = server.sql("SELECT target, d::text AS everything FROM devices d WHERE id = %s", device)
    assert b"mozilla" not in bytes(row["target"]) and "mozilla" not in row["everything"]
    [entry] = server.sql("SELECT details FROM audit_logs WHERE subject_id = %s", device)
    assert entry["details"] == {"platform": "web", "kind": "webpush", "taken_over": False}


def test_the_same_again_renews_it_silently(server, customer):
    device, body = new_device(), phone()
    first = customer.put(path(device), body, expect=200).data
    second = customer.put(path(device), body, expect=200).data
    assert second["registered_at"] > first["registered_at"] and actions(server, device) == ["device.register"]
    customer.put(path(device), phone(), expect=200)
    assert actions(server, device) == ["device.register"] * 2


def test_who_logs_in_on_the_same_phone_takes_it_over(server, customer, other):
    device, body = new_device(), phone()
    customer.put(path(device), body, expect=200)
    other.put(path(device), body, expect=200)
    assert owner(server, device) == me(other)
    assert customer.delete(path(device)).status == 404 and owner(server, device) == me(other)
    [_, entry] = server.sql("SELECT details FROM audit_logs WHERE subject_id = %s ORDER BY occurred_at", device)
    assert entry["details"]["taken_over"] is True


def test_an_address_is_one_device(server, customer, other):
    before, after, body = new_device(), new_device(), browser()
    customer.put(path(before), body, expect=200)
    changed = {"platform": "web", "target": body["target"] | {"p256dh": encoded(point()), "auth": encoded(os.urandom(16))}}
    other.put(path(after), changed, expect=200)  # the same subscription, whose keys are new
    assert owner(server, before) is None and owner(server, after) == me(other)


def test_R16_a_strangers_device_is_not_there(server, customer, other):
    device = new_device()
    customer.put(path(device), phone(), expect=200)
    assert other.delete(path(device)).status == 404
    assert owner(server, device) == me(customer)


def test_the_twenty_first_takes_the_place_of_the_oldest(server, customer):
    devices = [new_device() for _ in range(21)]
    for device in devices[:20]:
        customer.put(path(device), phone(), expect=200)
    body = phone()
    customer.put(path(devices[0]), body, expect=200)  # now devices[1] is the oldest
    customer.put(path(devices[20]), phone(), expect=200)
    rows = {row["id"] for row in server.sql("SELECT id::text FROM devices WHERE user_id = %s", me(customer))}
    assert rows == set(devices) - {devices[1]}


class TestLogins:
    def test_a_device_goes_with_the_login_that_registered_it(self, server, api):
        who = people.new_customer(api)
        here, there = people.as_person(api, who), people.as_person(api, people.person(api, who.email, who.password))
        ours, theirs = new_device(), new_device()
        here.put(path(ours), phone(), expect=200)
        there.put(path(theirs), phone(), expect=200)
        there.post("/api/v1/auth/logout", {}, expect=204)
        assert owner(server, theirs) is None and owner(server, ours) == who.id

    def test_a_changed_password_ends_the_others(self, server, api):
        who = people.new_customer(api)
        here, there = people.as_person(api, who), people.as_person(api, people.person(api, who.email, who.password))
        ours, theirs = new_device(), new_device()
        here.put(path(ours), phone(), expect=200)
        there.put(path(theirs), phone(), expect=200)
        here.post("/api/v1/users/me/password", {"current_password": who.password, "new_password": "another unlikely passphrase"}, expect=204)
        assert owner(server, theirs) is None and owner(server, ours) == who.id

    def test_a_device_belongs_to_the_login_that_registered_it_last(self, server, api):
        who = people.new_customer(api)
        before, after = people.as_person(api, who), people.as_person(api, people.person(api, who.email, who.password))
        device, body = new_device(), phone()
        before.put(path(device), body, expect=200)
        after.put(path(device), body, expect=200)
        before.post("/api/v1/auth/logout", {}, expect=204)
        assert owner(server, device) == who.id

    def test_a_login_that_has_run_out_leaves_its_device(self, server, api):
        who = people.new_customer(api)
        device = new_device()
        people.as_person(api, who).put(path(device), phone(), expect=200)
        server.sql("DELETE FROM sessions WHERE user_id = %s", who.id)  # as the house-keeping does a day after the end
        assert owner(server, device) == who.id

    def test_an_erased_account_has_no_devices(self, server, api):
        who = people.new_customer(api)
        device = new_device()
        people.as_person(api, who).put(path(device), phone(), expect=200)
        server.sql("DELETE FROM users WHERE id = %s", who.id)
        assert owner(server, device) is None


OFF_THE_CURVE = encoded(point()[:-1] + b"\x00")
HOSTILE = {
    "a token with a line break": ("target.value", phone("dQw4w9WgXcQ:APA91bHun4\r\nX: 1")),
    "a token with a slash": ("target.value", phone("dQw4w9WgXcQ/APA91bHun4MxP5egoKMwt2")),
    "a token that is short": ("target.value", phone("short")),
    "a token that is long": ("target.value", phone("x" * 4097)),
    "an empty token": ("target.value", {"platform": "ios", "target": {"kind": "fcm_token", "value": ""}}),
    "an installation that is none": ("target.value", phone("cWGPZLXQSUmeaX0Q_c-1aA=", kind="fcm_fid")),
    "another kind": ("target.kind", {"platform": "ios", "target": {"kind": "apns", "value": "x" * 30}}),
    "another platform": ("platform", phone(platform="symbian")),
    "Web Push to a phone": ("platform", browser() | {"platform": "ios"}),
    "no target": ("target", {"platform": "web"}),
    "a target that is text": ("target", {"platform": "web", "target": "x"}),
    "one field more": ("target.user_id", browser(user_id="x")),
    "another field": ("user_id", phone() | {"user_id": "x"}),
    "plain http": ("target.endpoint", browser(endpoint="http://fcm.googleapis.com/x")),
    "a strange host": ("target.endpoint", browser(endpoint="https://evil.test/x")),
    "this machine": ("target.endpoint", browser(endpoint="https://127.0.0.1/x")),
    "metadata": ("target.endpoint", browser(endpoint="https://169.254.169.254/latest/meta-data")),
    "a user in front": ("target.endpoint", browser(endpoint="https://fcm.googleapis.com@evil.test/x")),
    "a known host as the beginning": ("target.endpoint", browser(endpoint="https://fcm.googleapis.com.evil.test/x")),
    "another port": ("target.endpoint", browser(endpoint="https://fcm.googleapis.com:22/x")),
    "a line break": ("target.endpoint", browser(endpoint="https://fcm.googleapis.com/x\r\nHost: evil.test")),
    "an endless address": ("target.endpoint", browser(endpoint="https://fcm.googleapis.com/" + "x" * 2048)),
    "a point off the curve": ("target.p256dh", browser(p256dh=OFF_THE_CURVE)),
    "a compressed point": ("target.p256dh", browser(p256dh=encoded(b"\x02" + point()[1:33]))),
    "no point": ("target.p256dh", browser(p256dh=encoded(b"\x04" + bytes(64)))),
    "padding": ("target.p256dh", browser(p256dh=encoded(point()) + "=")),
    "a short secret": ("target.auth", browser(auth=encoded(os.urandom(15)))),
    "a long secret": ("target.auth", browser(auth=encoded(os.urandom(17)))),
    "a secret in plain base64": ("target.auth", browser(auth="++//" * 5 + "+w")),
    "null": ("target.p256dh", browser(p256dh=None)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_R34_what_is_no_target_is_refused(server, customer, name):
    field, body = HOSTILE[name]
    device = new_device()
    answer = customer.put(path(device), body, expect=422)
    assert field in answer.field_errors, answer
    assert owner(server, device) is None


def test_a_push_service_that_is_not_known_is_named_so(customer):
    answer = customer.put(path(new_device()), browser(endpoint="https://evil.test/x"), expect=422)
    assert answer.field_errors == {"target.endpoint": "not_a_push_service"}


@pytest.mark.parametrize("device", ["x", "1", "00000000-0000-0000-0000-00000000000", "%00"])
def test_R31_a_malformed_id_is_not_found(customer, device):
    assert customer.put(path(device), phone()).status == 404
    assert customer.delete(path(device)).status == 404


def test_only_who_is_logged_in_has_devices(api):
    assert api.put(path(new_device()), phone()).status == 401
    assert api.delete(path(new_device())).status == 401


@pytest.mark.parametrize("channel", ["fcm", "webpush"])
def test_in_development_pushes_show_in_the_inbox(server, api, channel):
    to = f'{{"device": "{new_device()}", "user": "{new_device()}"}}'
    [row_id] = outbox.enqueue(server, [to], channel=channel, subject="Moved", text="Cut, 3 March 14:30")
    [item] = people.inbox_when_filled(api, to)
    assert (item["id"], item["channel"], item["subject"]) == (row_id, "push", "Moved")
    give_up = time.monotonic() + 10
    while outbox.status(server, row_id)["status"] != "delivered" and time.monotonic() < give_up:
        time.sleep(0.05)
    assert outbox.status(server, row_id)["status"] == "delivered"


class TestPushConfig:
    def test_there_is_no_key_without_web_push(self, api):
        answer = api.get("/api/v1/push-config", expect=200)
        assert answer.data == {"vapid_public_key": None}
        again = api.get("/api/v1/push-config", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status == 304

    def test_the_key_is_the_point_of_the_private_one(self, start_server):
        private = ec.generate_private_key(ec.SECP256R1())
        number = private.private_numbers().private_value.to_bytes(32, "big")
        public = private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        server = start_server(demo=False, vapid_private_key=number.hex(), vapid_subject="mailto:desk@example.test",
                              web_push_hosts="push.example.test:8443")
        api = Api(server)
        assert api.get("/api/v1/push-config", expect=200).data == {"vapid_public_key": encoded(public)}
        api.close()
