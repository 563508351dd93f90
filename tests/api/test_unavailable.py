"""PostgreSQL hangs: every operation that needs it says 503 with Retry-After within its deadline
(R31, R43), what needs none goes on, and all is well again when it comes back."""
import concurrent.futures
import contextlib
import os
import signal
import time
import uuid

import pytest

from harness import bookings, people
from harness.client import Api
from harness.contract import contract

KEPT = "/api/v1/services?limit=7"
OPERATIONS = [operation for operation in contract().operations.values() if 503 in operation.statuses
              # Files need no database (test_image_files.py), and unsigned callbacks are refused before it is asked.
              and operation.id not in ("getMedia", "receiveSmsStatus")]


@contextlib.contextmanager
def hanging_database(server):
    # The postmaster first: from then on the list of its children can only get shorter.
    os.kill(server.postgres_pids()[0], signal.SIGSTOP)
    pids = server.postgres_pids()
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    time.sleep(0.3)  # so long readiness may repeat what it said before
    try:
        yield
    finally:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def first_success(ask, within_s=10):
    """Each thread of the server finds out by itself, within its next attempt to connect."""
    give_up = time.monotonic() + within_s
    while True:
        answer = ask()
        if answer.status == 200 or time.monotonic() > give_up:
            return answer
        time.sleep(0.1)


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What each operation answered while the database hung; all asked at once."""
    from harness.process import Frontdesk
    frontdesk = Frontdesk().start()
    api = Api(frontdesk)
    someone = people.person(api, "customer@demo.test")
    manager = people.person(api, "admin@demo.test")
    service = bookings.single_service(api)
    kept = api.get(KEPT, expect=200)

    def ask(operation):
        query = {}
        if operation.path.startswith("/api/v1/availability"):
            query = {"service_id": service["id"]}
            if operation.id == "getAvailability":
                query |= {"from": bookings.days_from(1), "to": bookings.days_from(2)}
        who = manager if operation.permission else someone
        client = Api(frontdesk, token=who.access_token if operation.needs_login else None)
        return client.request(operation.method, operation.at(str(uuid.uuid4())), query=query,
                              **operation.example_request())

    with hanging_database(frontdesk):
        with concurrent.futures.ThreadPoolExecutor(len(OPERATIONS) + 1) as threads:
            pending = {operation.id: threads.submit(ask, operation) for operation in OPERATIONS}
            pending["kept"] = threads.submit(api.get, KEPT)
            pending["getHealth"] = threads.submit(api.get, "/healthz")
            answered = {name: future.result() for name, future in pending.items()}
    answered["kept before"] = kept
    answered["afterwards"] = first_success(lambda: people.log_in(api, "customer@demo.test"))
    yield answered
    assert frontdesk.close() is None


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_R31_the_operation_is_unavailable(answers, operation):
    answer = answers[operation.id]
    assert (answer.status, answer.code) == (503, "unavailable")


def test_R44_liveness_touches_no_database(answers):
    assert answers["getHealth"].status == 200


def test_a_page_of_services_that_was_asked_for_before_is_served(answers):
    assert answers["kept"].status == 200
    assert answers["kept"].data == answers["kept before"].data


def test_it_recovers(answers):
    assert answers["afterwards"].status == 200
