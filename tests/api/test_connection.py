"""What one connection carries, byte by byte on raw sockets: pipelining, keep-alive, expectations,
slow clients (R43)."""
import socket
import time

from harness.wire import get, post, refused


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
