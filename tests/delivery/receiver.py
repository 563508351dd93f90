"""A program that takes webhooks as Standard Webhooks tells it to: it believes no call whose signature, by
Python's own hmac, does not fit, nor an old one, and knows a message again. It misbehaves by the path:
/fail answers 500, /once does so the first time, /redirect 302, /gone 410, /hang nothing, /drop closes the
connection, /huge answers more than anybody wants."""
import base64
import collections
import hashlib
import hmac
import http.server
import json
import select
import ssl
import threading
import time

from exim import make_certificates

Call = collections.namedtuple("Call", "path id timestamp body headers began repeated")
TOLERANCE_S = 300


class NotOurs(Exception):
    pass


def signatures(secrets, message_id, timestamp, body):
    signed = f"{message_id}.{timestamp}.".encode() + body
    return ["v1," + base64.b64encode(hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()).decode()
            for secret in secrets]


def verify(secrets, headers, body, now=None):
    """Raises NotOurs unless one of the signatures is by one of the secrets, and fresh."""
    message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE_S:
        raise NotOurs(f"timestamp {timestamp}")
    ours = signatures(secrets, message_id, timestamp, body)
    if not any(hmac.compare_digest(given, own) for given in headers["webhook-signature"].split(" ") for own in ours):
        raise NotOurs("signature")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        receiver = self.server.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with receiver.lock:
            receiver.under_way[self.path] += 1
            receiver.most_under_way[self.path] = max(receiver.most_under_way[self.path], receiver.under_way[self.path])
        try:
            self.answer(receiver, body)
        finally:
            with receiver.lock:
                receiver.under_way[self.path] -= 1

    def wait_until_they_hang_up(self, receiver):
        while not receiver.closing.is_set() and not select.select([self.connection], [], [], 0.02)[0]:
            pass

    def answer(self, receiver, body):
        try:
            verify(receiver.secrets, self.headers, body)
        except NotOurs as problem:
            receiver.refused.append(str(problem))
            self.reply(401)
            return
        message_id = self.headers["webhook-id"]
        with receiver.lock:
            repeated = (self.path, message_id) in receiver.seen
            receiver.seen.add((self.path, message_id))
            receiver.calls.append(Call(self.path, message_id, self.headers["webhook-timestamp"], json.loads(body), dict(self.headers),
                                       time.monotonic(), repeated))
        behaviour = self.path.split("?")[0].strip("/").split("/")[0]
        if behaviour == "hang":
            self.wait_until_they_hang_up(receiver)
        elif behaviour == "drop":
            self.close_connection = True
        elif behaviour == "huge":
            self.reply(200, b"x" * (1 << 20) + b"x")
        elif behaviour == "redirect":
            self.reply(302, headers={"Location": f"https://localhost:{receiver.port}/ok"})
        else:
            status = {"fail": 500, "gone": 410, "once": 200 if repeated else 500}.get(behaviour, 200)
            self.reply(status, b"nobody keeps this answer")

    def do_GET(self):  # what a redirect that is followed would become
        self.server.receiver.followed += 1
        self.reply(200)

    def reply(self, status, body=b"", headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        self.receiver.broken += 1


class Receiver:
    """On 127.0.0.1, with a certificate for localhost by an authority of its own, `ca`."""

    def __init__(self, folder, name="localhost"):
        make_certificates(folder, name)
        self.ca = str(folder / "ca.pem")
        self.secrets, self.calls, self.refused, self.seen = [], [], [], set()
        self.followed = self.broken = 0
        self.under_way, self.most_under_way = collections.Counter(), collections.Counter()
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.receiver = self
        self.port = self.server.server_address[1]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path):
        return f"https://localhost:{self.port}{path}"

    def at(self, path):
        return [call for call in self.calls if call.path == path]

    def close(self):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
