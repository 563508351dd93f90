"""Each refusal that the document lists for many operations, produced for each of them."""
import json
import uuid

import pytest

from harness import bookings, images, people
from harness.client import Api
from harness.contract import contract

OPERATIONS = list(contract().operations.values())


def concrete(operation, id=None):
    return operation.at(id or str(uuid.uuid4()))


def listing(status, code=None, but=()):
    """Operations that document a status (with this code)."""
    found = [operation for operation in OPERATIONS if status in operation.statuses and operation.id not in but
             and (code is None or code in contract().codes_of(operation, status))]
    assert found
    return pytest.mark.parametrize("operation", found, ids=lambda o: o.id)


@pytest.fixture
def caller(api, customer, admin):
    """The client that gets past the door of an operation."""
    return lambda operation: admin if operation.permission else customer if operation.needs_login else api


@listing(400, "malformed_json")
def test_R30_malformed_json(caller, operation):
    answer = caller(operation).request(operation.method, concrete(operation), body='{"a":', expect=400)
    assert answer.code == "malformed_json"


@listing(401, "unauthenticated")
def test_R12_without_a_token(api, operation):
    assert api.request(operation.method, concrete(operation), **operation.example_request(), expect=401).code == "unauthenticated"


@listing(404, but=["registerDevice"])  # whose client makes the id
def test_R16_an_unknown_id(api, caller, operation):
    client, query, request = caller(operation), None, operation.example_request()
    body = request.get("json_body")
    if "{" not in operation.path:
        query = {"service_id": str(uuid.uuid4())}
        if operation.id == "getAvailability":
            query |= {"from": bookings.days_from(1), "to": bookings.days_from(2)}
    elif body and "staff_id" in body:
        body["staff_id"] = bookings.services(api)[0]["staff_ids"][0]
    answer = client.request(operation.method, concrete(operation), **request, query=query, expect=404)
    assert answer.code == "not_found"


@listing(413)
def test_R30_a_body_that_is_too_large(caller, operation):
    request = {"body": "x" * 200_000}
    if operation.takes_image:
        request = operation.example_request() | {"body": b"x" * 5_500_000}
    if operation.takes_form:
        request = operation.example_request() | {"body": b"x" * 200_000}
    answer = caller(operation).request(operation.method, concrete(operation), **request, expect=413)
    assert answer.code == "body_too_large"


@listing(415)
def test_R30_a_body_of_another_kind(caller, operation):
    kind = "application/json" if operation.takes_form else "application/x-www-form-urlencoded"
    answer = caller(operation).request(operation.method, concrete(operation), body="a=b", expect=415, headers={"Content-Type": kind})
    assert answer.code == "unsupported_media_type"


@listing(422, "validation_failed")
def test_R17_an_unknown_field(caller, operation):
    client = caller(operation)
    if operation.takes_body:
        answer = client.request(operation.method, concrete(operation), expect=422,
                                json_body=operation.example_body() | {"colour": "blue"})
    else:
        answer = client.request(operation.method, concrete(operation), **operation.example_request(),
                                query={"colour": "blue"}, expect=422)
    assert answer.code == "validation_failed" and answer.field_errors["colour"] == "unknown_field"


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.takes_body], ids=lambda o: o.id)
def test_every_required_field_is_named_when_it_is_missing(caller, operation):
    schema = contract().resolve(operation.spec["requestBody"]["content"]["application/json"]["schema"])
    body = operation.example_body()
    for field in schema.get("required", []):
        answer = caller(operation).request(operation.method, concrete(operation), expect=422,
                                           json_body={k: v for k, v in body.items() if k != field})
        assert answer.field_errors[field] == "required"
    for field in schema["properties"]:
        wrong = caller(operation).request(operation.method, concrete(operation), json_body=body | {field: {"a": []}}, expect=422)
        assert any(named == field or named.startswith(f"{field}.") for named in wrong.field_errors)


class TestRateLimits:
    """R20, on servers whose allowances are small."""

    @pytest.fixture(scope="class")
    def strict(self):
        from harness.process import Frontdesk
        frontdesk = Frontdesk(rate_limit="3/15m", rate_limit_user="3/15m", login_limit="1/15m", code_limit="1/15m",
                              image_limit="1/15m")
        yield frontdesk.start()
        assert frontdesk.close() is None

    @pytest.fixture(scope="class")
    def token(self, strict):
        """Of somebody whose allowance is used up; from an address of its own."""
        api = Api(strict, source_address="127.0.1.1")
        token = people.person(api, "customer@demo.test").access_token
        for _ in range(3):
            api.get("/api/v1/users/me", token=token, expect=200)
        return token

    @listing(429)
    def test_R20_every_counted_operation(self, strict, token, operation):
        api = Api(strict, token=token if operation.needs_login else None, source_address="127.0.1.2")
        for _ in range(5):
            answer = api.request(operation.method, concrete(operation), **operation.example_request())
            if answer.status == 429:
                break
        assert answer.code == "rate_limited" and 1 <= int(answer.headers["Retry-After"]) <= 900
        assert int(answer.headers["RateLimit"].split("r=")[1].split(";")[0]) == 0

    def test_R20_addresses_are_counted_apart(self, strict):
        for last in (11, 12):
            api = Api(strict, source_address=f"127.0.2.{last}")
            assert [api.get("/api/v1/settings").status for _ in range(4)] == [200, 200, 200, 429]

    def test_R20_files_that_are_not_there_count_by_themselves(self, strict):
        api = Api(strict, source_address="127.0.2.21")
        assert [api.get(f"/media/{uuid.uuid4()}/320.jpg").status for _ in range(4)] == [404, 404, 404, 429]
        assert api.get("/api/v1/settings").status == 200

    def test_R20_images_that_are_sent_count_by_themselves(self, strict):
        api = Api(strict, source_address="127.0.2.22")
        api = Api(strict, token=people.person(api, "staff@demo.test").access_token, source_address="127.0.2.22")
        statuses = [images.send(api, "PUT", "/api/v1/users/me/avatar", images.jpeg(40, 30), expect=(200, 429)).status for _ in range(2)]
        assert statuses == [200, 429]

    def test_R20_pages_and_health_are_not_counted(self, strict):
        api = Api(strict, source_address="127.0.3.1")
        for path in ("/healthz", "/readyz", "/openapi.json", "/docs", "/"):
            for _ in range(5):
                assert "RateLimit" not in api.get(path, expect=200).headers

    def test_R20_an_invalid_token_counts_for_the_address_before_the_body_is_read(self, strict):
        api = Api(strict, token="nonsense", source_address="127.0.4.1")
        statuses = [api.post("/api/v1/appointments", body="x" * 50).status for _ in range(4)]
        assert statuses == [401, 401, 401, 429]

    def test_R20_what_is_left_is_said(self, strict):
        api = Api(strict, source_address="127.0.5.1")
        left = [api.get("/api/v1/settings").headers["RateLimit"] for _ in range(3)]
        assert [value.split("r=")[1].split(";")[0] for value in left] == ["2", "1", "0"]
        policy = api.get("/api/v1/settings", expect=429).headers["RateLimit-Policy"]
        assert "q=3" in policy and "w=900" in policy

    def test_R21_forwarded_addresses_of_strangers_do_not_count(self, strict):
        api = Api(strict, source_address="127.0.6.1")
        statuses = [api.get("/api/v1/settings", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status for n in range(4)]
        assert statuses == [200, 200, 200, 429]

    def test_R20_a_database_call_is_not_made_for_a_refused_request(self, strict):
        api = Api(strict, source_address="127.0.7.1")
        before = attempts(strict)
        api.post("/api/v1/auth/login", {"email": "a@example.test", "password": "x"}, expect=401)
        for _ in range(3):
            api.post("/api/v1/auth/login", {"email": "a@example.test", "password": "x"}, expect=429)
        assert attempts(strict) == before + 1


def attempts(server):
    return server.sql("SELECT count(*) FROM login_attempts")[0]["count"]


def test_R21_behind_a_trusted_proxy_the_first_untrusted_from_the_right_counts(start_server):
    frontdesk = start_server(demo=False, rate_limit="2/15m", trusted_proxies="127.0.0.0/8,10.0.0.0/8")
    api = Api(frontdesk)

    def statuses(forwarded, times=3):
        return [api.get("/api/v1/settings", headers={"X-Forwarded-For": forwarded}).status for _ in range(times)]

    assert statuses("203.0.113.1") == [200, 200, 429]
    assert statuses("198.51.100.9, 203.0.113.1", 1) == [429], "what stands further left was made up by the client"
    assert statuses("203.0.113.2, 10.1.2.3") == [200, 200, 429]
    assert statuses("2001:db8::1") == [200, 200, 429]
    assert statuses("2001:db8::2", 1) == [429], "one /64, one client"
    assert statuses("2001:db8:0:1::2", 1) == [200]
    for hostile in ("not an address", "203.0.113.7:80:80", ",,,", "x" * 3000, json.dumps({"a": 1})):
        assert set(statuses(hostile, 1)) <= {200, 429}
