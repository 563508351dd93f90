"""SMS by Twilio, whose own OpenAPI document each call is held against."""
import base64
import hashlib
import hmac
import tempfile
import urllib.parse
import uuid

import pytest

import twilio_service
from harness import outbox
from harness.client import Api
from harness.process import Frontdesk
from twilio_service import ACCOUNT, FROM, TOKEN
from workers import Worker, wait_until

ORIGIN = "https://book.example.test"
TO = "+491511234"  # and four digits


@pytest.fixture(scope="module")
def service():
    made = twilio_service.Twilio()
    yield made
    made.close()


@pytest.fixture(scope="module")
def prism(service):
    with tempfile.TemporaryDirectory() as folder:
        made = twilio_service.Prism(service.port, folder)
        yield made
        made.close()


@pytest.fixture
def twilio(service):
    service.reset()
    yield service
    assert service.problems == []


@pytest.fixture(scope="module")
def settings(prism):
    return {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN, "twilio_from": FROM, "twilio_url": prism.url}


@pytest.fixture(scope="module")
def desk(settings):
    server = Frontdesk(worker="off", demo=False, public_url=ORIGIN, **settings).start()
    yield server
    assert server.close() is None


@pytest.fixture
def work(desk):
    started = []

    def start(**settings):
        started.append(Worker(desk, "smtp://127.0.0.1:1", **settings))
        return started[-1]

    yield start
    assert all(worker.stop() == 0 for worker in started)


def send(desk, *numbers, text="Your code is 048213"):
    return outbox.enqueue(desk, numbers, channel="sms", event="auth.phone_code", subject="", text=text)


def ended(desk, worker, row_id):
    return wait_until(lambda: (row := outbox.status(desk, row_id))["status"] != "waiting" and row, worker.log)


def tried(desk, worker, row_id):
    return wait_until(lambda: (row := outbox.status(desk, row_id))["last_error"] and row, worker.log)


def signature(url, form, token=TOKEN):
    text = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def call_back(desk, row_id, form, signed=None):
    api, path = Api(desk), f"/callbacks/twilio/{row_id}"
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    if signed is None:
        signed = signature(ORIGIN + path, form)
    if signed:
        headers["X-Twilio-Signature"] = signed
    answer = api.post(path, body=urllib.parse.urlencode(form), headers=headers)
    api.close()
    return answer


def entry(desk, row_id):
    [row] = desk.sql("SELECT status, last_error, confirmed_at IS NOT NULL AS confirmed, sealed IS NULL AS wiped FROM outbox WHERE id = %s",
                     row_id)
    return row


def test_an_sms_leaves_as_twilio_wants_it(desk, work, twilio):
    text = "Grüße & 100 % = 'ja'?\n+1 ✓"
    [row_id] = send(desk, f"{TO}1000", text=text)
    row = ended(desk, work(), row_id)
    assert (row["status"], row["attempts"], row["wiped"]) == ("delivered", 1, True)
    assert twilio.sent == [{"To": f"{TO}1000", "From": FROM, "Body": text, "StatusCallback": f"{ORIGIN}/callbacks/twilio/{row_id}"}]


def test_a_messaging_service_may_send(desk, work, twilio):
    service = "MG0123456789abcdef0123456789abcdef"
    [row_id] = send(desk, f"{TO}1001")
    ended(desk, work(twilio_from=service), row_id)
    assert twilio.sent[0]["MessagingServiceSid"] == service and "From" not in twilio.sent[0]


def test_R71_a_number_that_takes_no_sms_is_given_up_and_named_nowhere(desk, work, twilio):
    rows = send(desk, f"{TO}0001", f"{TO}0004", f"{TO}0009")
    worker = work()
    errors = [ended(desk, worker, row_id) for row_id in rows]
    assert [row["status"] for row in errors] == ["dead"] * 3 and [row["attempts"] for row in errors] == [1] * 3
    assert [row["last_error"] for row in errors] == ["Twilio error 21211: the number is not valid",
                                                     "Twilio error 21610: the recipient has unsubscribed",
                                                     "Twilio error 21614: the number is not a mobile one"]
    assert TO not in worker.log() and "048213" not in worker.log()


def test_R72_when_it_wants_fewer_it_is_left_alone_for_a_while(desk, work, twilio):
    twilio.busy = 1
    [row_id] = send(desk, f"{TO}1002")
    worker = work()
    row = tried(desk, worker, row_id)
    assert row["last_error"].startswith("Twilio wants fewer messages at a time") and not row["channel_failed"]
    assert ended(desk, worker, row_id)["status"] == "delivered"
    assert len(twilio.sent) == 1


def test_R71_while_it_is_broken_messages_wait(desk, work, twilio):
    twilio.broken = 2
    [row_id] = send(desk, f"{TO}1003")
    worker = work()
    row = tried(desk, worker, row_id)
    assert row["status"] == "waiting" and row["channel_failed"] and row["last_error"].startswith("Twilio answers 50")
    wait_until(lambda: outbox.make_due(desk) or outbox.status(desk, row_id)["status"] == "delivered", worker.log)
    assert len(twilio.to(f"{TO}1003")) == 1


def test_R72_R50_I8_an_answer_that_does_not_come_is_not_waited_for_and_asked_for_twice(desk, work, twilio):
    twilio.hangs = 12
    [row_id] = send(desk, f"{TO}1004")
    worker = work()
    row = tried(desk, worker, row_id)
    assert row["status"] == "waiting" and row["last_error"] == "Twilio: Timeout was reached"
    outbox.make_due(desk)
    row = ended(desk, worker, row_id)
    assert row["status"] == "dead" and row["last_error"] == "sent twice, never answered; Twilio: Timeout was reached"
    wait_until(lambda: len(twilio.to(f"{TO}1004")) == 2, "both have arrived")


def test_a_login_that_is_refused_says_what_to_look_at(desk, work, twilio):
    twilio.token = "another token"
    [row_id] = send(desk, f"{TO}1005")
    row = tried(desk, work(), row_id)
    assert row["status"] == "waiting" and row["channel_failed"]
    assert "FRONTDESK_TWILIO_AUTH_TOKEN" in row["last_error"] and TOKEN not in row["last_error"]
    doctor = desk.run("doctor")
    assert "sms" in doctor.stdout and "FRONTDESK_TWILIO_AUTH_TOKEN" in doctor.stdout and TOKEN not in doctor.stdout
    twilio.token = TOKEN
    assert "takes the login" in desk.run("doctor").stdout


def test_a_phone_that_has_it_is_confirmed(desk, work, twilio):
    [row_id] = send(desk, f"{TO}1006")
    ended(desk, work(), row_id)
    assert call_back(desk, row_id, {"MessageSid": "SM1", "MessageStatus": "sent"}).status == 204
    assert entry(desk, row_id) == {"status": "delivered", "last_error": None, "confirmed": False, "wiped": True}
    assert call_back(desk, row_id, {"MessageSid": "SM1", "MessageStatus": "delivered", "To": f"{TO}1006", "From": FROM}).status == 204
    assert entry(desk, row_id) == {"status": "delivered", "last_error": None, "confirmed": True, "wiped": True}
    # Said later, and of no account any more.
    assert call_back(desk, row_id, {"MessageStatus": "failed", "ErrorCode": "30008"}).status == 204
    assert entry(desk, row_id)["status"] == "delivered"


def test_a_phone_that_cannot_be_reached_makes_it_dead_for_good(desk, work, twilio):
    [row_id] = send(desk, f"{TO}1007")
    ended(desk, work(), row_id)
    assert call_back(desk, row_id, {"MessageStatus": "undelivered", "ErrorCode": "30003"}).status == 204
    assert entry(desk, row_id) == {"status": "dead", "last_error": "Twilio error 30003: the phone cannot be reached",
                                   "confirmed": False, "wiped": True}
    refused = desk.run("outbox", "retry", row_id)
    assert refused.returncode == 1 and "wiped" in refused.stderr
    assert "0 messages leave again" in desk.run("outbox", "retry", "--all-dead", check=True).stdout
    desk.run("outbox", "discard", row_id, check=True)


def test_R50_I8_what_arrived_is_not_sent_again_although_its_answer_was_lost(desk, twilio):
    [row_id] = send(desk, f"{TO}1008")
    desk.sql("UPDATE outbox SET attempts = 1, due_at = now() + interval '1 hour', last_error = 'Twilio: Timeout was reached' WHERE id = %s", row_id)
    assert call_back(desk, row_id, {"MessageStatus": "delivered"}).status == 204
    assert entry(desk, row_id) == {"status": "delivered", "last_error": None, "confirmed": True, "wiped": True}


def test_only_what_twilio_signed_is_taken(desk):
    [row_id, other] = send(desk, f"{TO}1009", f"{TO}1010")
    form = {"MessageStatus": "failed", "ErrorCode": "30003"}
    path = f"{ORIGIN}/callbacks/twilio/{row_id}"
    right = signature(path, form)
    wrong = {"none": "", "another token's": signature(path, form, "guess"), "another form's": signature(path, form | {"ErrorCode": "1"}),
             "another message's": signature(f"{ORIGIN}/callbacks/twilio/{other}", form), "cut": right[:-1], "longer": right + "=",
             "another origin's": signature(f"http://{desk.host}:{desk.port}/callbacks/twilio/{row_id}", form)}
    for name, signed in wrong.items():
        answer = call_back(desk, row_id, form, signed)
        assert (answer.status, answer.code) == (403, "signature_invalid"), name
    assert entry(desk, row_id)["status"] == "waiting"
    assert call_back(desk, row_id, form, right).status == 204
    assert entry(desk, row_id)["status"] == "dead" and entry(desk, other)["status"] == "waiting"
    desk.sql("DELETE FROM outbox")


def test_what_is_gone_or_no_sms_is_passed_over(desk):
    [mail] = outbox.enqueue(desk, ["ann@example.test"])
    form = {"MessageStatus": "failed"}
    assert call_back(desk, mail, form).status == 204
    assert entry(desk, mail)["status"] == "waiting"
    assert call_back(desk, uuid.uuid4(), form).status == 204
    assert Api(desk).post("/callbacks/twilio/no-id", body="a=b",
                          headers={"Content-Type": "application/x-www-form-urlencoded"}).status == 404
    desk.sql("DELETE FROM outbox")
