"""How requests are framed, byte by byte on raw sockets (R35, R40, R42): RFC 9112's own examples and
the published ways of smuggling one request inside another."""
import pytest

from harness.wire import SMUGGLED, get, post, refused

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
        assert connection.ask(b"OPTIONS * HTTP/1.1\r\nHost: example.test\r\n\r\n").status == 204
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
