"""Webhooks, for those who manage the settings. How they are called is in tests/delivery/test_webhooks.py."""
import base64

import pytest

from harness import people
from harness.client import Api
from harness.small_business import new_id
from harness.webhooks import PATH, URL, past_delivery

WANTED = {"url": URL, "events": ["appointment.booked", "appointment.cancelled"], "description": "Our own calendar"}


@pytest.fixture(scope="module")
def admin(server):
    return people.as_person(Api(server), people.person(Api(server), "admin@demo.test"))


def remove_all(server):
    server.sql("DELETE FROM webhook_endpoints")
    server.sql("DELETE FROM outbox WHERE channel = 'webhook'")


@pytest.fixture(autouse=True)
def none_but_its_own(server):
    """Other files of the suite share the server, and leave some."""
    remove_all(server)
    yield
    remove_all(server)


@pytest.fixture
def webhook(admin):
    return admin.post(PATH, WANTED, expect=201).data


def entries(server, id):
    return [(row["action"], row["details"].get("fields")) for row in server.sql(
        "SELECT action, details FROM audit_logs WHERE subject_id = %s ORDER BY id", id)]


def test_its_secret_is_shown_once_and_there_alone(server, admin):
    made = admin.post(PATH, WANTED, expect=201).data
    secret = made.pop("secret")
    assert secret.startswith("whsec_") and len(base64.b64decode(secret[6:], validate=True)) == 32
    shown = admin.get(f"{PATH}/{made['id']}", expect=200)
    assert shown.data == made == made | WANTED
    assert shown.data["active"] is True and shown.data["version"] == 1
    assert shown.data["disabled_reason"] is None and shown.data["failing_since"] is None
    listed = admin.get(PATH, expect=200)
    changed = admin.patch(f"{PATH}/{made['id']}", {"description": "x"}, expect=200)
    for other in (shown, listed, changed):
        assert "secret" not in other.text and "whsec_" not in other.text
    assert entries(server, made["id"]) == [("webhook.create", None), ("webhook.update", ["description"])]
    rows = server.sql("SELECT details FROM audit_logs WHERE subject_id = %s", made["id"])
    assert URL not in str(rows) and secret not in str(rows)


def test_two_secrets_are_never_the_same(admin):
    assert admin.post(PATH, WANTED, expect=201).data["secret"] != admin.post(PATH, WANTED, expect=201).data["secret"]


def test_a_new_secret_lets_the_former_one_count_for_a_day(server, admin, webhook):
    rotated = admin.post(f"{PATH}/{webhook['id']}/rotate-secret", expect=200).data
    assert rotated["secret"] != webhook["secret"] and rotated | {"secret": 0} == webhook | {"secret": 0}
    [row] = server.sql("SELECT former_secret IS NOT NULL AS kept, former_until - now() > interval '23 hours' AS long FROM webhook_endpoints")
    assert row == {"kept": True, "long": True}
    assert entries(server, webhook["id"])[-1] == ("webhook.rotate_secret", None)


def test_pages_are_oldest_first_and_whole(admin):
    made = [admin.post(PATH, WANTED, expect=201).data["id"] for _ in range(5)]
    seen, cursor = [], None
    while True:
        page = admin.get(PATH, query={"limit": 2, "total": "true"} | ({"cursor": cursor} if cursor else {}), expect=200).data
        assert page["total"] == 5
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == made


def test_there_are_at_most_twenty(admin):
    for _ in range(20):
        admin.post(PATH, WANTED, expect=201)
    refused = admin.post(PATH, WANTED, expect=422)
    assert (refused.code, refused.details) == ("limit_reached", {"maximum": 20})
    assert admin.get(PATH, query={"total": "true"}, expect=200).data["total"] == 20


@pytest.mark.parametrize("url", [
    "http://hooks.example.test/", "hooks.example.test", "ftp://hooks.example.test/", "https://", "", "https://user:pw@hooks.example.test/",
    "https://hooks.example.test/#part", "https://hooks.example.test:0/", "https://hooks.example.test:99999/", "https://127.0.0.1/",
    "https://127.1/", "https://2130706433/", "https://0x7f.1/", "https://10.0.0.8/", "https://192.168.1.1/", "https://172.16.0.1/",
    "https://169.254.169.254/latest/meta-data/", "https://100.64.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://[fd00::1]/",
    "https://[fe80::1]/", "https://0.0.0.0/", "https://hooks.example.test/\r\nX-Injected: 1", "https://hooks.example.test/\u0000",
    "https://büro.example.test/", "https://hooks.example.test/" + "a" * 2000, "javascript:alert(1)", "https://hooks.example.test\\@evil.test/",
    7, ["https://hooks.example.test/"], {"url": URL}, None, True])
def test_R34_urls_that_are_refused(admin, server, url):
    refused = admin.post(PATH, WANTED | {"url": url})
    assert refused.status in (400, 422)  # 400: what is no text at all, R30
    if refused.status == 422:
        assert (refused.code, list(refused.field_errors)) == ("validation_failed", ["url"])
    assert server.sql("SELECT id FROM webhook_endpoints") == []


@pytest.mark.parametrize("url", [
    "https://hooks.example.test", "https://hooks.example.test:8443/a?b=c%20d", "https://xn--bcher-kva.example/", "https://1.1.1.1/",
    "https://[2606:4700::1111]/", "https://hooks.example.test/" + "a" * 1973])
def test_R34_urls_that_are_taken(admin, url):
    assert admin.post(PATH, WANTED | {"url": url}, expect=201).data["url"] == url


@pytest.mark.parametrize("events", [[], ["appointment"], ["*"], ["appointment.Booked"], ["auth.code"], ["webhook.ping"], [""], [None], [7],
                                    "appointment.booked", {"0": "appointment.booked"}, None, ["appointment.booked"] * 51])
def test_events_that_are_refused(admin, server, events):
    refused = admin.post(PATH, WANTED | {"events": events}, expect=422)
    assert list(refused.field_errors) == ["events"]
    assert server.sql("SELECT id FROM webhook_endpoints") == []


def test_events_are_kept_once_each(admin):
    made = admin.post(PATH, {"url": URL, "events": ["appointment.*", "appointment.booked", "appointment.*"]}, expect=201).data
    assert made["events"] == ["appointment.*", "appointment.booked"] and made["description"] == ""


def test_R17_what_a_client_may_not_write(admin, webhook):
    for field in ("secret", "active", "id", "version", "disabled_reason", "failing_since"):
        refused = admin.post(PATH, WANTED | {field: "x"}, expect=422)
        assert refused.field_errors == {field: "unknown_field"}
    for field in ("secret", "id", "version", "disabled_reason"):
        refused = admin.patch(f"{PATH}/{webhook['id']}", {field: "x"}, expect=422)
        assert refused.field_errors == {field: "unknown_field"}


def test_a_change_is_held_to_its_version(server, admin, webhook):
    path = f"{PATH}/{webhook['id']}"
    change = {"url": "https://other.example.test/", "events": ["appointment.*"], "description": "Theirs", "active": False}
    changed = admin.patch(path, change, headers={"If-Match": '"1"'}, expect=200).data
    assert changed == changed | change and changed["version"] == 2
    assert admin.patch(path, change, expect=200).data["version"] == 2
    stale = admin.patch(path, {"active": True}, headers={"If-Match": '"1"'}, expect=412)
    assert (stale.code, stale.details) == ("stale", {"version": 2})
    assert admin.patch(path, {"active": True}, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
    assert admin.delete(path, headers={"If-Match": '"1"'}, expect=412).code == "stale"
    assert admin.delete(path, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
    admin.delete(path, headers={"If-Match": '"2"'}, expect=204)
    assert entries(server, webhook["id"]) == [("webhook.create", None), ("webhook.update", ["url", "description", "events", "active"]),
                                              ("webhook.delete", None)]


def test_R34_a_change_of_the_url_is_judged_too(admin, webhook):
    refused = admin.patch(f"{PATH}/{webhook['id']}", {"url": "https://127.0.0.1/", "events": ["x"]}, expect=422)
    assert list(refused.field_errors) == ["url", "events"]
    assert admin.get(f"{PATH}/{webhook['id']}", expect=200).data["url"] == URL


def test_switching_it_on_forgets_why_it_was_off(server, admin, webhook):
    server.sql("UPDATE webhook_endpoints SET active = false, disabled_because = 'failing', failing_since = now() - interval '6 days'")
    shown = admin.get(f"{PATH}/{webhook['id']}", expect=200).data
    assert (shown["active"], shown["disabled_reason"]) == (False, "failing") and shown["failing_since"]
    again = admin.patch(f"{PATH}/{webhook['id']}", {"active": True}, expect=200).data
    assert (again["active"], again["disabled_reason"], again["failing_since"]) == (True, None, None)


def test_a_ping_waits_in_the_outbox(server, admin, webhook):
    message = admin.post(f"{PATH}/{webhook['id']}/ping", expect=202).data["message_id"]
    [row] = server.sql("SELECT event, channel FROM outbox WHERE id = %s", message)
    assert row == {"event": "webhook.ping", "channel": "webhook"}
    assert entries(server, webhook["id"])[-1] == ("webhook.ping", None)


def test_deliveries_are_newest_first_and_filtered(server, admin, webhook):
    path = f"{PATH}/{webhook['id']}/deliveries"
    made = [past_delivery(server, webhook["id"], status_code=code)[0] for code in (200, 500, 204, 302, 200)]
    page = admin.get(path, query={"limit": 3, "total": "true"}, expect=200).data
    rest = admin.get(path, query={"limit": 3, "cursor": page["next_cursor"]}, expect=200).data
    assert page["total"] == 5 and rest["next_cursor"] is None
    assert [item["id"] for item in page["items"] + rest["items"]] == made[::-1]
    failed = admin.get(path, query={"status": "failed", "total": "true"}, expect=200).data
    assert failed["total"] == 2 and [item["status_code"] for item in failed["items"]] == [302, 500]
    assert [item["error"] for item in failed["items"]] == ["answered 302", "answered 500"]
    taken = admin.get(path, query={"status": "delivered"}, expect=200).data["items"]
    assert [(item["status"], item["error"], item["attempt"], item["duration_ms"]) for item in taken] == [("delivered", None, 1, 12)] * 3


@pytest.mark.parametrize("query", [{"status": "lost"}, {"cursor": "x"}, {"limit": 0}, {"limit": 101}, {"colour": "red"}])
def test_a_query_that_means_nothing(admin, webhook, query):
    assert admin.get(f"{PATH}/{webhook['id']}/deliveries", query=query).status == 422
    if "status" not in query:
        assert admin.get(PATH, query=query).status == 422


def test_a_message_is_delivered_again(server, admin, webhook):
    delivery, message = past_delivery(server, webhook["id"])
    path = f"{PATH}/{webhook['id']}/deliveries/{delivery}/redeliver"
    assert admin.post(path, expect=202).data == {"message_id": message}
    [row] = server.sql("SELECT event, channel FROM outbox WHERE id = %s", message)
    assert row == {"event": "appointment.booked", "channel": "webhook"}
    assert entries(server, webhook["id"])[-1] == ("webhook.redeliver", None)
    server.sql("UPDATE outbox SET claims = claims + 1, leased_until = now() + interval '1 minute', status = 'waiting' WHERE id = %s", message)
    assert admin.post(path, expect=409).code == "being_sent"


def test_one_that_is_off_is_not_called(server, admin, webhook):
    delivery, _ = past_delivery(server, webhook["id"])
    admin.patch(f"{PATH}/{webhook['id']}", {"active": False}, expect=200)
    assert admin.post(f"{PATH}/{webhook['id']}/ping", expect=409).code == "webhook_inactive"
    assert admin.post(f"{PATH}/{webhook['id']}/deliveries/{delivery}/redeliver", expect=409).code == "webhook_inactive"
    assert server.sql("SELECT id FROM outbox WHERE channel = 'webhook'") == []


def test_R16_the_delivery_of_another_webhook_is_none(server, admin, webhook):
    other = admin.post(PATH, WANTED, expect=201).data
    delivery, _ = past_delivery(server, other["id"])
    assert admin.post(f"{PATH}/{webhook['id']}/deliveries/{delivery}/redeliver").status == 404
    assert admin.get(f"{PATH}/{webhook['id']}/deliveries", expect=200).data["items"] == []
    assert server.sql("SELECT id FROM outbox WHERE channel = 'webhook'") == []


@pytest.mark.parametrize("webhook_id", ["0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01", "x", "00000000-0000-0000-0000-000000000000", "%00"])
def test_what_is_not_there(admin, webhook_id):
    path = f"{PATH}/{webhook_id}"
    assert admin.get(path).status in (400, 404)
    assert admin.patch(path, {"active": True}).status in (400, 404)
    assert admin.delete(path).status in (400, 404)
    for below in ("rotate-secret", "ping", f"deliveries/{new_id()}/redeliver"):
        assert admin.post(f"{path}/{below}").status in (400, 404)
    assert admin.get(f"{path}/deliveries").status in (400, 404)


def test_to_remove_it_forgets_its_calls(server, admin, webhook):
    past_delivery(server, webhook["id"])
    admin.delete(f"{PATH}/{webhook['id']}", expect=204)
    assert admin.delete(f"{PATH}/{webhook['id']}", expect=404).code == "not_found"
    assert server.sql("SELECT id FROM webhook_messages") == server.sql("SELECT id FROM webhook_deliveries") == []


def test_R15_others_may_neither_see_nor_change(server, api, customer, webhook):
    manager = people.as_person(Api(server), people.with_role(Api(server), "manager"))
    delivery, _ = past_delivery(server, webhook["id"])
    one = f"{PATH}/{webhook['id']}"
    for client, status in ((api, 401), (customer, 403), (manager, 403)):
        assert client.get(PATH).status == client.post(PATH, WANTED).status == status
        assert client.get(one).status == client.patch(one, {"active": False}).status == client.delete(one).status == status
        assert client.post(f"{one}/rotate-secret").status == client.post(f"{one}/ping").status == status
        assert client.get(f"{one}/deliveries").status == status
        assert client.post(f"{one}/deliveries/{delivery}/redeliver").status == status
