"""Customers and logins, made as a person would: through the API and the development inbox."""
import dataclasses
import itertools
import os
import re
import time

from harness import outbox
from harness.client import Api

DEMO_PASSWORD = "frontdesk-demo"
PASSWORD = "an unlikely passphrase"
_numbers = itertools.count(1)


@dataclasses.dataclass
class Person:
    id: str
    name: str
    email: str
    password: str
    access_token: str
    refresh_token: str


def fresh_email(word="person"):
    return f"{word}.{os.getpid()}.{next(_numbers)}@example.test"


def inbox(api, to):
    """Messages to an address, newest first; of a server without a worker what they are to be made of."""
    if api.server.environment.get("FRONTDESK_WORKER") == "off":
        return outbox.events_for(api.server, to)
    return api.get("/dev/inbox", query={"to": to}, token=False, expect=200).json["items"]


def inbox_when_filled(api, to, count=1, within_s=10):
    """The messages to an address once there are at least `count`: the worker needs a moment."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        messages = inbox(api, to)
        if len(messages) >= count:
            return messages
        time.sleep(0.05)
    raise AssertionError(f"fewer than {count} messages came to {to}")


def mail_about(api, to, words, within_s=10):
    """The newest mail to an address whose subject has these words, once there is one."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        for message in inbox(api, to):
            if words.lower() in message["subject"].lower():
                return message
        time.sleep(0.05)
    raise AssertionError(f"no mail about {words} came to {to}, but {[message['subject'] for message in inbox(api, to)]}")


def code_sent_to(api, to, after_id=None, within_s=10):
    """The newest six-digit code that was sent to an address; later than the message `after_id`."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        for message in inbox(api, to):
            if message["id"] == after_id:
                break
            if found := re.search(r"(?<!\d)\d{6}(?!\d)", message["text"]):
                return found[0]
        time.sleep(0.05)
    raise AssertionError(f"no code was sent to {to}")


def patiently(ask, status):
    """Asks again while the server is too busy to hash a password, as a client should (R19)."""
    for _ in range(20):
        answer = ask((status, 503))
        if answer.status == status:
            return answer
        time.sleep(float(answer.headers["Retry-After"]))
    raise AssertionError("the server was too busy twenty times")


def register(api, email=None, name="Ada Example", password=PASSWORD, **more):
    """A pending registration; returns (email, data)."""
    email = email or fresh_email()
    answer = patiently(lambda expect: api.post("/api/v1/auth/register", token=False, expect=expect,
                                               json_body={"name": name, "email": email, "password": password, **more}), 202)
    return email, answer.data


def log_in(api, email, password=DEMO_PASSWORD, **options):
    return api.post("/api/v1/auth/login", {"email": email, "password": password}, token=False, **options)


def person(api, email, password=DEMO_PASSWORD):
    """Somebody who has an account, logged in."""
    data = patiently(lambda expect: log_in(api, email, password, expect=expect), 200).data
    return Person(data["user"]["id"], data["user"]["name"], email, password, data["access_token"],
                  data["refresh_token"])


def new_customer(api, **more):
    """Register, read the code, verify, log in."""
    email, pending = register(api, **more)
    code = code_sent_to(api, email)
    api.post("/api/v1/auth/verify-email",
             {"email": email, "code": code, "registration_id": pending["registration_id"]},
             token=False, expect=201)
    return person(api, email, more.get("password", PASSWORD))


def with_role(api, role, **more):
    """Somebody new with a role of its name."""
    who = new_customer(api, **more)
    api.server.sql("UPDATE users SET role_id = (SELECT id FROM roles WHERE name = %s) WHERE id = %s", role, who.id)
    return person(api, who.email, who.password)


def as_person(api, who):
    """A client that carries somebody's access token."""
    return Api(api.server, token=who.access_token)
