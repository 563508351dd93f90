"""What may be sent as an image, alone or in a form, and what is refused (R30, R31, R70)."""
import io
import os
import random
import struct
import time
import zipfile
import zlib

import pytest
from PIL import Image

from harness import images
from harness.service_images import SERVICES, manager, put, service  # noqa: F401


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
