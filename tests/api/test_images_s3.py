"""Images in S3, against Ceph's RadosGW, which checks signatures; and Debian's boto3 reads what we wrote."""
import os
import pathlib
import subprocess
import urllib.error
import urllib.request

import pytest

from harness import images, people, radosgw
from harness.client import Api
from harness.process import binary

AVATAR = "/api/v1/users/me/avatar"
SERVICES = "/api/v1/services"
BUCKET = "frontdesk-test"
PREFIX = "Größe & co + más/日本 #1/"


@pytest.fixture(scope="module")
def s3():
    if reason := radosgw.why_not():
        pytest.skip(reason)
    gateway = radosgw.RadosGateway()
    try:
        gateway.start().client().create_bucket(Bucket=BUCKET)
        yield gateway
    finally:
        gateway.stop()


def settings(s3, **more):
    return {"s3_endpoint": s3.endpoint, "s3_bucket": BUCKET, "s3_access_key": s3.access_key, "s3_secret_key": s3.secret_key} | more


@pytest.fixture(scope="module")
def server(s3):
    from harness.process import Frontdesk
    frontdesk = Frontdesk(**settings(s3, s3_prefix=PREFIX))
    yield frontdesk.start()
    assert frontdesk.close() is None


@pytest.fixture
def admin(server):
    return people.as_person(Api(server), people.person(Api(server), "admin@demo.test"))


def objects(s3):
    return {item["Key"]: item["Size"] for item in s3.client().list_objects_v2(Bucket=BUCKET).get("Contents", [])}


def test_R70_what_is_stored_is_what_is_served_and_what_boto3_reads(s3, server, admin):
    service = admin.get(SERVICES).data["items"][0]["id"]
    image = images.send(admin, "PUT", f"{SERVICES}/{service}/image", images.jpeg(2000, 1500), expect=200).data
    for source in image["sources"]:
        for path, type_ in ((source["webp"], "image/webp"), (source["jpeg"], "image/jpeg")):
            served = admin.get(path, token=False, expect=200)
            assert served.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            kept = s3.client().get_object(Bucket=BUCKET, Key=f"{PREFIX}public{path.removeprefix('/media')}")
            assert kept["Body"].read() == served.body and kept["ContentType"] == type_ == served.media_type
            assert images.quarters(images.decoded(served.body)) == "rgbw"
    assert not (server.data_dir / "media").exists()


def test_R16_nobody_reads_the_bucket_itself(s3, server, admin):
    images.send(admin, "PUT", AVATAR, images.jpeg(), expect=200)
    keys = objects(s3)
    assert any(key.startswith(f"{PREFIX}private/") for key in keys)
    for key in keys:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{s3.endpoint}/{BUCKET}/{urllib.request.quote(key)}")
        assert refused.value.code == 403


def test_an_absent_picture_is_404(server, admin):
    admin.get("/media/00000000-0000-0000-0000-000000000000/320.jpg", expect=404)


def test_R71_the_store_away_is_503_and_costs_nothing_else(start_server, s3):
    server = start_server(**settings(s3, s3_endpoint="http://127.0.0.1:9"))
    api = Api(server, token=people.person(Api(server), "admin@demo.test").access_token)
    assert images.send(api, "PUT", AVATAR, images.jpeg(), expect=503).code == "unavailable"
    assert api.get("/media/00000000-0000-0000-0000-000000000000/320.jpg", expect=503).code == "unavailable"
    assert api.get("/api/v1/users/me", expect=200).data["avatar"] is None
    api.get("/readyz", expect=200)


def test_a_wrong_secret_is_503_and_the_log_says_why(start_server, s3):
    server = start_server(**settings(s3, s3_secret_key="wrong"))
    api = Api(server, token=people.person(Api(server), "admin@demo.test").access_token)
    images.send(api, "PUT", AVATAR, images.jpeg(), expect=503)
    server.stop()
    assert "403 SignatureDoesNotMatch" in server.log() and s3.secret_key not in server.log()


def test_the_doctor_tries_it(s3, server):
    looked = server.run("doctor")
    assert f"bucket {BUCKET}" in looked.stdout
    wrong = server.run("doctor", s3_secret_key="wrong")
    assert wrong.returncode != 0 and "SignatureDoesNotMatch" in wrong.stdout
    assert not [key for key in objects(s3) if "doctor" in key]


def test_check_config_shows_no_secret(s3, server):
    shown = server.run("check-config", check=True, s3_session_token="temporary").stdout
    assert f"FRONTDESK_S3_BUCKET={BUCKET}\n" in shown and "FRONTDESK_S3_SECRET_KEY=(set)\n" in shown
    assert s3.secret_key not in shown and "temporary" not in shown


def test_the_store_by_itself(s3, tmp_path):
    """storage_test's cases against a live S3: wrong secrets, wrong clocks, strange names, presigned URLs."""
    program = pathlib.Path(binary()).parent / "storage_test"
    if not program.exists():
        pytest.skip(f"{program} is not built")
    url = tmp_path / "url"
    environment = os.environ | {"FRONTDESK_TEST_S3_ENDPOINT": s3.endpoint, "FRONTDESK_TEST_S3_BUCKET": BUCKET, "FRONTDESK_TEST_S3_ACCESS_KEY": s3.access_key,
                                "FRONTDESK_TEST_S3_SECRET_KEY": s3.secret_key, "FRONTDESK_TEST_S3_URL_FILE": str(url)}
    done = subprocess.run([program, "--gtest_filter=S3StoreTest.*"], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "SKIPPED" not in done.stdout, done.stdout[-5000:] + done.stderr[-5000:]
    with urllib.request.urlopen(url.read_text()) as answer:
        assert answer.read() == b"what is behind it"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url.read_text().replace("presigned/a", "presigned/b"))
    assert refused.value.code == 403
