"""HTTP byte by byte over raw sockets: what no client library would send."""
import json
import re
import socket

PATIENCE_S = 20
LOGIN = "/api/v1/auth/login"  # takes a body; `{}` is 422
SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


class Answer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def field(self, name):
        return next((value for key, value in self.fields if key.lower() == name.lower()), None)

    @property
    def code(self):
        return json.loads(self.body)["code"]


class Wire:
    """A connection that sends exactly what it is told."""

    def __init__(self, server):
        self.socket = socket.create_connection((server.host, server.port), timeout=PATIENCE_S)
        self.received = b""

    def send(self, data):
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the server may close while it is told too much; its answer is what counts
        return self

    def receive(self):
        try:
            piece = self.socket.recv(65536)
        except ConnectionResetError:
            piece = b""
        self.received += piece
        return bool(piece)

    def answer(self, without_body=False):
        """The next answer, None at the end of the connection."""
        while b"\r\n\r\n" not in self.received:
            if not self.receive():
                assert not self.received, self.received
                return None
        head, _, self.received = self.received.partition(b"\r\n\r\n")
        status_line, *lines = head.decode("ascii").split("\r\n")
        status = int(re.fullmatch(r"HTTP/1\.1 (\d{3}) [ -~]*", status_line)[1])
        answer = Answer(status, [tuple(line.split(": ", 1)) for line in lines], b"")
        length = 0 if without_body or status in (100, 204, 304) else int(answer.field("Content-Length"))
        while len(self.received) < length:
            assert self.receive(), "the connection ended within a body"
        answer.body, self.received = self.received[:length], self.received[length:]
        return answer

    def ask(self, data, **options):
        return self.send(data).answer(**options)

    def ends(self):
        return self.answer() is None


def get(*lines, target="/healthz", version="1.1", host=True):
    head = [f"GET {target} HTTP/{version}".encode("latin-1")] + ([b"Host: example.test"] if host else [])
    return b"\r\n".join(head + [encoded(line) for line in lines] + [b"", b""])


def post(*lines, body=b"", version="1.1", target=LOGIN):
    head = [f"POST {target} HTTP/{version}".encode(), b"Host: example.test", b"Content-Type: application/json"]
    return b"\r\n".join(head + [encoded(line) for line in lines] + [b"", b""]) + body


def encoded(line):
    return line.encode("latin-1") if isinstance(line, str) else line


def refused(connection, data, status, code):
    """One refusal in the envelope, with every header of an answer, and the end: whatever follows the
    bad request on the connection is never looked at."""
    answer = connection.ask(data + SMUGGLED)
    assert (answer.status, answer.code) == (status, code)
    envelope = json.loads(answer.body)
    assert envelope["success"] is False and envelope["errors"] == []
    assert answer.field("Connection") == "close"
    assert answer.field("Content-Type").startswith("application/json")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "X-Request-Id", "Strict-Transport-Security", "Date"):
        assert answer.field(name), name
    assert connection.ends(), "more than one answer"
