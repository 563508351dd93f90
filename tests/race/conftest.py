"""A crowd of customers, and a look at the invariants after each race."""
import pytest

from harness.crowd import crowd_of, violations

CROWD = 200


@pytest.fixture(scope="session")
def crowd(server):
    return crowd_of(server, CROWD)


@pytest.fixture(autouse=True)
def invariants(server):
    """I1 to I9 hold before each race and after it."""
    assert violations(server) == []
    yield
    assert violations(server) == []
