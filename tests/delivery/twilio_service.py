"""Twilio on this machine: Prism holds each call against Twilio's own OpenAPI document and passes it on to a service that
remembers, and answers as Twilio does. What Twilio's document does not say (the form's encoding, errors) is checked here."""
import base64
import contextlib
import copy
import http.client
import http.server
import json
import pathlib
import re
import subprocess
import threading
import time
import urllib.parse

from harness.npm import PLACE, file_of, installed
from harness.process import free_port

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TOKEN = "a token with / and +"
FROM = "+15005550006"
DOCUMENT = ("@twilio/cli-core@8.3.2",
            "sha512-qRTAZS15i/nseKHu2zZIb1BD78WFRVOWM65iC9JqjZdNpz5KQaiEI1klsLcWDi1pwXH9JG6pbFXJrIiYRJw/dw==",
            "src/services/twilio-api/twilio_api_v2010.json")
MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
ACCOUNTS = "/2010-04-01/Accounts/{Sid}.json"
STARTED_WITHIN_S = 120
# Numbers that end like this are answered with these errors.
REFUSALS = {"0001": (400, 21211, "The 'To' number {to} is not a valid phone number."),
            "0004": (400, 21610, "Attempt to send to unsubscribed recipient {to}"),
            "0009": (400, 21614, "'To' number {to} is not a valid mobile number")}


class Twilio:
    """`sent` holds the decoded forms of the messages that were taken. `busy`, `broken`: how many calls from now on are
    answered with 429 and 503; `hangs`: seconds before the next answers."""

    def __init__(self):
        self.sent, self.problems = [], []
        self.busy = self.broken = self.hangs = 0
        self.token = TOKEN
        self.lock = threading.Lock()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server.server_address[1]

    def reset(self):
        self.__dict__.update(sent=[], problems=[], busy=0, broken=0, hangs=0, token=TOKEN)

    def to(self, number):
        return [form for form in self.sent if form["To"] == number]

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, method, path, headers, body):
        """(status, JSON, more headers)."""
        login = base64.b64encode(f"{ACCOUNT}:{self.token}".encode()).decode()
        if headers.get("Authorization") != f"Basic {login}":
            return 401, problem(401, 20003, "Authenticate"), {}
        if method == "GET" and path == ACCOUNTS.format(Sid=ACCOUNT):
            return 200, {"sid": ACCOUNT, "status": "active", "friendly_name": "Frontdesk"}, {}
        if method != "POST" or path != MESSAGES.format(AccountSid=ACCOUNT):
            return 404, problem(404, 20404, "The requested resource was not found"), {}
        time.sleep(self.hangs)
        with self.lock:
            if self.broken:
                self.broken -= 1
                return 503, problem(503, 20503, "Service unavailable"), {}
            if self.busy:
                self.busy -= 1
                return 429, problem(429, 20429, "Too many requests"), {"Retry-After": "2"}
            return self.take(headers, body)

    def take(self, headers, body):
        if headers.get("Content-Type") != "application/x-www-form-urlencoded" or b"+" in body or b" " in body:
            self.problems.append((headers.get("Content-Type"), body))
        form = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True, keep_blank_values=True))
        if refusal := REFUSALS.get(form["To"][-4:]):
            status, code, text = refusal
            return status, problem(status, code, text.format(to=form["To"])), {}
        self.sent.append(form)
        return 201, message(form, f"SM{len(self.sent):032x}"), {}


def problem(status, code, text):
    return {"code": code, "message": text, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": status}


def message(form, sid):
    uri = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}"
    return {"sid": sid, "account_sid": ACCOUNT, "api_version": "2010-04-01", "to": form["To"], "from": form.get("From"),
            "messaging_service_sid": form.get("MessagingServiceSid"), "body": form["Body"], "status": "queued",
            "direction": "outbound-api", "num_segments": "1", "num_media": "0", "price": None, "price_unit": None,
            "error_code": None, "error_message": None, "date_created": "Thu, 24 Aug 2023 05:01:45 +0000", "date_sent": None,
            "date_updated": "Thu, 24 Aug 2023 05:01:45 +0000", "uri": f"{uri}.json", "subresource_uris": {"media": f"{uri}/Media.json"}}


def handler_of(twilio):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def respond(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, answer, more = twilio.answer(self.command, self.path, self.headers, body)
            content = json.dumps(answer).encode()
            with contextlib.suppress(OSError):  # whoever asked may have given up
                self.send_response(status)
                for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(content))} | more).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

        do_GET = do_POST = respond

        def log_message(self, *arguments):
            pass

    return Handler


def document():
    """Twilio's document, cut down to what is called, which Prism reads in a moment. It lists no errors, so any is allowed."""
    whole = json.loads(file_of(*DOCUMENT, PLACE / "twilio-document").read_text())
    paths = copy.deepcopy({path: whole["paths"][path] for path in (MESSAGES, ACCOUNTS)})
    for item in paths.values():
        for method in ("get", "post", "delete"):
            if method in item:
                item[method]["responses"]["default"] = {"description": "An error."}
    schemas = whole["components"]["schemas"]
    used = names_in(paths, schemas)
    return whole | {"paths": paths, "components": whole["components"] | {"schemas": {name: schemas[name] for name in sorted(used)}}}


def names_in(node, schemas, found=None):
    """The schemas that `node` refers to, and those that they refer to."""
    found = set() if found is None else found
    for name in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(node)):
        if name not in found:
            found.add(name)
            names_in(schemas[name], schemas, found)
    return found


class Prism:
    """`prism proxy --errors` in front of a service: a call that the document does not allow is answered with an error,
    and so is an answer."""

    def __init__(self, upstream_port, folder):
        modules = installed(pathlib.Path(__file__).parent / "twilio")
        self.port = free_port()
        file = pathlib.Path(folder) / "twilio.json"
        file.write_text(json.dumps(document()))
        self.log_path = pathlib.Path(folder) / "prism.log"
        with self.log_path.open("wb") as log:
            self.process = subprocess.Popen(
                ["node", modules / "@stoplight" / "prism-cli" / "dist" / "index.js", "proxy", "--errors", "--host", "127.0.0.1",
                 "--port", str(self.port), file, f"http://127.0.0.1:{upstream_port}"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)
        self.wait_until_it_listens()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def wait_until_it_listens(self):
        give_up = time.monotonic() + STARTED_WITHIN_S
        while time.monotonic() < give_up and self.process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/")
                connection.getresponse()
                return
            time.sleep(0.1)
        raise AssertionError(f"Prism does not start:\n{self.log_path.read_text()[-3000:]}")

    def close(self):
        self.process.terminate()
        self.process.wait(20)
