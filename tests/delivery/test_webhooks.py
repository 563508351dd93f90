"""Webhooks as they arrive: signed, again after a failure, to nobody who must not be called, and one
receiver's trouble is not another's (R34, R71, R72)."""
import json
import time

import pytest

from harness import outbox, people
from harness.client import Api
from harness.small_business import new_id
from harness.webhooks import PATH
from receiver import NotOurs, Receiver, signatures, verify
from workers import wait_until

NO_MAIL = "smtp://127.0.0.1:1?tls=never"
LOOPBACK = "127.0.0.0/8"


@pytest.fixture(scope="module")
def admin(desk):
    return people.as_person(Api(desk), people.with_role(Api(desk), "admin"))


@pytest.fixture
def receiver(tmp_path):
    made = Receiver(tmp_path)
    yield made
    made.close()


@pytest.fixture
def hook(desk, admin, receiver):
    """hook(path, …) adds a webhook there."""
    def add(path, events=("appointment.*",)):
        made = admin.post(PATH, {"url": receiver.url(path), "events": list(events)}, expect=201).data
        receiver.secrets.append(made["secret"])
        return made

    yield add
    desk.sql("DELETE FROM webhook_endpoints")


@pytest.fixture
def worker(work, receiver):
    return lambda **more: work(NO_MAIL, **{"outbound_ca": receiver.ca, "webhook_networks": LOOPBACK} | more)


def tell(desk, webhook, number=0, order_key=None):
    """As if an appointment had been booked; the message's id."""
    body = json.dumps({"type": "appointment.booked", "timestamp": "2026-03-02T09:00:00Z", "data": {"number": number}})
    return outbox.enqueue(desk, [webhook["id"]], channel="webhook", event="appointment.booked", order_key=order_key,
                          subject="", text=body)[0]


def deliveries(admin, webhook, **query):
    return admin.get(f"{PATH}/{webhook['id']}/deliveries", query={"limit": 100} | query, expect=200).data["items"]


def ended(desk, row_id, status="delivered"):
    return wait_until(lambda: (row := outbox.status(desk, row_id))["status"] == status and row, lambda: outbox.status(desk, row_id))


def failed(desk, row_id):
    return wait_until(lambda: (row := outbox.status(desk, row_id))["last_error"] and row, lambda: outbox.status(desk, row_id))


def test_a_ping_arrives_signed_and_is_written_down(desk, admin, receiver, hook, worker):
    webhook = hook("/ok", events=["appointment.cancelled"])
    message = admin.post(f"{PATH}/{webhook['id']}/ping", expect=202).data["message_id"]
    worker()
    assert ended(desk, message)["wiped"]
    [call] = receiver.calls
    assert call.id == message and receiver.refused == []
    assert call.headers["Content-Type"] == "application/json" and call.headers["User-Agent"].startswith("Frontdesk")
    assert call.body["type"] == "webhook.ping" and call.body["data"] == {"webhook_id": webhook["id"]}
    [delivery] = deliveries(admin, webhook)
    assert (delivery["message_id"], delivery["event"], delivery["attempt"]) == (message, "webhook.ping", 1)
    assert (delivery["status"], delivery["status_code"], delivery["error"]) == ("delivered", 200, None)
    assert delivery["duration_ms"] < 5000 and "nobody keeps" not in str(desk.sql("SELECT * FROM webhook_deliveries"))


def test_the_receivers_own_check_refuses_what_is_not_ours():
    """What the other tests believe: that a wrong signature would have been noticed."""
    secret, other, body = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "whsec_" + "A" * 43 + "=", b'{"a":1}'
    headers = {"webhook-id": "m", "webhook-timestamp": "1000", "webhook-signature": signatures([secret], "m", "1000", body)[0]}
    verify([secret], headers, body, now=1000)
    for secrets, changed, content, now in (([other], {}, body, 1000), ([secret], {"webhook-id": "n"}, body, 1000), ([secret], {}, b'{"a":2}', 1000),
                                           ([secret], {}, body, 1301), ([secret], {"webhook-timestamp": "1001"}, body, 1001)):
        with pytest.raises(NotOurs):
            verify(secrets, headers | changed, content, now=now)


def test_R71_what_failed_is_sent_again_under_its_id_and_freshly_signed(desk, admin, receiver, hook, worker):
    webhook = hook("/once")
    message = tell(desk, webhook)
    worker()
    ended(desk, message)
    first, second = receiver.at("/once")
    assert first.id == second.id == message and second.repeated and first.body == second.body
    assert int(second.timestamp) > int(first.timestamp) and receiver.refused == []
    assert [(item["attempt"], item["status_code"], item["error"]) for item in deliveries(admin, webhook)] == [(2, 200, None), (1, 500, "answered 500")]
    assert admin.get(f"{PATH}/{webhook['id']}", expect=200).data["failing_since"] is None


@pytest.mark.parametrize("path, status, error", [("/fail", 500, "answered 500"), ("/redirect", 302, "answered 302"), ("/drop", None, None),
                                                 ("/huge", None, "the answer is too large"), ("/hang", None, None)])
def test_R34_R71_what_is_no_success_is_tried_later(desk, admin, receiver, hook, worker, path, status, error):
    webhook = hook(path)
    message = tell(desk, webhook)
    made = worker()
    row = failed(desk, message)
    assert row["status"] == "waiting" and not row["channel_failed"]
    delivery = deliveries(admin, webhook)[-1]
    assert (delivery["status"], delivery["status_code"]) == ("failed", status) and delivery["error"] == (error or delivery["error"])
    assert receiver.followed == 0 and receiver.at("/ok") == []
    assert admin.get(f"{PATH}/{webhook['id']}", expect=200).data["failing_since"]
    if path == "/hang":
        assert 4500 <= delivery["duration_ms"] <= 9000
    assert receiver.url("") not in made.log()


def test_410_switches_it_off(desk, admin, receiver, hook, worker):
    notices = "SELECT id FROM outbox WHERE event = 'webhook.disabled' ORDER BY id"
    webhook, before = hook("/gone"), desk.sql(notices)
    message, later = tell(desk, webhook, 1), tell(desk, webhook, 2)
    worker()
    ended(desk, message, "dead"), ended(desk, later, "dead")
    shown = admin.get(f"{PATH}/{webhook['id']}", expect=200).data
    assert (shown["active"], shown["disabled_reason"]) == (False, "gone")
    assert admin.post(f"{PATH}/{webhook['id']}/ping", expect=409).code == "webhook_inactive"
    assert desk.sql(notices) == before
    admin.patch(f"{PATH}/{webhook['id']}", {"active": True, "url": receiver.url("/ok")}, expect=200)
    ended(desk, admin.post(f"{PATH}/{webhook['id']}/ping", expect=202).data["message_id"])


def test_one_that_was_deleted_or_switched_off_is_not_called(desk, admin, receiver, hook, worker):
    deleted, off = hook("/ok"), hook("/ok")
    messages = [tell(desk, deleted), tell(desk, off)]
    admin.delete(f"{PATH}/{deleted['id']}", expect=204)
    admin.patch(f"{PATH}/{off['id']}", {"active": False}, expect=200)
    worker()
    for message in messages:
        ended(desk, message, "dead")
    assert receiver.calls == [] and deliveries(admin, off) == []


def test_after_a_rotation_both_secrets_sign_for_a_day(desk, admin, receiver, hook, worker):
    webhook = hook("/ok")
    old = webhook["secret"]
    new = admin.post(f"{PATH}/{webhook['id']}/rotate-secret", expect=200).data["secret"]
    receiver.secrets[:] = [old, new]
    worker()
    ended(desk, tell(desk, webhook))
    [call] = receiver.calls
    given = call.headers["webhook-signature"].split(" ")
    body = json.dumps({"type": "appointment.booked", "timestamp": "2026-03-02T09:00:00Z", "data": {"number": 0}}).encode()
    assert given == signatures([new, old], call.id, call.timestamp, body)
    desk.sql("UPDATE webhook_endpoints SET former_until = now()")
    receiver.secrets[:] = [old]
    failed(desk, tell(desk, webhook))
    assert receiver.refused[0] == "signature"
    assert [item["error"] for item in deliveries(admin, webhook, status="failed")][-1] == "answered 401"


def test_R34_a_name_that_leads_inside_is_not_called(desk, admin, receiver, hook, worker):
    webhook = hook("/ok")
    message = tell(desk, webhook)
    made = worker(webhook_networks="10.0.0.0/8")
    assert failed(desk, message)["last_error"] == "its name leads to an address that is not public"
    assert deliveries(admin, webhook)[-1]["status_code"] is None
    assert receiver.calls == [] and receiver.broken == 0 and made.stop() == 0
    desk.sql("UPDATE outbox SET due_at = now()")
    worker()
    ended(desk, message)


def test_a_certificate_of_nobody_known_is_refused(desk, receiver, hook, worker):
    message = tell(desk, hook("/ok"))
    worker(outbound_ca="/etc/ssl/certs/ca-certificates.crt")
    assert "certificate" in failed(desk, message)["last_error"] and receiver.calls == []


def test_a_message_is_delivered_again_by_hand(desk, admin, receiver, hook, worker):
    webhook = hook("/ok")
    message = tell(desk, webhook, 7)
    worker()
    ended(desk, message)
    [delivery] = deliveries(admin, webhook)
    assert admin.post(f"{PATH}/{webhook['id']}/deliveries/{delivery['id']}/redeliver", expect=202).data == {"message_id": message}
    wait_until(lambda: len(deliveries(admin, webhook)) == 2, "the second")
    first, second = receiver.calls
    assert second.id == first.id == message and second.body == first.body and second.repeated
    assert [item["attempt"] for item in deliveries(admin, webhook)] == [2, 1]


def test_messages_about_one_appointment_come_in_their_order(desk, receiver, hook, worker):
    webhook, key = hook("/once"), new_id()
    first, second = tell(desk, webhook, 1, order_key=key), tell(desk, webhook, 2, order_key=key)
    worker()
    ended(desk, second)
    order = [call.body["data"]["number"] for call in receiver.calls]
    assert order == [1, 1, 2, 2], "the second is not begun before the first was taken"
    assert outbox.status(desk, first)["status"] == "delivered"


def test_R72_one_that_hangs_has_four_places_and_the_others_go_on(desk, receiver, hook, worker):
    bad, good = hook("/hang"), hook("/ok")
    hanging = [tell(desk, bad, number) for number in range(60)]
    messages = [tell(desk, good, number) for number in range(60)]
    made = worker()
    for message in messages:
        ended(desk, message)
    assert receiver.most_under_way["/hang"] <= 4 and len(receiver.at("/ok")) == 60
    assert receiver.most_under_way["/ok"] <= 4
    assert all(outbox.status(desk, message)["status"] == "waiting" for message in hanging)
    wait_until(lambda: "frontdesk_webhook_circuits_open 1" in made.metrics(), made.metrics)
    begun = len(receiver.at("/hang"))
    outbox.make_due(desk)
    time.sleep(2)
    assert len(receiver.at("/hang")) <= begun + 2, "while its circuit is open it is tried, not stormed"


def test_five_days_of_failure_switch_it_off_and_tell_the_administrators(desk, admin, receiver, hook, worker):
    webhook = hook("/fail?token=secret")
    message = tell(desk, webhook)
    worker()
    failed(desk, message)
    desk.sql("UPDATE webhook_endpoints SET failing_since = failing_since - interval '5 days'")
    ended(desk, message, "dead")
    shown = admin.get(f"{PATH}/{webhook['id']}", expect=200).data
    assert (shown["active"], shown["disabled_reason"]) == (False, "failing")
    told = wait_until(lambda: desk.sql("SELECT user_id FROM outbox WHERE channel = 'email' AND event = 'webhook.disabled'"), "nobody is told")
    assert admin.get("/api/v1/users/me", expect=200).data["id"] in [row["user_id"] for row in told]
    [audit] = desk.sql("SELECT actor_id, details FROM audit_logs WHERE subject_id = %s AND action = 'webhook.disable'", webhook["id"])
    assert audit == {"actor_id": None, "details": {"because": "failing"}}
