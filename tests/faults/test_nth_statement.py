"""The line to the database breaks before and after each statement of each use case that writes: the
answer is never wrong, and nothing is ever half done (R31, R50, R51, R56)."""
import itertools
import time

import pytest

import account_cases  # noqa: F401
import appointment_cases  # noqa: F401
import business_cases  # noqa: F401
import image_cases  # noqa: F401
import notification_cases  # noqa: F401
import outbox_cases  # noqa: F401
import webhook_cases  # noqa: F401
from cases import CASES
from harness.client import Api
from harness.contract import contract
from harness.crowd import violations
from harness.faulty_line import Cut, FaultyLine
from harness.process import Frontdesk
from world import World

WRITING = {operation.id for operation in contract().operations.values()
           if operation.method != "GET" and operation.path.startswith("/api/")}
# These commit twice: a guess, or an attempt at a password, counts whatever becomes of the rest (R01, R08); an image
# is known before its files are written (R70).
IN_TWO_STEPS = {"verifyEmail", "login", "resetPassword", "changePassword", "changeEmail", "verifyEmailChange", "verifyPhone",
                "setAvatar", "setServiceImage", "addGalleryItem"}
ANSWERED_WITHIN_S = 15
MOST_CUTS = 60


@pytest.fixture(scope="module")
def world():
    frontdesk = Frontdesk(worker="off")  # it would write between the cuts
    try:
        business = World(frontdesk.start())
        yield business
        business.close()
    finally:
        problem = frontdesk.close()
    if problem:
        pytest.fail(problem)


@pytest.fixture(scope="module")
def line(world):
    faulty = FaultyLine(world.server.application_url)
    yield faulty
    faulty.close()


@pytest.fixture(scope="module")
def victim(world, line):
    """A server at the end of the faulty line; one thread, so that it has one pool and one cache of sessions."""
    peer = world.server.start_peer(database_url=line.url, database_pool="4", threads="1", worker="off")
    client = Api(peer)
    yield client
    client.close()


def test_every_use_case_that_writes_is_here():
    assert set(CASES) == WRITING


def settled(victim):
    """The pool has a connection again."""
    give_up = time.monotonic() + 10
    while victim.get("/readyz", token=False).status != 200:
        assert time.monotonic() < give_up, "the server does not find the database again"
        time.sleep(0.02)


def steps_of(world, line, victim, prepare):
    """What the database holds more or less after each commit of a run in which nothing breaks, from nothing to all."""
    before = [None]
    steps = [{}]

    def note():
        change = world.change_since(before[0])
        if change != steps[-1]:
            steps.append(change)

    for _ in range(2):  # the first time statements are prepared
        request = prepare(world)
        warm(world, victim, request)
        before[0] = world.mark()
        steps = [{}]
        line.arm(on_commit=note)
        answer = world.call(request, victim)
        line.disarm()
        assert answer.status < 300, answer
        note()
    assert len(steps) > 1, "nothing was written"
    return steps


def warm(world, victim, request):
    """Sessions are kept for four seconds; from here on they are no statement of the request."""
    settled(victim)
    if request.token:
        victim.get("/api/v1/users/me", token=request.token, expect=200)


def repeated(world, victim, request):
    """The answer to the same key once PostgreSQL has noticed that the line of the first try is gone (R51)."""
    give_up = time.monotonic() + 10
    while (again := world.call(request, victim)).code == "request_in_progress" and time.monotonic() < give_up:
        time.sleep(0.05)
    return again


def judge(world, line, victim, prepare, cut, steps):
    """Breaks the line once. Returns whether it came to that."""
    request = prepare(world)
    warm(world, victim, request)
    before = world.mark()
    line.arm(cut)
    began = time.monotonic()
    answer = world.call(request, victim)  # held against the contract: 500 is not documented, 503 has Retry-After
    took = time.monotonic() - began
    fired = line.disarm()
    assert took < ANSWERED_WITHIN_S, f"answered after {took:.1f} s"
    settled(victim)
    change = world.change_since(before)
    assert change in steps, f"half written: {change} is none of {steps}; the answer was {answer}"
    if answer.status < 300:
        assert change == steps[-1], f"{answer} is not in the database: {change} is not {steps[-1]}"
    else:
        assert fired and answer.status in (409, 503), answer
    if answer.status == 503 and "Idempotency-Key" in request.headers:
        again = repeated(world, victim, request)
        assert again.status < 300, again
        assert world.change_since(before) == steps[-1], "the repetition did not make exactly one"
    return fired


def name_of(pair):
    return f"{pair[0]}-{pair[1].__name__}"


@pytest.mark.parametrize("case", [(operation, prepare) for operation, prepares in CASES.items() for prepare in prepares], ids=name_of)
def test_R50_R56_a_broken_line(world, line, victim, case):
    operation, prepare = case
    steps = steps_of(world, line, victim, prepare)
    assert len(steps) <= (3 if operation in IN_TWO_STEPS else 2), f"it commits in parts: {steps}"
    for when in ("before", "after"):
        for number in itertools.count():
            assert number < MOST_CUTS
            cut = Cut(when, number)
            try:
                fired = judge(world, line, victim, prepare, cut, steps)
            except AssertionError as problem:
                raise AssertionError(f"{cut} of {line.statements}: {problem}") from problem
            if not fired:
                break
        print(f"{when}: {number} cuts of {line.statements}")
        assert number > 0
    assert violations(world.server) == []
