"""Images are part of a backup where they lie in the data folder."""
import io
import tarfile

import pytest
from archive import write_archive

from harness import images, people
from harness.client import Api

SERVICES = "/api/v1/services"


@pytest.fixture(scope="module")
def shown():
    """A business that shows a picture, and its backup."""
    from harness.process import Frontdesk
    server = Frontdesk().start()
    admin = Api(server, token=people.person(Api(server), "admin@demo.test").access_token)
    server.service = admin.get(SERVICES).data["items"][0]["id"]
    server.image = images.send(admin, "PUT", f"{SERVICES}/{server.service}/image", images.jpeg(), expect=200).data
    images.send(admin, "PUT", "/api/v1/users/me/avatar", images.jpeg(), expect=200)
    server.picture = admin.get(server.image["url"], expect=200).body
    server.backup = server.folder / "b.tar"
    server.run("backup", server.backup, check=True)
    yield server
    assert not server.close()


def test_they_come_back_as_they_were(shown, installations):
    other = installations()
    result = other.run("restore", shown.backup, check=True)
    files = len([path for path in (shown.data_dir / "media").rglob("*") if path.is_file()])
    assert f"Restored {files} files of images." in result.stdout
    other.start()
    api = Api(other)
    assert api.get(f"{SERVICES}/{shown.service}").data["image"] == shown.image
    assert api.get(shown.image["url"], expect=200).body == shown.picture
    avatar = Api(other, token=people.person(api, "admin@demo.test").access_token).get("/api/v1/users/me").data["avatar"]
    assert images.quarters(images.decoded(api.get(avatar["url"], expect=200).body)) == "rgbw"


def test_tar_can_read_them(shown):
    with tarfile.open(shown.backup) as archive:
        assert archive.getnames() == ["database.dump", "media.tar", "secrets.env", "manifest.json", "SHA256SUMS"]
        inner = tarfile.open(fileobj=io.BytesIO(archive.extractfile("media.tar").read()))
    assert inner.extractfile(f"public{shown.image['url'].removeprefix('/media')}").read() == shown.picture


@pytest.mark.parametrize("name", ["../secrets.env", "/tmp/x", "public/../../secrets.env", "public/.hidden", "public/X"])
def test_what_would_lead_elsewhere_is_refused(shown, installations, tmp_path, name):
    with tarfile.open(shown.backup) as archive:
        members = {each: archive.extractfile(each).read() for each in archive.getnames() if each != "SHA256SUMS"}
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as inner:
        header = tarfile.TarInfo(name)
        header.size = 1
        inner.addfile(header, io.BytesIO(b"x"))
    write_archive(tmp_path / "b.tar", members | {"media.tar": file.getvalue()})
    other = installations()
    result = other.run("restore", tmp_path / "b.tar")
    assert result.returncode == 1 and "images cannot be read" in result.stderr
    assert not (other.data_dir / "media").exists() or not list((other.data_dir / "media").iterdir())
