"""How the files of images are served: caching, ranges, addresses that do not exist, a broken folder."""
import pytest

from harness import images, people
from harness.client import Api
from harness.service_images import SERVICES, manager, put, service  # noqa: F401


class TestServing:
    @pytest.fixture
    def url(self, put):
        return put(images.jpeg(), expect=200).data["url"]

    def test_it_may_be_kept_for_good(self, api, url):
        answer = api.get(url, expect=200)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"] == "image/jpeg" and answer.headers["Accept-Ranges"] == "bytes"
        assert "RateLimit" not in answer.headers and "Content-Encoding" not in answer.headers
        assert "Content-Encoding" not in api.get(url, headers={"Accept-Encoding": "gzip"}).headers
        tag = answer.headers["ETag"]
        assert tag.startswith('"')
        known = api.get(url, headers={"If-None-Match": tag}, expect=304)
        assert known.headers["ETag"] == tag and known.headers["Cache-Control"] == answer.headers["Cache-Control"]
        api.get(url, headers={"If-None-Match": tag, "Range": "bytes=0-9"}, expect=304)
        head = api.request("HEAD", url, expect=200)
        assert head.headers["Content-Length"] == str(len(answer.body))
        webp = api.get(url.replace(".jpg", ".webp"), expect=200)
        assert webp.headers["Content-Type"] == "image/webp" and webp.headers["ETag"] != tag

    def test_parts_of_it(self, api, url):
        whole = api.get(url).body
        for range_, part in (("bytes=0-99", whole[:100]), ("bytes=100-", whole[100:]), ("bytes=-50", whole[-50:])):
            answer = api.get(url, headers={"Range": range_}, expect=206)
            assert answer.body == part and answer.headers["Content-Range"].endswith(f"/{len(whole)}")
        assert api.get(url, headers={"Range": "bytes=0-1,5-6"}, expect=200).body == whole
        assert api.get(url, headers={"Range": "bytes=0-9", "If-Range": '"other"'}, expect=200).body == whole
        behind = api.get(url, headers={"Range": f"bytes={len(whole)}-"}, expect=416)
        assert behind.code == "range_not_satisfiable" and behind.headers["Content-Range"] == f"bytes */{len(whole)}"

    def test_what_is_not_there(self, api, url):
        key = url.split("/")[2]
        for path in (f"/media/{key}/641.jpg", f"/media/{key}/0640.jpg", f"/media/{key}/640.png", f"/media/{key}/640", f"/media/{key}/.jpg", f"/media/{key}/..%2f640.jpg",
                     f"/media/{key}/%2e%2e", f"/media/{key}/640.jpg.part", f"/media/{key}", f"/media/{key}/", f"/media/{key}/640.jpg/", "/media/x/640.jpg",
                     f"/media/public/{key}/640.jpg", "/media/00000000-0000-0000-0000-000000000000/640.jpg", f"/media/{key}/640.JPG", f"/media/{key}/٦٤٠.jpg".encode().decode("latin-1")):
            if path.isascii():
                assert api.get(path, expect=404).code == "not_found"
        assert api.post(url, expect=405).code == "method_not_allowed"

    def test_a_token_is_not_even_looked_at(self, api, url):
        api.get(url, token="nonsense", expect=200)

    def test_a_folder_that_cannot_be_read_is_503(self, start_server):
        server = start_server()
        api = Api(server, token=people.person(Api(server), "admin@demo.test").access_token)
        service = api.get(SERVICES).data["items"][0]["id"]
        url = images.send(api, "PUT", f"{SERVICES}/{service}/image", images.jpeg(), expect=200).data["url"]
        file = next((server.data_dir / "media").rglob(url.rpartition("/")[2]))
        file.rename(file.with_suffix(".moved"))
        file.symlink_to(file)  # root reads whatever it likes, but no loop
        assert api.get(url, expect=503).code == "unavailable"
        media = server.data_dir / "media"
        media.rename(media.with_suffix(".moved"))
        media.symlink_to(media)
        assert images.send(api, "PUT", f"{SERVICES}/{service}/image", images.jpeg(), expect=503).code == "unavailable"
        api.get("/readyz", expect=200)
