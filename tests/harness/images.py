"""Images to send, and what a client makes of those that are served."""
import io
import uuid

from PIL import Image, ImageDraw

WIDTHS = (320, 640, 1280)


def encoded(image, format="JPEG", **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def picture(width=900, height=600, mode="RGB"):
    """Red, green, blue and white quarters, so that a turn shows."""
    image = Image.new("RGB", (width, height), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), (255, 0, 0))
    draw.rectangle((width // 2, 0, width, height // 2 - 1), (0, 255, 0))
    draw.rectangle((0, height // 2, width // 2 - 1, height), (0, 0, 255))
    return image.convert(mode)


def jpeg(*arguments, **options):
    return encoded(picture(*arguments), **options)


def decoded(bytes_):
    image = Image.open(io.BytesIO(bytes_))
    image.load()
    return image


def quarters(image):
    """The colours of the four quarters as letters, the upper ones first: `rgbw`."""
    image = image.convert("RGB")
    names = {(1, 0, 0): "r", (0, 1, 0): "g", (0, 0, 1): "b", (1, 1, 1): "w", (0, 0, 0): "k"}
    return "".join(names.get(tuple(int(part > 127) for part in image.getpixel((image.width * x // 4, image.height * y // 4))), "?")
                   for y in (1, 3) for x in (1, 3))


def form(file, content_type="image/jpeg", **texts):
    """(body, headers) as a browser sends them."""
    boundary = uuid.uuid4().hex
    parts = [(f'name="{name}"', "", text.encode()) for name, text in texts.items()]
    if file is not None:
        parts.append(('name="image"; filename="me.jpg"', f"Content-Type: {content_type}\r\n", file))
    body = b"".join(f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n{more}\r\n".encode() + content + b"\r\n"
                    for disposition, more, content in parts) + f"--{boundary}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def send(api, method, path, image, content_type="image/jpeg", **options):
    headers = {"Content-Type": content_type} | options.pop("headers", {})
    return api.request(method, path, body=image, headers=headers, **options)
