"""How requests are framed, byte by byte on raw sockets (R35, R40, R42, R43): RFC 9112's own examples
and the published ways of smuggling one request inside another."""
import json
import re
import socket
import time

import pytest

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


@pytest.fixture
def wire(server):
    opened = []

    def connect():
        opened.append(Wire(server))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.socket.close()


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


TRANSFER_ENCODINGS = [
    "", "xchunked", "chunkedx", "chunked, identity", "identity, chunked", "chunked, chunked", "chunked,", ",chunked",
    "identity", "gzip", "gzip, chunked", "deflate", "cow", "chunked;q=1", '"chunked"', "chunked\x0b", "\x0bchunked",
    "\x0cchunked", "\x00chunked", "chunked\x00", "\x01chunked", "chunked\x7f", "\xa0chunked", "chunked\xff", "chun ked",
    "x chunked", "\rchunked", "chunked\r",
]
DISGUISED_TRANSFER_ENCODINGS = [
    "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", "Transfer-Encoding\x0b: chunked", " Transfer-Encoding: chunked",
    "\tTransfer-Encoding: chunked", "\x00Transfer-Encoding: chunked", "Transfer-Encoding chunked", "Transfer\rEncoding: chunked",
    "X: y\rTransfer-Encoding: chunked", "X: y\nTransfer-Encoding: chunked", "Transfer-Encoding:\r\n chunked",
    "Transfer-Encoding:\r\n\tchunked", "Transfer-Encoding\r\n : chunked", "Transfer-Encoding\xff: chunked",
]
CONTENT_LENGTHS = ["", "+2", "-2", "0x2", "2x", "2 2", "2,2", "2, 2", "2;", "2.0", "2e0", "1_0", '"2"', "\x0b2", "2\x0b", "2\x00",
                   "two", "\xb2", "18446744073709551616", "9" * 40, ",2", "2,"]


class TestSmuggling:
    def test_R40_length_and_chunks_together(self, wire):
        for lines in (["Content-Length: 6", "Transfer-Encoding: chunked"], ["Transfer-Encoding: chunked", "Content-Length: 6"],
                      ["transfer-encoding: CHUNKED", "content-length: 0"]):
            refused(wire(), post(*lines, body=b"0\r\n\r\nG"), 400, "malformed_request")

    @pytest.mark.parametrize("value", TRANSFER_ENCODINGS, ids=repr)
    def test_R40_transfer_encodings_that_are_not_chunked(self, wire, value):
        refused(wire(), post(f"Transfer-Encoding: {value}", body=b"0\r\n\r\n"), 400, "malformed_request")
        refused(wire(), post("Content-Length: 5", f"Transfer-Encoding: {value}", body=b"0\r\n\r\n"), 400, "malformed_request")

    @pytest.mark.parametrize("line", DISGUISED_TRANSFER_ENCODINGS, ids=repr)
    def test_R40_disguised_transfer_encodings(self, wire, line):
        refused(wire(), post("Content-Length: 5", line, body=b"0\r\n\r\n"), 400, "malformed_request")

    def test_R40_repeated_transfer_encodings(self, wire):
        for second in ("chunked", "identity", "cow"):
            refused(wire(), post("Transfer-Encoding: chunked", f"Transfer-Encoding: {second}", body=b"0\r\n\r\n"), 400,
                    "malformed_request")

    @pytest.mark.parametrize("value", CONTENT_LENGTHS, ids=repr)
    def test_R40_content_lengths_that_are_no_number(self, wire, value):
        refused(wire(), post(f"Content-Length: {value}", body=b"{}"), 400, "malformed_request")

    @pytest.mark.parametrize("line", ["Content-Length : 2", " Content-Length: 2", "Content-Length\t: 2", "Content-Length\x00: 2",
                                      "X: y\nContent-Length: 2", "X: y\rContent-Length: 2"], ids=repr)
    def test_R40_disguised_content_lengths(self, wire, line):
        refused(wire(), post(line, body=b"{}"), 400, "malformed_request")

    def test_R40_repeated_content_lengths(self, wire):
        for second in ("2", "0", "3"):
            refused(wire(), post("Content-Length: 2", f"Content-Length: {second}", body=b"{}"), 400, "malformed_request")

    def test_R40_chunks_on_1_0(self, wire):
        refused(wire(), post("Transfer-Encoding: chunked", version="1.0", body=b"0\r\n\r\n"), 400, "malformed_request")

    def test_a_body_is_a_body_even_if_it_looks_like_a_request(self, wire):
        connection = wire()
        connection.send(post(f"Content-Length: {len(SMUGGLED)}", body=SMUGGLED) + get())
        assert connection.answer().status == 400  # it is no JSON
        assert connection.answer().status == 200
        assert connection.send(get("Connection: close")).answer().status == 200 and connection.ends()

    def test_a_refused_request_takes_its_body_with_it(self, wire):
        connection = wire()
        connection.send(post(f"Content-Length: {len(SMUGGLED)}", body=SMUGGLED, target="/nothing") + get("Connection: close"))
        assert [connection.answer().status, connection.answer().status] == [404, 200]
        assert connection.ends()


class TestHead:
    @pytest.mark.parametrize("line", [
        "", "GET", "GET /healthz", "GET  /healthz HTTP/1.1", "GET /healthz  HTTP/1.1", " GET /healthz HTTP/1.1", "GET\t/healthz HTTP/1.1",
        "GET /healthz HTTP/1.1 ", "G(T /healthz HTTP/1.1", "GET /healthz HTTP/0.9", "GET /healthz HTTP/1.2", "GET /healthz HTTP/2.0",
        "GET /healthz http/1.1", "GET /healthz HTTP/1.10", "GET /heal thz HTTP/1.1", "GET /\x00 HTTP/1.1", "GET /\x7f HTTP/1.1",
        "GET /\xe9 HTTP/1.1", "GET /a#b HTTP/1.1", "GET healthz HTTP/1.1", "GET * HTTP/1.1", "GET http:// HTTP/1.1",
        "GET ftp://example.test/ HTTP/1.1", "GET http://user@example.test/ HTTP/1.1", "GET example.test:80 HTTP/1.1"], ids=repr)
    def test_R40_request_lines(self, wire, line):
        # Of an empty first line nothing is left: then it is the Host line that is no request line.
        refused(wire(), line.encode("latin-1") + b"\r\nHost: example.test\r\n\r\n", 400, "malformed_request")

    @pytest.mark.parametrize("line", ["X-A : 1", ": 1", "X-A", "X A: 1", "X-A: \x00", "X-A: a\rb", "X-A: a\x01b", "X-A: \x7f", "X-A: \xff",
                                      " folded", "\tfolded", "X\xe9: 1", "X-A: a\r\n b", "X-A: a\nX-B: b"], ids=repr)
    def test_R40_fields(self, wire, line):
        refused(wire(), get(line), 400, "malformed_request")

    def test_R40_hosts(self, wire):
        refused(wire(), get(host=False), 400, "malformed_request")
        refused(wire(), get("Host: example.test"), 400, "malformed_request")
        refused(wire(), get("HOST: other.test"), 400, "malformed_request")
        for value in ("", "a b", "a/b", "user@a", "a:b", "[::1", "a:99999", "a,b c"):
            refused(wire(), get(f"Host: {value}", host=False), 400, "malformed_request")
        assert wire().ask(get(host=False, version="1.0")).status == 200

    def test_R40_a_hundred_fields(self, wire):
        assert wire().ask(get(*["X-A: 1"] * 99)).status == 200
        refused(wire(), get(*["X-A: 1"] * 100), 400, "malformed_request")

    def test_R40_bare_line_feeds(self, wire):
        refused(wire(), b"GET /healthz HTTP/1.1\nHost: example.test\n\n", 400, "malformed_request")
        refused(wire(), b"GET /healthz HTTP/1.1\r\nHost: example.test\n\r\n", 400, "malformed_request")

    def test_R42_long_heads(self, wire):
        room = 8192 - len(get("X-A: "))
        assert wire().ask(get("X-A: " + "a" * room)).status == 200
        refused(wire(), get("X-A: " + "a" * (room + 1)), 431, "headers_too_large")
        refused(wire(), get("X-A: " + "a" * 200_000), 431, "headers_too_large")

    def test_R42_long_targets(self, wire):
        longest = "/healthz?" + "a" * (4096 - 9)
        assert wire().ask(get(target=longest)).status in (200, 422)
        refused(wire(), get(target=longest + "a"), 414, "target_too_long")
        refused(wire(), get(target="/" + "a" * 200_000), 414, "target_too_long")

    def test_forms_of_the_target_of_RFC_9112_section_3_2(self, wire):
        assert wire().ask(get(target="http://example.test/healthz")).status == 200
        assert wire().ask(get(target="HTTPS://other.test:8443/healthz")).status == 200
        connection = wire()  # well framed, whatever the server says of itself
        assert connection.ask(b"OPTIONS * HTTP/1.1\r\nHost: example.test\r\n\r\n").status in (200, 204, 404)
        assert connection.ask(get()).status == 200
        refused(wire(), b"CONNECT example.test:80 HTTP/1.1\r\nHost: example.test\r\n\r\n", 501, "not_implemented")

    def test_what_is_no_http(self, wire):
        for data in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x00" * 100, b"\x80\x2e\x01\x00\x02"):
            answer = wire().ask(data)
            assert (answer.status, answer.code) == (400, "malformed_request")


class TestChunks:
    CHUNKED = "Transfer-Encoding: chunked"

    @pytest.mark.parametrize("wire_body", [b"2\r\n{}\r\n0\r\n\r\n", b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", b"0002\r\n{}\r\n000\r\n\r\n",
                                           b"2;a=b;c=\"d\"\r\n{}\r\n0;e\r\n\r\n", b"2\r\n{}\r\n0\r\nX-A: 1\r\n\r\n"], ids=repr)
    def test_are_decoded(self, wire, wire_body):
        connection = wire()
        assert connection.ask(post(self.CHUNKED, body=wire_body)).status == 422
        assert connection.ask(get()).status == 200

    @pytest.mark.parametrize("wire_body", [
        b"x\r\n{}\r\n0\r\n\r\n", b"2 \r\n{}\r\n0\r\n\r\n", b" 2\r\n{}\r\n0\r\n\r\n", b"+2\r\n{}\r\n0\r\n\r\n", b"-2\r\n{}\r\n0\r\n\r\n",
        b"0x2\r\n{}\r\n0\r\n\r\n", b"2\n{}\r\n0\r\n\r\n", b"2\r\n{}0\r\n\r\n\r\n", b"2\r\n{}\n0\r\n\r\n", b"2\r\n{} \r\n0\r\n\r\n",
        b"2;\r\n{}\r\n0\r\n\r\n", b"2;a=\"\n\"\r\n{}\r\n0\r\n\r\n", b"10000000000000002\r\n{}\r\n0\r\n\r\n", b"\r\n\r\n\r\n\r\n\r\n",
        b"2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n", b"2\r\n{}\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n", b"2\r\n{}\r\n0\r\nbroken\r\n\r\n"],
        ids=repr)
    def test_R40_broken(self, wire, wire_body):
        refused(wire(), post(self.CHUNKED, body=wire_body), 400, "malformed_request")

    def test_R40_trailers_change_nothing(self, wire, server):
        connection = wire()
        body = b"0\r\nAuthorization: Bearer x\r\nContent-Type: text/plain\r\nHost: other.test\r\n\r\n"
        head = b"GET /api/v1/users/me HTTP/1.1\r\nHost: example.test\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert connection.ask(head + body).code == "unauthenticated"  # and not token_invalid
        assert connection.ask(post(self.CHUNKED, body=b"2\r\n{}\r\n" + body)).status == 422

    def test_R42_extensions(self, wire):
        extension = b"1;x=" + b"y" * 1000 + b"\r\n \r\n"
        assert wire().ask(post(self.CHUNKED, body=extension * 7 + b"2\r\n{}\r\n0\r\n\r\n")).status == 422
        refused(wire(), post(self.CHUNKED, body=extension * 10 + b"2\r\n{}\r\n0\r\n\r\n"), 400, "malformed_request")
        refused(wire(), post(self.CHUNKED, body=b"2;" + b"x" * 20_000), 400, "malformed_request")

    def test_R30_a_body_that_grows_too_large(self, wire):
        chunk = b"400\r\n" + b" " * 1024 + b"\r\n"
        assert wire().ask(post(self.CHUNKED, body=chunk * 99 + b"2\r\n{}\r\n0\r\n\r\n")).status == 422
        refused(wire(), post(self.CHUNKED, body=chunk * 101 + b"0\r\n\r\n"), 413, "body_too_large")


class TestConnection:
    def test_pipelining(self, wire):
        connection = wire()
        connection.send(get() + post("Content-Length: 2", body=b"{}") + get(target="/nothing") + get() + get("Connection: close") + get())
        assert [connection.answer().status for _ in range(5)] == [200, 422, 404, 200, 200]
        assert connection.ends()

    def test_byte_by_byte(self, wire):
        connection = wire()
        connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in post("Transfer-Encoding: chunked", body=b"2;a=b\r\n{}\r\n0\r\nX-T: 1\r\n\r\n"):
            connection.send(bytes([byte]))
        assert connection.answer().status == 422

    def test_empty_lines_before_a_request(self, wire):
        connection = wire()
        assert connection.ask(b"\r\n" + get()).status == 200
        assert connection.ask(b"\r\n\r\n" + get()).status == 200

    def test_keep_alive_by_version(self, wire):
        connection = wire()
        assert connection.ask(get("Connection: keep-alive", version="1.0")).field("Connection") == "keep-alive"
        answer = connection.ask(get(version="1.0"))
        assert answer.field("Connection") == "close" and connection.ends()

    def test_head_has_a_length_and_no_body(self, wire):
        connection = wire()
        answer = connection.ask(get().replace(b"GET", b"HEAD", 1), without_body=True)
        assert answer.status == 200 and int(answer.field("Content-Length")) > 0
        assert connection.ask(get()).status == 200

    def test_expectations(self, wire):
        connection = wire()
        assert connection.ask(post("Content-Length: 2", "Expect: 100-continue")).status == 100
        assert connection.ask(b"{}").status == 422
        refused(wire(), post("Content-Length: 2", "Expect: 200-ok", body=b"{}"), 417, "expectation_failed")

    def test_a_refusal_instead_of_100(self, wire):
        connection = wire()
        assert connection.ask(post("Content-Length: 2", "Expect: 100-continue", target="/nothing")).status == 404
        assert connection.ends()

    def test_R43_a_slow_head(self, wire):
        connection = wire()
        started = time.monotonic()
        answer = connection.ask(b"GET /healthz HTTP/1.1\r\nHost:")
        assert (answer.status, answer.code) == (408, "request_timeout")
        assert time.monotonic() - started > 9
        assert connection.ends()
