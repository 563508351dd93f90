"""500 wrong requests for each operation, drawn by a seed: whatever is sent, the answer is one that
the document allows, and never a fault of the server (R30, R31)."""
import itertools
import os
import random
import uuid

import pytest

import mutation
from harness import bookings, inbox, outbox, people, webhooks
from harness.client import Api
from harness.contract import ONE_PIXEL, contract

REQUESTS = int(os.environ.get("FRONTDESK_TEST_MUTATIONS", "500"))
SEED = os.environ.get("FRONTDESK_TEST_SEED", "frontdesk")
OPERATIONS = list(contract().operations.values())


@pytest.fixture(scope="module")
def changed_server():
    """For changes of the business, which would get in the way of every other test."""
    from harness.process import Frontdesk
    frontdesk = Frontdesk()
    yield frontdesk.start()
    assert frontdesk.close() is None


class Caller:
    """Keeps a valid request of an operation at hand, and a login that works."""

    def __init__(self, server, operation):
        self.api = Api(server)
        self.operation = operation
        self.email = None
        self.token = None
        if operation.needs_login:
            self.log_in()
        self.subject = None
        self.service = bookings.single_service(self.api)

    def log_in(self):
        if self.email is None:
            who = people.with_role(self.api, "admin") if self.operation.permission else people.new_customer(self.api)
            self.email = who.email
        self.person = people.person(self.api, self.email, people.PASSWORD)
        self.token = self.person.access_token

    def valid(self, draw):
        """(path, query, body) of a request that would pass."""
        path = self.path_with(self.path_parameter())
        query = {}
        for parameter in map(contract().resolve, self.operation.spec.get("parameters", [])):
            if parameter["in"] == "query" and (parameter.get("required") or draw.random() < 0.2) and "example" in parameter:
                query[parameter["name"]] = parameter["example"]
        query = {name: ",".join(value) if isinstance(value, list) else value for name, value in query.items()}
        query |= {"service_id": self.service["id"]} if "service_id" in query else {}
        query |= {"from": bookings.days_from(1), "to": bookings.days_from(9)} if "from" in query or "to" in query else {}
        query.pop("cursor", None)
        body = self.body_of(self.operation) if self.operation.takes_body else None
        return path, query, body

    def sent(self, body, headers):
        """The body and the headers to send. What takes an image gets one now and then, as each costs a process;
        tests/api/test_image_uploads.py mutates the images themselves."""
        if self.operation.takes_image and body is None:
            image = ONE_PIXEL if next(self.days) % 25 == 0 else b"no image"
            return image, {"Content-Type": "image/png"} | headers
        if self.operation.takes_form and body is None:
            return self.operation.example_form(), {"Content-Type": "application/x-www-form-urlencoded"} | headers
        return body, headers

    def body_of(self, operation):
        body = operation.example_body()
        if "email" in body:
            body["email"] = people.fresh_email("mutation")
        for field in ("current_password", "new_password"):
            if field in body:
                body[field] = people.PASSWORD
        if "service_id" in body:
            body["service_id"] = self.service["id"]
        if operation.id == "createClosure":
            body["date"] = bookings.days_from(next(self.days))
        if "category_id" in body:
            body["category_id"] = self.service["category_id"]
        if "ids" in body:
            body["ids"] = self.ids_of(operation.path.removesuffix("/reorder"))
        if "service_ids" in body:
            body["service_ids"] = [self.service["id"]]
        return body

    def ids_of(self, kind):
        """All that a list holds, in another order each time."""
        if kind == "/api/v1/gallery" and self.subject is None:
            self.subject = self.make(kind)
        ids = [item["id"] for item in self.api.get(kind, query={"limit": 100}, token=False).data["items"]]
        return ids[next(self.days) % len(ids):] + ids[:next(self.days) % len(ids)]

    def path_with(self, subject):
        """The path; what it names below `subject` is made where it has to be there."""
        if "{token}" in self.operation.path:
            return self.feed()
        if "{id}" not in self.operation.path:
            return self.operation.at(subject, date=subject)
        day = bookings.days_from(next(self.days))
        path = self.operation.path.replace("{id}", subject).replace("{date}", day)
        if self.operation.id == "deleteOverride":
            self.api.put(path, {"intervals": []}, token=self.token)
        if "{delivery_id}" in path:
            path = path.replace("{delivery_id}", webhooks.past_delivery(self.api.server, subject)[0])
        if "{time_off_id}" in path:
            kind = path.removesuffix("/{time_off_id}")
            body = {"starts_at": f"{day}T00:00:00Z", "ends_at": f"{day}T12:00:00Z"}
            made = self.api.post(kind, body, token=self.token)
            path = f"{kind}/{made.data['id'] if made.data else subject}"
        return path

    def feed(self):
        """The secret path of a calendar feed."""
        if self.subject is None:
            who = people.person(self.api, "staff@demo.test")
            addresses = self.api.get("/api/v1/users/me/calendar-feed", token=who.access_token, expect=200).data
            self.subject = "/api/" + addresses["staff_url" if "/staff/" in self.operation.path else "url"].split("/api/")[1]
        return self.subject

    days = itertools.count(1000)

    def path_parameter(self):
        """The id, or the date, of something that the operation can be tried on."""
        if "{" not in self.operation.path or "{token}" in self.operation.path:
            return ""
        kind = self.operation.path.split("/{")[0]
        if kind in ("/media", "/api/v1/devices", "/callbacks/twilio"):
            return str(uuid.uuid4())
        if kind == "/api/v1/notifications":  # filled by what happens, not by a route
            return inbox.add(self.api.server, self.person.id)
        if self.operation.permission or kind == "/api/v1/appointments":
            if self.subject is None:
                self.subject = self.make(kind)
            return self.subject
        found = self.api.get(kind, query={"limit": 1}, token=self.token)
        if found.status == 401:  # the request before ended the session
            self.log_in()
            found = self.api.get(kind, query={"limit": 1}, token=self.token)
        return found.data["items"][0]["id"]

    def make(self, kind):
        if kind == "/api/v1/outbox":  # filled by what happens, not by a route
            return outbox.enqueue(self.api.server, ["+4930123456"], channel="push")[0]
        if kind == webhooks.PATH:  # of which there may be few
            self.api.server.sql("DELETE FROM webhook_endpoints")
        if kind == "/api/v1/appointments":
            return bookings.book(Api(self.api.server, token=self.token)).data["id"]
        create = next(o for o in OPERATIONS if (o.method, o.path) == ("POST", kind))
        sent = {"json_body": self.body_of(create)} if create.takes_body else create.example_request()
        made = self.api.post(kind, **sent, token=self.token, expect=201).data
        return made.get("id") or made["date"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_R31_no_input_is_a_fault(request, operation):
    server = request.getfixturevalue("changed_server" if operation.permission else "server")
    draw = random.Random(f"{SEED}:{operation.id}")
    caller = Caller(server, operation)
    mutator = mutation.Mutator(operation, [contract().resolve(p) for p in operation.spec.get("parameters", [])], draw)
    statuses = {}
    for number in range(REQUESTS):
        path, body, headers, done = mutator.mutate(*caller.valid(draw))
        try:
            body, headers = caller.sent(body, headers)
            answer = caller.api.request(operation.method, path, body=body, headers=latin(headers), token=caller.token)
            assert answer.status < 500 or answer.status == 501, repr(answer)
        except AssertionError as problem:
            raise AssertionError(f"seed {SEED!r}, request {number}: {operation.method} {path[:300]} {done}\n{problem}") from problem
        if answer.code == "account_locked" and operation.needs_login:
            server.sql("DELETE FROM login_locks")
            server.sql("DELETE FROM login_failures")
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        if answer.status == 204 and operation.path.endswith(("{id}", "{date}")):
            caller.subject = None
        if answer.status == 401 and operation.needs_login and "Authorization" not in headers:
            caller.log_in()
    assert len(statuses) > 1, f"all answers are alike: {statuses}"
    assert server.process.poll() is None


def latin(headers):
    return {name: value.encode("utf-8").decode("latin-1") for name, value in headers.items()}


def test_nothing_is_half_written(server):
    """After all of it: the rows that the rest of the suite made still fit together (R50)."""
    assert server.sql("SELECT a.id FROM appointments a JOIN occupations o ON o.id = a.occupation_id "
                      "WHERE a.status IN ('pending', 'confirmed') AND NOT o.active") == []
    assert server.sql("SELECT o.id FROM occupations o LEFT JOIN appointments a ON a.occupation_id = o.id "
                      "AND a.status IN ('pending', 'confirmed') WHERE o.active GROUP BY o.id "
                      "HAVING coalesce(sum(a.party_size), 0) <> o.booked") == []
    assert server.sql("SELECT a.id FROM occupations a JOIN occupations b ON a.staff_id = b.staff_id AND a.id < b.id "
                      "AND a.active AND b.active AND a.during && b.during") == []
    bookings.book(Api(server, token=people.person(Api(server), "admin@demo.test").access_token), notes=str(uuid.uuid4()))
