"""A thin HTTP client that shows an answer as it came, and holds each one against the contract."""
import gzip
import http.client
import itertools
import json
import time
import urllib.parse

from harness.contract import contract
from harness.coverage import record
from harness.envelope import check_envelope

TIMEOUT_S = 40


class Headers:
    """Names in any case; a repeated field stays repeated in `all`."""

    def __init__(self, pairs):
        self.pairs = list(pairs)

    def all(self, name):
        return [value for key, value in self.pairs if key.lower() == name.lower()]

    def __contains__(self, name):
        return bool(self.all(name))

    def __getitem__(self, name):
        return ", ".join(self.all(name))

    def get(self, name, default=None):
        return self[name] if name in self else default


class Answer:
    def __init__(self, method, status, headers, body):
        self.is_head = method == "HEAD"
        self.status = status
        self.headers = Headers(headers)
        self.body = body

    @property
    def content(self):
        """The body without its Content-Encoding."""
        return gzip.decompress(self.body) if self.headers.get("Content-Encoding") == "gzip" and self.body else self.body

    @property
    def text(self):
        return self.content.decode("utf-8")

    @property
    def media_type(self):
        return self.headers.get("Content-Type", "").split(";")[0].strip()

    @property
    def json(self):
        return json.loads(self.text, object_pairs_hook=without_duplicates)

    @property
    def _envelope(self):
        if self.media_type != "application/json" or not self.body:
            return {}
        value = self.json
        return value if isinstance(value, dict) else {}

    @property
    def data(self):
        return self._envelope.get("data")

    @property
    def code(self):
        return self._envelope.get("code")

    @property
    def details(self):
        return self._envelope.get("details")

    @property
    def field_errors(self):
        """{field: code} of `errors`."""
        return {error["field"]: error["code"] for error in self._envelope.get("errors", [])}

    def __repr__(self):
        return f"<{self.status} {self.body[:300]!r}>"


def without_duplicates(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"a key occurs twice among {keys}"
    return dict(pairs)


class Api:
    """Speaks to a server over one connection; where it has peers, to one after the other, or only to
    the `instances` that are named. With `token` every request carries it."""

    def __init__(self, server, token=None, source_address=None, instances=None):
        self.server = server
        self.instances = instances
        self.token = token
        self.source_address = source_address
        self.elapsed_s = None  # of the last exchange, from the first byte sent to the last received
        self._connections = {}  # by instance
        self._turns = itertools.count()

    def request(self, method, path, *, json_body=None, body=None, headers=None, token=None, query=None,
                expect=None):
        """One exchange. `json_body` becomes the body; `body` is sent as it is. `token` False sends
        none. `expect` is the status, or several, that the caller goes on with."""
        fields = {"Accept": "application/json"}
        token = self.token if token is None else token
        if token:
            fields["Authorization"] = f"Bearer {token}"
        if json_body is not None:
            body = json.dumps(json_body)
        if body is not None:
            fields["Content-Type"] = "application/json"
        fields |= headers or {}
        fields = {name: value for name, value in fields.items() if value is not None}
        if query:
            path += "?" + urllib.parse.urlencode(query)
        answer = self._exchange(method, path, body.encode() if isinstance(body, str) else body, fields)
        self._check(method, path, fields, answer)
        if expect is not None:
            expected = expect if isinstance(expect, (tuple, set, list)) else (expect,)
            assert answer.status in expected, f"{method} {path}: {answer}"
        return answer

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, json_body=None, **options):
        return self.request("POST", path, json_body=json_body, **options)

    def put(self, path, json_body=None, **options):
        return self.request("PUT", path, json_body=json_body, **options)

    def patch(self, path, json_body=None, **options):
        return self.request("PATCH", path, json_body=json_body, **options)

    def delete(self, path, **options):
        return self.request("DELETE", path, **options)

    def _check(self, method, path, fields, answer):
        plain_path = path.partition("?")[0]
        check_envelope(method, plain_path, fields, answer)
        operation = contract().check(method, plain_path, answer)
        if operation and method != "HEAD":
            record(operation.id, answer.status)

    def _exchange(self, method, path, body, fields):
        instances = self.instances or self.server.instances
        instance = instances[next(self._turns) % len(instances)]
        for last_try in (False, True):
            fresh = instance not in self._connections
            if fresh:
                self._connections[instance] = http.client.HTTPConnection(
                    instance.host, instance.port, timeout=TIMEOUT_S,
                    source_address=(self.source_address, 0) if self.source_address else None)
            try:
                return self._send(instance, method, path, body, fields)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self._close(instance)  # a kept connection may have ended meanwhile
                if fresh or last_try:
                    raise
        raise AssertionError("not reached")

    def _send(self, instance, method, path, body, fields):
        started = time.perf_counter()
        connection = self._connections[instance]
        connection.putrequest(method, path, skip_host="Host" in fields, skip_accept_encoding=True)
        for name, value in fields.items():
            connection.putheader(name, value)
        if body is not None and "Content-Length" not in fields:
            connection.putheader("Content-Length", str(len(body)))
        elif body is None and method in ("POST", "PATCH", "PUT"):
            connection.putheader("Content-Length", "0")
        connection.endheaders(body)
        response = connection.getresponse()
        answer = Answer(method, response.status, response.getheaders(), response.read())
        self.elapsed_s = time.perf_counter() - started
        if response.will_close:
            self._close(instance)
        return answer

    def _close(self, instance):
        self._connections.pop(instance).close()

    def close(self):
        for instance in list(self._connections):
            self._close(instance)
