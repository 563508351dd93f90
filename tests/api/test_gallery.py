"""The gallery: pictures that everybody sees, in the order that those with gallery.manage give them."""
import uuid

import pytest

from harness import images, people
from harness.client import Api

GALLERY = "/api/v1/gallery"


@pytest.fixture(scope="module")
def manager(server):
    return people.as_person(Api(server), people.with_role(Api(server), "manager"))


@pytest.fixture
def add(manager, server):
    """add(alt) adds a picture; the gallery is empty before and after."""
    server.sql("DELETE FROM gallery_items")

    def one(alt="", **options):
        return images.send(manager, "POST", GALLERY, images.jpeg(400, 300), query={"alt": alt}, expect=201, **options).data

    yield one
    server.sql("DELETE FROM gallery_items")
    manager.post(f"{GALLERY}/reorder", {"ids": []}, expect=200)  # lets go of the kept pages


def ids(api, **query):
    return [item["id"] for item in api.get(GALLERY, query={"limit": 100} | query, expect=200).data["items"]]


def test_a_new_one_comes_last_and_is_public(api, add):
    first, second = add("One"), add("Two")
    assert first["image"]["alt"] == "One" and first["version"] == 1
    assert api.get(GALLERY, expect=200).data == {"items": [first, second], "next_cursor": None}
    assert api.get(second["image"]["url"], expect=200).media_type == "image/jpeg"


def test_R32_it_is_paged_by_keys(api, add):
    added = [add(str(number))["id"] for number in range(3)]
    page = api.get(GALLERY, query={"limit": 2, "total": "true"}, expect=200).data
    assert [item["id"] for item in page["items"]] == added[:2] and page["total"] == 3
    rest = api.get(GALLERY, query={"limit": 2, "cursor": page["next_cursor"]}, expect=200).data
    assert [item["id"] for item in rest["items"]] == added[2:] and rest["next_cursor"] is None
    assert api.get(GALLERY, query={"cursor": "x"}, expect=422).field_errors == {"cursor": "invalid"}


def test_a_page_that_is_known_is_304(api, add):
    add()
    tag = api.get(GALLERY, expect=200).headers["ETag"]
    api.get(GALLERY, headers={"If-None-Match": tag}, expect=304)
    add()
    api.get(GALLERY, headers={"If-None-Match": tag}, expect=200)


def test_what_a_picture_shows_is_said_in_words(api, manager, server, add):
    item = add()
    path = f"{GALLERY}/{item['id']}"
    changed = manager.patch(path, {"alt": "A chair"}, expect=200).data
    assert changed == item | {"image": item["image"] | {"alt": "A chair"}, "version": 2}
    assert manager.patch(path, {"alt": "A chair"}, expect=200).data == changed
    assert api.get(GALLERY).data["items"] == [changed]
    for body, problems in (({}, {"alt": "required"}), ({"alt": None}, {"alt": "required"}), ({"alt": "x" * 251}, {"alt": "too_long"}),
                           ({"alt": "a\nb"}, {"alt": "invalid"}), ({"alt": "x", "position": 1}, {"position": "unknown_field"})):
        assert manager.patch(path, body, expect=422).field_errors == problems
    assert [row["action"] for row in server.sql("SELECT action FROM audit_logs WHERE subject_id = %s ORDER BY id", item["id"])] == [
        "gallery_item.create", "gallery_item.update"]


def test_a_stale_version_is_412(manager, add):
    path = f"{GALLERY}/{add()['id']}"
    manager.patch(path, {"alt": "x"}, headers={"If-Match": '"1"'}, expect=200)
    assert manager.patch(path, {"alt": "y"}, headers={"If-Match": '"1"'}, expect=412).details == {"version": 2}
    assert manager.delete(path, headers={"If-Match": '"1"'}, expect=412).code == "stale"
    assert manager.patch(path, {"alt": "y"}, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
    assert manager.delete(path, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
    manager.delete(path, headers={"If-Match": '"2"'}, expect=204)
    assert manager.delete(path, expect=404).code == "not_found"
    assert manager.patch(path, {"alt": "y"}, expect=404).code == "not_found"


def test_an_order_names_each_once(api, manager, add):
    added = [add(str(number))["id"] for number in range(3)]
    wanted = [added[2], added[0], added[1]]
    assert manager.post(f"{GALLERY}/reorder", {"ids": wanted}, expect=200).data == {"ids": wanted}
    assert ids(api) == wanted
    for wrong, code in ((wanted[1:], "incomplete"), (wanted + wanted[:1], "repeated"), (wanted + [str(uuid.uuid4())], "not_found"),
                        ([str(uuid.uuid4())] * 201, "too_long"), (["x"], "invalid"), (None, "required")):
        assert manager.post(f"{GALLERY}/reorder", {"ids": wrong}, expect=422).field_errors == {"ids": code}
    assert ids(api) == wanted
    assert add("last")["id"] == ids(api)[-1]


def test_there_is_a_limit(manager, server, add):
    add()
    for _ in range(199):
        server.sql("WITH copy AS (INSERT INTO images (id, key, kind, width, height, blurhash, widths, heights, webp_bytes, jpeg_bytes) "
                   "SELECT gen_random_uuid(), gen_random_uuid(), kind, width, height, blurhash, widths, heights, webp_bytes, jpeg_bytes FROM images "
                   "WHERE kind = 'gallery' LIMIT 1 RETURNING id) INSERT INTO gallery_items (id, image_id) SELECT gen_random_uuid(), id FROM copy")
    refused = images.send(manager, "POST", GALLERY, images.jpeg(), expect=422)
    assert (refused.code, refused.details) == ("limit_reached", {"maximum": 200})


def test_R16_customers_only_look(customer, add):
    path = f"{GALLERY}/{add()['id']}"
    assert images.send(customer, "POST", GALLERY, images.jpeg(), expect=403).code == "forbidden"
    assert customer.delete(path, expect=403).code == "forbidden"
    assert len(ids(customer)) == 1
