"""Where Twilio says what became of an SMS; tests/delivery has the whole of it."""
import pytest

from harness import outbox

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def path_of(row_id="0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01"):
    return f"/callbacks/twilio/{row_id}"


def test_without_an_account_nobody_can_say_anything(server, api):
    [row_id] = outbox.enqueue(server, ["+4930123456"], channel="sms", status="dead")
    for headers in (FORM, FORM | {"X-Twilio-Signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}):
        answer = api.post(path_of(row_id), body="MessageStatus=delivered", headers=headers)
        assert (answer.status, answer.code) == (403, "signature_invalid")
    assert outbox.status(server, row_id)["status"] == "dead"


@pytest.mark.parametrize("body", ["a=%", "a=%zz", "a=%00", "a=%ff", "&".join(f"k{n}=1" for n in range(60))])
def test_a_form_that_cannot_be_read(api, body):
    answer = api.post(path_of(), body=body, headers=FORM)
    assert (answer.status, answer.code) == (400, "malformed_request")


def test_an_empty_form_is_signed_by_nobody(api):
    assert api.post(path_of(), headers={"Content-Type": None}).status == 403


def test_R30_a_body_of_another_kind(api):
    assert api.post(path_of(), {"MessageStatus": "delivered"}).status == 415
    assert api.post(path_of(), body="x" * 200_000, headers=FORM).status == 413
