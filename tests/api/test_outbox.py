"""R71: operators see what became of messages, have them leave again, or take them away."""
import pytest

from harness import outbox, people
from harness.client import Api

PATH = "/api/v1/outbox"


@pytest.fixture
def manager(server):
    api = Api(server)
    client = people.as_person(api, people.with_role(api, "manager"))
    yield client
    client.close()


def enqueue(server, status="waiting", to="+4930123456", channel="push", **message):
    """One that no worker of this server takes: it has no sender for its channel."""
    [row_id] = outbox.enqueue(server, [to], channel=channel, status=status, **message)
    if status != "waiting":
        server.sql("UPDATE outbox SET status = %s, last_error = 'recipient: 550', attempts = 1 WHERE id = %s", status, row_id)
    return row_id


def entry(client, row_id, **query):
    items = client.get(PATH, query={"limit": 100} | query, expect=200).data["items"]
    return next((item for item in items if item["id"] == row_id), None)


def test_R33_the_list_shows_what_became_of_a_message_and_not_what_it_says(server, manager):
    row_id = enqueue(server, status="dead", channel="sms", subject="A secret 123456", text="Your code is 123456")
    answer = manager.get(PATH, query={"status": "dead", "channel": "sms"}, expect=200)
    found = next(item for item in answer.data["items"] if item["id"] == row_id)
    assert found["recipient"] == "…456" and found["status"] == "dead" and found["attempts"] == 1
    assert found["last_error"] == "recipient: 550" and found["due_at"] is None
    assert "secret" not in answer.text and "+4930" not in answer.text and "Your code" not in answer.text


def test_a_mail_address_is_masked_and_gone_when_it_has_been_delivered(server, manager):
    row_id = enqueue(server, status="dead", to="ömer.long@example.test", channel="email")
    assert entry(manager, row_id)["recipient"] == "ö…@example.test"
    server.sql("UPDATE outbox SET status = 'delivered', delivered_at = now(), sealed = NULL WHERE id = %s", row_id)
    found = entry(manager, row_id, status="delivered")
    assert found["recipient"] is None and found["delivered_at"]


def test_pages_are_newest_first_and_whole(server, manager):
    made = [enqueue(server, status="dead") for _ in range(5)]
    seen, cursor = [], None
    while len(seen) < 5:
        page = manager.get(PATH, query={"status": "dead", "limit": 2} | ({"cursor": cursor} if cursor else {}), expect=200).data
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen[:5] == made[::-1]
    assert manager.get(PATH, query={"status": "waiting", "total": "true"}, expect=200).data["total"] >= 0


@pytest.mark.parametrize("query", [{"status": "lost"}, {"channel": "fax"}, {"cursor": "x"}, {"limit": 0}, {"colour": "red"}])
def test_a_query_that_means_nothing(manager, query):
    assert manager.get(PATH, query=query).status == 422


def test_R71_a_dead_message_leaves_again(server, manager):
    row_id = enqueue(server, status="dead")
    server.sql("UPDATE outbox SET wanted_at = now() - interval '80 hours', due_at = now() - interval '8 hours' WHERE id = %s", row_id)
    answer = manager.post(f"{PATH}/{row_id}/retry", expect=200).data
    assert answer["status"] == "waiting" and answer["due_at"] == answer["wanted_at"]
    [row] = server.sql("SELECT status, due_at <= now() AS due, wanted_at > now() - interval '1 minute' AS fresh FROM outbox WHERE id = %s", row_id)
    assert row == {"status": "waiting", "due": True, "fresh": True}
    [audit] = server.sql("SELECT action, subject_type, outcome FROM audit_logs WHERE subject_id = %s", row_id)
    assert audit == {"action": "outbox.retry", "subject_type": "message", "outcome": "success"}


def test_R71_what_its_service_gave_up_after_it_had_left_can_only_be_discarded(server, manager):
    row_id = enqueue(server, status="dead", channel="sms")
    server.sql("UPDATE outbox SET sealed = NULL, delivered_at = now(), last_error = 'Twilio error 30003' WHERE id = %s", row_id)
    found = entry(manager, row_id, status="dead")
    assert found["recipient"] is None and found["delivered_at"] and found["confirmed_at"] is None
    answer = manager.post(f"{PATH}/{row_id}/retry")
    assert (answer.status, answer.code) == (409, "already_wiped")
    assert manager.delete(f"{PATH}/{row_id}").status == 204


def test_when_the_phone_had_it_is_shown(server, manager):
    row_id = enqueue(server, status="delivered", channel="sms")
    server.sql("UPDATE outbox SET sealed = NULL, delivered_at = now(), confirmed_at = '2026-03-02T09:00:00Z' WHERE id = %s", row_id)
    assert entry(manager, row_id)["confirmed_at"] == "2026-03-02T09:00:00Z"


def test_a_message_is_discarded_once(server, manager):
    row_id = enqueue(server)
    assert manager.delete(f"{PATH}/{row_id}").status == 204
    assert manager.delete(f"{PATH}/{row_id}").status == 404
    assert manager.post(f"{PATH}/{row_id}/retry").status == 404
    assert server.sql("SELECT action FROM audit_logs WHERE subject_id = %s", row_id) == [{"action": "outbox.discard"}]


def test_what_has_been_delivered_or_is_being_sent_stays(server, manager):
    gone = enqueue(server, status="delivered")
    held = enqueue(server)
    server.sql("UPDATE outbox SET leased_until = now() + interval '1 minute' WHERE id = %s", held)
    for row_id, code in ((gone, "already_delivered"), (held, "being_sent")):
        for answer in (manager.post(f"{PATH}/{row_id}/retry"), manager.delete(f"{PATH}/{row_id}")):
            assert (answer.status, answer.code) == (409, code)
    assert len(server.sql("SELECT id FROM outbox WHERE id = ANY(%s::uuid[])", [gone, held])) == 2


def test_R15_others_may_neither_see_nor_change(server, api, customer):
    row_id = enqueue(server)
    for client, status in ((api, 401), (customer, 403)):
        assert client.get(PATH).status == status
        assert client.post(f"{PATH}/{row_id}/retry").status == status
        assert client.delete(f"{PATH}/{row_id}").status == status
