"""What holds for every route: methods, headers, caching, CORS, bodies (R30, R31, R35, R36)."""
import gzip
import json
import re

import pytest

from harness import bookings
from harness.client import Api
from harness.contract import contract

OPERATIONS = list(contract().operations.values())
READS = [operation for operation in OPERATIONS if operation.method == "GET"]
UNKNOWN_ID = "0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
TIME_OF_DAY = {"Date", "X-Request-Id", "RateLimit"}


def methods_of(path):
    methods = {operation.method for operation in OPERATIONS if operation.path == path} | {"OPTIONS"}
    return methods | ({"HEAD"} if "GET" in methods else set())


def concrete(path):
    return re.sub(r"\{((\w+_)?id|token|key)\}", UNKNOWN_ID, path).replace("{date}", "2031-01-01").replace("{file}", "640.jpg")


@pytest.mark.parametrize("path", sorted({operation.path for operation in OPERATIONS}))
class TestMethods:
    def test_R31_other_methods_are_not_allowed(self, api, path):
        for method in sorted(METHODS - methods_of(path)):
            answer = api.request(method, concrete(path), expect=405)
            assert answer.code == "method_not_allowed" or method == "HEAD"
            assert {m.strip() for m in answer.headers["Allow"].split(",")} == methods_of(path)

    def test_options_says_what_there_is(self, api, path):
        answer = api.request("OPTIONS", concrete(path))
        assert answer.status == 204 and not answer.body
        assert {m.strip() for m in answer.headers["Allow"].split(",")} == methods_of(path)


@pytest.mark.parametrize("method", ["BREW", "TRACE", "PROPFIND", "get", "M-SEARCH"])
def test_R31_unknown_methods_are_not_implemented_or_not_allowed(api, method):
    answer = api.request(method, "/api/v1/settings", expect=(405, 501))
    assert answer.code in ("method_not_allowed", "not_implemented")


@pytest.mark.parametrize("path", ["/nothing", "/api", "/api/v1", "/api/v1/", "/api/v2/services", "/api/v1/services/", "//",
                                  "/api//v1/services", "/API/v1/services", "/api/v1/services/x/y", "/docs/none.js", "/metrics",
                                  "/healthz/", "/api/v1/%73ervices%2F", "/.env", "/api/v1/../v1/services", "/docs/../openapi.json"])
def test_R31_there_is_nothing_elsewhere(api, path):
    assert api.get(path, expect=404).code == "not_found"


@pytest.mark.parametrize("operation", READS, ids=lambda o: o.id)
def test_head_is_get_without_the_body(api, customer, operation):
    path = concrete(operation.path)
    got, head = customer.get(path), customer.request("HEAD", path)
    assert head.status == got.status and head.body == b""
    ignored = TIME_OF_DAY if operation.id != "getDevelopmentInbox" else TIME_OF_DAY | {"Content-Length"}
    assert {k: v for k, v in head.headers.pairs if k not in ignored} == {k: v for k, v in got.headers.pairs if k not in ignored}


def readable(api, operation):
    """An address at which the operation answers 200."""
    if not operation.path.startswith("/api/v1/availability"):
        return operation.path
    service = bookings.single_service(api)["id"]
    days = f"&from={bookings.days_from(3)}&to={bookings.days_from(9)}" if operation.id == "getAvailability" else ""
    return f"{operation.path}?service_id={service}{days}"


class TestCaching:
    # Files of images have tests of their own (test_image_files.py): their tags are strong, and nothing packs them again.
    CACHED = [operation for operation in READS if 304 in operation.statuses and "{" not in operation.path]

    @pytest.mark.parametrize("operation", CACHED, ids=lambda o: o.id)
    def test_R35_an_etag_saves_the_body(self, api, operation):
        path = readable(api, operation)
        first = api.get(path, expect=200)
        tag = first.headers["ETag"]
        assert re.fullmatch(r'W/"[!-~]+"', tag)
        for sent in (tag, f'"other", {tag}', "*", tag.removeprefix("W/")):
            again = api.get(path, headers={"If-None-Match": sent}, expect=304)
            assert again.headers["ETag"] == tag
        for sent in ('W/"other"', '"', "nonsense", "W/"):
            assert api.get(path, headers={"If-None-Match": sent}, expect=200).body == first.body

    @pytest.mark.parametrize("list_path", ["/api/v1/service-categories", "/api/v1/services", "/api/v1/staff"])
    def test_R35_an_etag_of_a_single_thing(self, api, list_path):
        one = f"{list_path}/{api.get(list_path).data['items'][0]['id']}"
        paths = [one, f"{one}/working-hours"] if list_path.endswith("staff") else [one]
        for path in paths:
            tag = api.get(path, expect=200).headers["ETag"]
            api.get(path, headers={"If-None-Match": tag}, expect=304)

    def test_R35_the_tag_changes_with_the_content(self, api, server):
        first = api.get("/api/v1/settings").headers["ETag"]
        name = server.sql("SELECT name FROM settings")[0]["name"]
        server.sql("UPDATE settings SET name = 'Elsewhere'")
        try:
            changed = api.get("/api/v1/settings", headers={"If-None-Match": first}, expect=200)
            assert changed.data["name"] == "Elsewhere" and changed.headers["ETag"] != first
        finally:
            server.sql("UPDATE settings SET name = %s", name)

    @pytest.mark.parametrize("operation", CACHED, ids=lambda o: o.id)
    def test_R35_public_reading_is_compressed(self, api, operation):
        path = readable(api, operation)
        plain = api.get(path, expect=200)
        packed = api.get(path, headers={"Accept-Encoding": "gzip"}, expect=200)
        assert packed.content == plain.content
        if operation.id == "getNextAvailability":
            assert "Content-Encoding" not in packed.headers, "it is made anew for each request"
            return
        assert "accept-encoding" in packed.headers.get("Vary", "").lower()
        if packed.headers.get("Content-Encoding"):
            assert len(packed.body) < len(plain.body) and gzip.decompress(packed.body) == plain.body
        refused = api.get(path, headers={"Accept-Encoding": "gzip;q=0"}, expect=200)
        assert "Content-Encoding" not in refused.headers

    def test_R35_what_is_behind_a_token_is_never_compressed(self, customer):
        answer = customer.get("/api/v1/users/me", headers={"Accept-Encoding": "gzip"}, expect=200)
        assert "Content-Encoding" not in answer.headers


class TestCors:
    ORIGIN = "https://app.example.test"
    PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}

    @pytest.fixture(scope="class")
    def cors(self):
        from harness.process import Frontdesk
        frontdesk = Frontdesk(demo=False, cors_origins=self.ORIGIN)
        yield Api(frontdesk.start())
        assert frontdesk.close() is None

    def test_R36_the_listed_origin(self, cors):
        answer = cors.get("/api/v1/settings", headers={"Origin": self.ORIGIN}, expect=200)
        assert answer.headers["Access-Control-Allow-Origin"] == self.ORIGIN
        assert "origin" in answer.headers["Vary"].lower()
        preflight = cors.request("OPTIONS", "/api/v1/auth/login", headers={"Origin": self.ORIGIN} | self.PREFLIGHT)
        assert preflight.status == 204
        assert preflight.headers["Access-Control-Allow-Origin"] == self.ORIGIN
        assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
        assert "authorization" in preflight.headers["Access-Control-Allow-Headers"].lower()

    @pytest.mark.parametrize("origin", ["null", "https://app.example.test.evil.test", "http://app.example.test", "https://APP.example.test:443",
                                        "https://app.example.test/", "https://evil.test", "*", ""])
    def test_R36_any_other_origin_gets_nothing(self, cors, origin):
        for answer in (cors.get("/api/v1/settings", headers={"Origin": origin}),
                       cors.request("OPTIONS", "/api/v1/auth/login", headers={"Origin": origin} | self.PREFLIGHT)):
            assert not [name for name, _ in answer.headers.pairs if name.lower().startswith("access-control")]

    def test_R36_refusals_may_be_read_by_the_listed_origin_too(self, cors):
        answer = cors.get("/api/v1/users/me", headers={"Origin": self.ORIGIN}, expect=401)
        assert answer.headers["Access-Control-Allow-Origin"] == self.ORIGIN


class TestBodies:
    LOGIN = "/api/v1/auth/login"
    VALID = json.dumps({"email": "nobody@example.test", "password": "not a password"})

    @pytest.mark.parametrize("body", [
        "{", "}", "", "nul", "{'a':1}", '{"a":1,}', '{"a":1}x', "\ufeff{}", '{"a":NaN}', '{"a":01}', '{"a":1e999}', "[" * 33 + "]" * 33,
        '{"a":' * 40 + "1" + "}" * 40, '{"email":"a","email":"b"}', '{"a":{"b":1,"b":2}}', '{"a":"\\u0000"}', '{"a":"\\ud800"}',
        '{"a":"\\udc00\\ud800"}', b'{"a":"\xff"}', b'{"a":"\xc0\xaf"}', b'{"a":"\xed\xa0\x80"}', b'{"a":"\xf4\x90\x80\x80"}', '{"a":"\t"}',
        '{"a":/*c*/1}', '{"a":123456789012345678901234567890}'], ids=lambda b: repr(b)[:24])
    def test_R30_bodies_that_are_no_json(self, api, body):
        answer = api.post(self.LOGIN, body=body)
        assert (answer.status, answer.code) in [(400, "malformed_json"), (422, "validation_failed")]
        if body not in ("", '{"a":123456789012345678901234567890}', "\ufeff{}"):
            assert answer.status == 400

    @pytest.mark.parametrize("body", ["[]", "1", '"x"', "true"])
    def test_R30_bodies_that_are_no_object(self, api, body):
        assert api.post(self.LOGIN, body=body, expect=422).code == "validation_failed"

    @pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "application/jsonp",
                                            "application/json, text/plain", "multipart/form-data; boundary=x", "application/json; charset=latin1", "json", None])
    def test_R30_other_media_types(self, api, media_type):
        answer = api.post(self.LOGIN, body=self.VALID, headers={"Content-Type": media_type}, expect=415)
        assert answer.code == "unsupported_media_type"

    @pytest.mark.parametrize("media_type", ["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8",
                                            "APPLICATION/JSON", 'application/json; charset="utf-8"'])
    def test_R30_spellings_of_json(self, api, media_type):
        assert api.post(self.LOGIN, body=self.VALID, headers={"Content-Type": media_type}).status in (401, 429)

    @pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, identity"])
    def test_R30_compressed_bodies(self, api, encoding):
        body = gzip.compress(self.VALID.encode())
        assert api.post(self.LOGIN, body=body, headers={"Content-Encoding": encoding}, expect=415).code == "unsupported_media_type"

    def test_R30_100_kilobytes_and_not_one_byte_more(self, api):
        def padded(size):
            return self.VALID[:-1] + " " * (size - len(self.VALID)) + "}"
        assert api.post(self.LOGIN, body=padded(100 * 1024)).status in (401, 429)
        assert api.post(self.LOGIN, body=padded(100 * 1024 + 1), expect=413).code == "body_too_large"

    def test_R30_thirty_two_levels(self, api):
        def nested(levels):
            return '{"a":' * (levels - 1) + "{}" + "}" * (levels - 1)
        assert api.post(self.LOGIN, body=nested(32), expect=422).field_errors["a"] == "unknown_field"
        assert api.post(self.LOGIN, body=nested(33), expect=400).code == "malformed_json"


class TestRequestIds:
    def test_every_request_has_its_own(self, api):
        ids = {api.get("/healthz").headers["X-Request-Id"] for _ in range(20)}
        assert len(ids) == 20

    def test_a_callers_id_is_not_echoed_unseen(self, api):
        sent = "evil\u00e9".encode("latin-1").decode("latin-1")
        answer = api.get("/healthz", headers={"X-Request-Id": "<script>alert(1)</script>"})
        assert "<" not in answer.headers["X-Request-Id"] and sent not in answer.headers["X-Request-Id"]

    def test_R33_the_log_names_it(self, server, api):
        import time
        request_id = api.get("/api/v1/settings").headers["X-Request-Id"]
        give_up = time.monotonic() + 5
        while request_id not in server.log() and time.monotonic() < give_up:
            time.sleep(0.05)
        lines = [json.loads(line) for line in server.log().splitlines() if request_id in line]
        assert len(lines) == 1
