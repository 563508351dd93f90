"""Images: what may be sent, what becomes of it, and how it is served (R19, R30, R70)."""
import concurrent.futures
import io
import os
import pathlib
import random
import re
import struct
import time
import zipfile
import zlib

import blurhash
import pytest
from PIL import Image, ImageChops, ImageStat

from harness import images, people
from harness.client import Api
from harness.contract import ONE_PIXEL

SERVICES = "/api/v1/services"
AVATAR = "/api/v1/users/me/avatar"


@pytest.fixture(scope="module")
def manager(server):
    return people.as_person(Api(server), people.with_role(Api(server), "manager"))


@pytest.fixture
def service(manager, server):
    category = manager.get("/api/v1/service-categories", expect=200).data["items"][0]["id"]
    made = manager.post(SERVICES, {"category_id": category, "name": "Mask", "price": {"amount": 2500}, "duration": 30}, expect=201).data
    yield made
    server.sql("DELETE FROM services WHERE id = %s", made["id"])


@pytest.fixture
def put(manager, service):
    """put(bytes) sends the picture of a service."""
    path = f"{SERVICES}/{service['id']}/image"
    return lambda image, content_type="image/jpeg", **options: images.send(manager, "PUT", path, image, content_type, **options)


def files_of(api, image):
    """{(width, extension): Pillow's image} of all that is served."""
    return {(source["width"], path.rpartition(".")[2]): images.decoded(api.get(path, token=False, expect=200).body)
            for source in image["sources"] for path in (source["webp"], source["jpeg"])}


class TestWhatBecomesOfAnImage:
    def test_R70_three_widths_in_two_formats(self, api, put):
        image = put(images.jpeg(2000, 1500), expect=200, query={"alt": "Four colours"}).data
        assert [source["width"] for source in image["sources"]] == list(images.WIDTHS)
        assert (image["width"], image["height"], image["alt"]) == (2000, 1500, "Four colours")
        assert image["url"] == image["sources"][-1]["jpeg"] and image["thumbnail_url"] == image["sources"][0]["jpeg"]
        for (width, extension), file in files_of(api, image).items():
            assert file.size == (width, width * 3 // 4)
            assert file.format == {"webp": "WEBP", "jpg": "JPEG"}[extension]
            assert images.quarters(file) == "rgbw"

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
    def test_R70_the_content_decides_what_it_is(self, api, put, format):
        image = put(images.encoded(images.picture(), format), "image/png", expect=200).data
        assert images.quarters(files_of(api, image)[320, "jpg"]) == "rgbw"

    def test_R70_nothing_is_enlarged(self, api, put):
        assert [s["width"] for s in put(images.jpeg(500, 400), expect=200).data["sources"]] == [320, 500]
        small = put(ONE_PIXEL, "image/png", expect=200).data
        assert [(s["width"], s["height"]) for s in small["sources"]] == [(1, 1)]

    def test_R70_the_narrow_and_the_wide(self, api, put):
        for size in ((12_000, 1), (1, 12_000), (3000, 20), (20, 3000)):
            image = put(images.encoded(images.picture(*size), "PNG"), expect=200).data
            assert (image["width"], image["height"]) == size
            for source in image["sources"]:
                assert source["width"] <= 1280 and source["height"] <= 2 * 1280
                assert images.decoded(api.get(source["webp"], token=False).body).size == (source["width"], source["height"])

    @pytest.mark.parametrize("orientation, turned", [(1, "rgbw"), (2, "grwb"), (3, "wbgr"), (4, "bwrg"), (5, "rbgw"), (6, "brwg"),
                                                     (7, "wgbr"), (8, "gwrb")])
    def test_R70_it_is_turned_upright(self, api, put, orientation, turned):
        exif = Image.Exif()
        exif[0x0112] = orientation
        image = put(images.jpeg(900, 600, exif=exif), expect=200).data
        assert (image["width"], image["height"]) == ((900, 600) if orientation < 5 else (600, 900))
        files = files_of(api, image)
        assert {images.quarters(file) for file in files.values()} == {turned}
        assert all((file.width > file.height) == (orientation < 5) for file in files.values())

    def test_R70_metadata_are_gone(self, api, put):
        exif = Image.Exif()
        exif[0x010E] = "Described by Ada Example"
        exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)}  # where she lives
        from PIL import ImageCms
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        sent = images.jpeg(800, 600, exif=exif, comment=b"Ada Example", icc_profile=profile)
        assert b"Ada Example" in sent and Image.open(io.BytesIO(sent)).getexif()
        image = put(sent, expect=200).data
        for source in image["sources"]:
            for path in (source["webp"], source["jpeg"]):
                body = api.get(path, token=False).body
                assert b"Ada" not in body and b"ICC_PROFILE" not in body and b"ICCP" not in body
                kept = images.decoded(body).getexif()  # libvips writes that it is upright, and how many pixels make an inch
                assert set(kept) <= {0x0112, 0x011A, 0x011B, 0x0128, 0x0213, 0x8769} and not kept.get_ifd(0x8825)

    def test_R70_cmyk_becomes_srgb(self, api, put):
        image = put(images.encoded(images.picture(700, 500, "CMYK")), expect=200).data
        for file in files_of(api, image).values():
            red, green, blue, white = (file.getpixel((file.width * x // 4, file.height * y // 4)) for y in (1, 3) for x in (1, 3))
            assert file.mode == "RGB" and min(white) > 230  # ink is duller than light, but as red, green or blue
            assert red[0] == max(red) > 180 and green[1] == max(green) > 120 and blue[2] == max(blue) > 90

    @pytest.mark.parametrize("mode, format", [("L", "JPEG"), ("L", "PNG"), ("1", "PNG"), ("P", "PNG"), ("I", "PNG"), ("LA", "PNG")])
    def test_R70_other_kinds_of_pixels(self, api, put, mode, format):
        image = put(images.encoded(images.picture(400, 300, "RGB").convert("L").convert(mode), format), expect=200).data
        assert {file.mode for file in files_of(api, image).values()} <= {"RGB", "RGBA"}

    def test_R70_what_is_transparent_is_white_where_it_must_be_something(self, api, put):
        image = images.picture(640, 480, "RGBA")
        image.putalpha(Image.new("L", image.size, 0))
        files = files_of(api, put(images.encoded(image, "PNG"), expect=200).data)
        assert images.quarters(files[640, "jpg"]) == "wwww"
        assert files[640, "webp"].mode == "RGBA" and files[640, "webp"].getpixel((10, 10))[3] == 0

    @pytest.mark.parametrize("format", ["WEBP", "PNG"])
    def test_R70_of_a_moving_one_the_first_frame(self, api, put, format):
        frames = [images.picture(400, 300)] + [Image.new("RGB", (400, 300), (0, 0, 0))] * 20
        sent = images.encoded(frames[0], format, save_all=True, append_images=frames[1:], duration=50)
        assert Image.open(io.BytesIO(sent)).n_frames > 1
        for file in files_of(api, put(sent, expect=200).data).values():
            assert images.quarters(file) == "rgbw" and getattr(file, "n_frames", 1) == 1

    def test_the_blurhash_is_what_the_reference_makes_of_it(self, put):
        for picture in (images.picture(32, 24), Image.effect_mandelbrot((40, 60), (-2, -1.5, 1, 1.5), 99).convert("RGB"), Image.new("RGB", (1, 1))):
            sent = images.encoded(picture, "PNG")  # small enough that its own pixels are what is hashed
            assert put(sent, expect=200).data["blurhash"] == blurhash.encode(io.BytesIO(sent), x_components=4, y_components=3)

    def test_the_blurhash_of_a_large_one_looks_like_it(self, api, put):
        image = put(images.jpeg(2000, 1500), expect=200).data
        expected = blurhash.encode(io.BytesIO(api.get(image["thumbnail_url"]).body), x_components=4, y_components=3)
        ours, reference = (blurhash.decode(hashed, 40, 30).convert("RGB") for hashed in (image["blurhash"], expected))
        # Made of another size of the same picture, it may be a step of the format's away, here and there.
        assert max(ImageStat.Stat(ImageChops.difference(ours, reference)).mean) < 12


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width, height):
    """A PNG of some kilobytes that says it has this size, and has."""
    compressor = zlib.compressobj(9)
    row = b"\0" * ((width + 7) // 8 + 1)
    data = b"".join(compressor.compress(row) for _ in range(height)) + compressor.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def zip_of(name, text):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, text)
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


class TestHostileImages:
    @pytest.mark.parametrize("name, bytes_", [
        ("svg", SVG), ("svg behind xml", b'<?xml version="1.0"?>' + SVG), ("gif", images.encoded(images.picture(9, 9, "P"), "GIF")),
        ("animated gif", images.encoded(images.picture(9, 9, "P"), "GIF", save_all=True, append_images=[images.picture(9, 9, "L")])),
        ("bmp", images.encoded(images.picture(9, 9), "BMP")), ("tiff", images.encoded(images.picture(9, 9), "TIFF")),
        ("pdf", b"%PDF-1.7\n"), ("html", b"<!doctype html><script>alert(1)</script>"), ("zip", zip_of("a", "b")), ("one byte", b"\xff"),
        ("jpeg's beginning", b"\xff\xd8\xff"), ("png's beginning", b"\x89PNG\r\n\x1a\n"), ("webp's beginning", b"RIFF\x10\0\0\0WEBPVP8 "),
        ("cut jpeg", images.jpeg(900, 600)[:3000]), ("cut progressive jpeg", images.jpeg(900, 600, progressive=True)[:3000]),
        ("cut png", images.encoded(Image.effect_noise((300, 300), 99), "PNG")[:20_000]), ("cut webp", images.encoded(images.picture(), "WEBP")[:200]),
        ("magick", b"push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://127.0.0.1/)'"), ("radiance", b"#?RADIANCE\n\n-Y 9 +X 9\n"),
        ("nothing but noughts", bytes(5000)),
    ], ids=lambda value: value if isinstance(value, str) else "bytes")
    def test_R70_is_422(self, put, server, name, bytes_):
        assert put(bytes_, expect=422).code == "image_unreadable"

    def test_R70_a_bomb_is_known_by_its_header(self, put):
        bomb = png_bomb(30_000, 30_000)
        assert len(bomb) < 200_000
        started = time.monotonic()
        assert put(bomb, "image/png", expect=422).code == "image_too_many_pixels"
        assert time.monotonic() - started < 30  # nothing was decoded: that takes minutes and gigabytes

    def test_R70_forty_megapixels_are_the_limit(self, put):
        assert put(png_bomb(8001, 5000), "image/png", expect=422).code == "image_too_many_pixels"
        assert put(png_bomb(8000, 5000), "image/png", expect=200).data["width"] == 8000

    @pytest.mark.parametrize("tail", [zip_of("x.html", "<script>alert(1)</script>"), b"<html><script>alert(1)</script></html>", b"<?php system('id');"],
                             ids=["zip", "html", "php"])
    def test_R70_of_two_in_one_the_image_alone_is_left(self, api, put, tail):
        image = put(images.jpeg(400, 300, comment=tail) + tail, expect=200).data
        for source in image["sources"]:
            for path in (source["webp"], source["jpeg"]):
                served = api.get(path, token=False)
                assert tail[:20] not in served.body and b"script" not in served.body and b"PK\x03\x04" not in served.body
                assert served.headers["X-Content-Type-Options"] == "nosniff"

    def test_R30_five_megabytes_are_the_limit(self, put):
        padded = images.jpeg(400, 300) + bytes(5 * 1024 * 1024)
        put(padded[:5 * 1024 * 1024], expect=200)
        assert put(padded[:5 * 1024 * 1024 + 1], expect=413).code == "body_too_large"
        body, headers = images.form(padded[:5 * 1024 * 1024 + 1])
        assert put(body, headers["Content-Type"], expect=413).code == "body_too_large"

    def test_R70_nothing_at_all(self, put):
        assert put(b"", expect=422).field_errors == {"image": "required"}
        assert put(None, expect=422).field_errors == {"image": "required"}

    @pytest.mark.parametrize("content_type", ["image/gif", "image/svg+xml", "image/avif", "application/json", "text/html", "application/octet-stream", "image/*", "",
                                              "image/jpeg; charset=utf-8", "image/jpeg, image/png", "multipart/mixed; boundary=a", None])
    def test_R30_other_media_types_are_415(self, put, content_type):
        assert put(images.jpeg(), content_type, expect=415).code == "unsupported_media_type"

    def test_R30_nothing_compressed(self, put):
        assert put(images.jpeg(), headers={"Content-Encoding": "gzip"}, expect=415).code == "unsupported_media_type"

    def test_R31_R70_a_thousand_broken_ones_are_no_fault(self, server, put):
        draw = random.Random(os.environ.get("FRONTDESK_TEST_SEED", "frontdesk"))
        originals = [images.encoded(images.picture(64, 48), format) for format in ("JPEG", "PNG", "WEBP")] + [images.jpeg(64, 48, progressive=True)]
        for _ in range(int(os.environ.get("FRONTDESK_TEST_BROKEN_IMAGES", "60"))):
            broken = bytearray(draw.choice(originals))
            for _ in range(draw.choice([1, 3, 10])):
                broken[draw.randrange(20, len(broken))] = draw.randrange(256)
            answer = put(bytes(broken[:draw.choice([len(broken), draw.randrange(20, len(broken))])]), expect=(200, 422))
            assert answer.status == 200 or answer.code in ("image_unreadable", "image_too_many_pixels")
        assert server.process.poll() is None


class TestForms:
    def test_as_browsers_send_it(self, manager, service):
        body, headers = images.form(images.jpeg(), alt="Ein Stuhl")
        path = f"{SERVICES}/{service['id']}/image"
        image = manager.request("PUT", path, body=body, headers=headers, expect=200).data
        assert image["alt"] == "Ein Stuhl" and image["width"] == 900

    @pytest.mark.parametrize("image, texts, field", [(None, {}, "image"), (None, {"alt": "x"}, "image"), (b"", {}, "image"), (b"x", {"title": "x"}, "title"),
                                                     (b"x", {"alt": "x" * 251}, "alt"), (b"x", {"alt": "a\nb"}, "alt"), (b"x", {"image": "x"}, "image")])
    def test_R17_what_a_form_must_not_be(self, put, image, texts, field):
        body, headers = images.form(image, **texts)
        assert list(put(body, headers["Content-Type"], expect=422).field_errors) == [field]

    @pytest.mark.parametrize("spoil", [lambda body: body[:-8], lambda body: b"x" + body, lambda body: body + b"x", lambda body: body.replace(b"form-data", b"attachment"),
                                       lambda body: body.replace(b"\r\n", b"\n")])
    def test_R30_what_is_no_form_is_400(self, put, spoil):
        body, headers = images.form(images.jpeg())
        assert put(spoil(body), headers["Content-Type"], expect=400).code == "malformed_body"
        assert put(body, "multipart/form-data", expect=400).code == "malformed_body"


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


class TestLimits:
    def test_R19_many_at_once_are_served_or_told_to_wait(self, start_server):
        server = start_server()
        who = [people.person(Api(server), "admin@demo.test").access_token, people.new_customer(Api(server)).access_token]

        def upload(number):
            return images.send(Api(server, token=who[number % 2]), "PUT", AVATAR, images.jpeg(600, 400), expect=(200, 503)).status

        with concurrent.futures.ThreadPoolExecutor(12) as threads:
            statuses = list(threads.map(upload, range(24)))
        assert 200 in statuses and 503 in statuses  # two at a time for each
        assert images.send(Api(server, token=who[0]), "PUT", AVATAR, images.jpeg(), expect=200)

    def test_R70_a_program_that_breaks_costs_a_422_and_a_line_in_the_log(self, start_server, tmp_path):
        server = start_server()
        api = Api(server, token=people.person(Api(server), "customer@demo.test").access_token)
        # What a decoder's bug would do: the program is gone in the middle of its work.
        stop = concurrent.futures.ThreadPoolExecutor(1).submit(kill_children_of, server.pid)
        answer = images.send(api, "PUT", AVATAR, images.encoded(Image.effect_noise((2400, 2000), 90), "PNG")[:5_000_000], expect=422)
        assert answer.code == "image_unreadable" and stop.result(20)
        give_up = time.monotonic() + 10
        while "frontdesk-image was ended by signal 9" not in server.log():
            assert time.monotonic() < give_up
            time.sleep(0.1)
        images.send(api, "PUT", AVATAR, images.jpeg(), expect=200)


def kill_children_of(pid, within_s=15):
    """Ends the first frontdesk-image that a server starts; whether there was one."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                try:
                    if os.readlink(f"/proc/{child}/exe").endswith("frontdesk-image"):
                        os.kill(child, 9)
                        return True
                except OSError:
                    continue
    return False
