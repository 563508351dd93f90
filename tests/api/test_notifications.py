"""The list in the app."""
import pytest

from harness import inbox, people

PATH = "/api/v1/notifications"


@pytest.fixture
def ada(api, server):
    """Somebody with nothing in her list any more."""
    who = people.new_customer(api)
    client = people.as_person(api, who)
    client.id = who.id
    inbox.forget_welcome(server, who.id)
    yield client
    client.close()


def titles(answer):
    return [item["title"] for item in answer.data["items"]]


def test_the_list_is_newest_first_and_in_pages(server, ada):
    for number in range(5):
        inbox.add(server, ada.id, title=str(number), age=f"{number} hours")
    seen, cursor = [], None
    for _ in range(3):
        page = ada.get(PATH, query={"limit": 2, "total": "true"} | ({"cursor": cursor} if cursor else {}), expect=200)
        assert page.data["total"] == 5 and page.data["unread_count"] == 5
        seen += titles(page)
        cursor = page.data["next_cursor"]
    assert cursor is None and seen == ["0", "1", "2", "3", "4"]


def test_unread_ones_alone(server, ada):
    first, _ = inbox.add(server, ada.id, title="first", age="1 hour"), inbox.add(server, ada.id, title="second")
    item = ada.post(f"{PATH}/{first}/read", expect=200).data
    assert item["id"] == first and item["read_at"] and item["text"] == "A text"
    assert ada.post(f"{PATH}/{first}/read", expect=200).data == item
    assert titles(ada.get(PATH, query={"unread": "true"}, expect=200)) == ["second"]
    everything = ada.get(PATH, query={"unread": "false"}, expect=200)
    assert titles(everything) == ["second", "first"] and everything.data["unread_count"] == 1
    assert ada.get(PATH, query={"unread": "true", "total": "true"}).data["total"] == 1


def test_read_all(server, ada):
    for _ in range(3):
        inbox.add(server, ada.id)
    assert ada.post(f"{PATH}/read-all").status == 204
    assert ada.post(f"{PATH}/read-all").status == 204
    assert ada.get(PATH, expect=200).data["unread_count"] == 0
    assert all(item["read_at"] for item in ada.get(PATH).data["items"])
    actions = server.sql("SELECT action, details FROM audit_logs WHERE actor_id = %s AND subject_id = %s AND action LIKE 'notification%%'",
                         ada.id, ada.id)
    assert actions == [{"action": "notification.read_all", "details": {"count": 3}}]


def test_R16_somebody_elses_is_as_absent_as_none(server, ada, customer):
    mine = inbox.add(server, ada.id)
    assert mine not in [item["id"] for item in customer.get(PATH, expect=200).data["items"]]
    answer = customer.post(f"{PATH}/{mine}/read")
    assert (answer.status, answer.code) == (404, "not_found")
    assert customer.post(f"{PATH}/0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01/read").status == 404
    assert customer.post(f"{PATH}/read-all").status == 204
    assert ada.get(PATH).data["unread_count"] == 1


@pytest.mark.parametrize("query", [{"unread": "maybe"}, {"limit": 0}, {"cursor": "x"}, {"user_id": "1"}])
def test_a_query_that_means_nothing(customer, query):
    assert customer.get(PATH, query=query).status == 422


def test_who_is_not_logged_in_has_no_list(api):
    assert api.get(PATH).status == 401
    assert api.post(f"{PATH}/read-all").status == 401


def test_the_list_goes_with_its_owner(server, ada):
    inbox.add(server, ada.id)
    server.sql("DELETE FROM users WHERE id = %s", ada.id)
    assert server.sql("SELECT id FROM inbox_items WHERE user_id = %s", ada.id) == []
