"""A crowd of customers, and a look at the invariants after each race. Every race is run twice: against one server, and
against two on one database, with the requests spread over both."""
import pytest

from harness.crowd import crowd_of, violations
from harness.process import Frontdesk

CROWD = 200


@pytest.fixture(scope="session", params=[1, 2], ids=["one_server", "two_servers"])
def server(request):
    frontdesk = Frontdesk()
    try:
        frontdesk.start()
        for _ in range(1, request.param):
            frontdesk.start_peer()
        yield frontdesk
    finally:
        problem = frontdesk.close()
    if problem:
        pytest.fail(problem)


@pytest.fixture(scope="session")
def crowd(server):
    return crowd_of(server, CROWD)


@pytest.fixture(autouse=True)
def invariants(server):
    """I1 to I9 hold before each race and after it."""
    assert violations(server) == []
    yield
    assert violations(server) == []
