"""What becomes of an image that is sent: sizes, formats, orientation, metadata, blurhash (R70)."""
import io

import blurhash
import pytest
from PIL import Image, ImageChops, ImageStat

from harness import images
from harness.contract import ONE_PIXEL
from harness.service_images import manager, put, service  # noqa: F401


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
