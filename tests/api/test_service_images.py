"""The picture of a service: who sees it when, and its version."""
import time

from harness import images, people
from harness.client import Api
from harness.service_images import SERVICES, manager, put, service  # noqa: F401


class TestPicturesOfServices:
    def test_a_service_shows_it_at_once(self, api, manager, server, service, put):
        path = f"{SERVICES}/{service['id']}"
        assert api.get(path).data["image"] is None
        image = put(images.jpeg(), expect=200).data
        shown = api.get(path, expect=200).data
        assert shown["image"] == image and shown["version"] == service["version"] + 1
        listed = next(item for item in api.get(SERVICES, query={"limit": 100}).data["items"] if item["id"] == service["id"])
        assert listed == shown
        other = put(images.jpeg(500, 400), expect=200).data
        assert api.get(path).data["image"] == other and other["url"] != image["url"]
        manager.delete(f"{path}/image", expect=204)
        assert api.get(path).data["image"] is None
        manager.delete(f"{path}/image", expect=204)
        actions = server.sql("SELECT action, details->'fields' AS fields FROM audit_logs WHERE subject_id = %s ORDER BY id", service["id"])
        assert [(row["action"], row["fields"]) for row in actions] == [("service.create", None)] + [("service.update", ["image"])] * 3

    def test_it_stays_when_other_things_change(self, manager, service, put):
        image = put(images.jpeg(), expect=200).data
        path = f"{SERVICES}/{service['id']}"
        assert manager.patch(path, {"name": "Other"}, expect=200).data["image"] == image
        assert manager.patch(path, {"image": None}, expect=422).field_errors == {"image": "unknown_field"}

    def test_a_stale_version_is_412(self, manager, service, put):
        put(images.jpeg(), headers={"If-Match": f'"{service["version"]}"'}, expect=200)
        assert put(images.jpeg(), headers={"If-Match": f'"{service["version"]}"'}, expect=412).code == "stale"
        assert put(images.jpeg(), headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
        path = f"{SERVICES}/{service['id']}/image"
        assert manager.delete(path, headers={"If-Match": f'"{service["version"]}"'}, expect=412).code == "stale"
        assert manager.delete(path, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"

    def test_another_server_shows_it_soon(self, start_server):
        first = start_server()
        second = first.start_peer()
        api = Api(first, token=people.person(Api(first), "admin@demo.test").access_token, instances=[first])
        path = f"{SERVICES}/{api.get(SERVICES).data['items'][0]['id']}"
        other = Api(first, instances=[second])
        assert other.get(path).data["image"] is None
        image = images.send(api, "PUT", path + "/image", images.jpeg(), expect=200).data
        give_up = time.monotonic() + 10
        while other.get(path).data["image"] != image:
            assert time.monotonic() < give_up
            time.sleep(0.1)
        assert other.get(image["url"]).status == 200  # they share the folder
