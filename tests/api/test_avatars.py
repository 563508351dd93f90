"""Avatars: their owner and whoever has the signed link see them, and nobody else (R16)."""
import re

from harness import images, people
from harness.service_images import manager, put, service  # noqa: F401

AVATAR = "/api/v1/users/me/avatar"


class TestAvatars:
    def test_R16_its_owner_sees_it_and_who_has_the_link(self, api, customer):
        assert customer.get("/api/v1/users/me").data["avatar"] is None
        image = images.send(customer, "PUT", AVATAR, images.jpeg(), expect=200).data
        assert customer.get("/api/v1/users/me", expect=200).data["avatar"] == image
        assert customer.patch("/api/v1/users/me", {"name": "Ada Other"}, expect=200).data["avatar"] == image
        for path in (image["url"], image["thumbnail_url"], image["sources"][0]["webp"]):
            served = api.get(path, token=False, expect=200)
            assert re.fullmatch(r"private, max-age=\d+", served.headers["Cache-Control"])
            assert 6 * 3600 - 60 < int(served.headers["Cache-Control"].partition("=")[2]) <= 12 * 3600
        customer.delete(AVATAR, expect=204)
        assert customer.get("/api/v1/users/me").data["avatar"] is None
        customer.delete(AVATAR, expect=204)

    def test_R16_without_a_link_there_is_nothing(self, api, customer):
        url = images.send(customer, "PUT", AVATAR, images.jpeg(), expect=200).data["url"]
        path, _, query = url.partition("?")
        expires, signature = (part.partition("=")[2] for part in query.split("&"))
        for wrong in ("", f"?expires={expires}", f"?signature={signature}", f"?expires={int(expires) + 1}&signature={signature}",
                      f"?expires=1&signature={signature}", f"?expires={expires}&signature={signature[:-1]}", f"?expires={expires}&signature=",
                      f"?expires=-1&signature={signature}"):
            assert api.get(path + wrong, token=False, expect=404).code == "not_found"
            assert customer.get(path + wrong, expect=404).code == "not_found"
        for wrong in (f"?expires=x&signature={signature}", f"?{query}&more=1", f"?{query}&expires=1", "?expires=99999999999999999999&signature=x"):
            assert api.get(path + wrong, token=False, expect=422).code == "validation_failed"
        mine = images.send(people.as_person(api, people.new_customer(api)), "PUT", AVATAR, images.jpeg(), expect=200).data["url"]
        assert api.get(f"{mine.partition('?')[0]}?{query}", token=False, expect=404).code == "not_found"

    def test_a_link_of_a_public_picture_needs_nothing_and_takes_nothing(self, api, customer, put):
        public = put(images.jpeg(), expect=200).data["url"]
        query = images.send(customer, "PUT", AVATAR, images.jpeg(), expect=200).data["url"].partition("?")[2]
        assert api.get(f"{public}?{query}", token=False, expect=404).code == "not_found"

    def test_a_stale_version_is_412(self, customer):
        version = customer.get("/api/v1/users/me").data["version"]
        images.send(customer, "PUT", AVATAR, images.jpeg(), headers={"If-Match": f'"{version}"'}, expect=200)
        assert images.send(customer, "PUT", AVATAR, images.jpeg(), headers={"If-Match": f'"{version}"'}, expect=412).code == "stale"
        assert customer.delete(AVATAR, headers={"If-Match": f'"{version}"'}, expect=412).code == "stale"
        assert images.send(customer, "PUT", AVATAR, images.jpeg(), headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"
        assert customer.delete(AVATAR, headers={"If-Match": "x"}, expect=400).code == "invalid_if_match"

    def test_R73_the_audit_log_names_the_field(self, customer, server):
        images.send(customer, "PUT", AVATAR, images.jpeg(), expect=200)
        me = customer.get("/api/v1/users/me").data["id"]
        row = server.sql("SELECT action, details FROM audit_logs WHERE subject_id = %s ORDER BY id DESC LIMIT 1", me)[0]
        assert (row["action"], row["details"]) == ("user.update", {"fields": ["avatar"]})
