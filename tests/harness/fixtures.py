"""The fixtures that every suite below tests/ can ask for."""
import pytest

from harness import people
from harness.client import Api
from harness.process import Frontdesk
from harness.wire import Wire


@pytest.fixture(scope="session")
def server():
    """A Frontdesk with the demo business and no limits worth speaking of; one for each process of
    the test run. Leave its settings as they are."""
    frontdesk = Frontdesk()
    try:
        yield frontdesk.start()
    finally:
        problem = frontdesk.close()
    if problem:
        pytest.fail(problem)


@pytest.fixture
def start_server():
    """start_server(rate_limit="5/15m") starts another one, with settings of its own."""
    started = []

    def start(**settings):
        started.append(Frontdesk(**settings))
        return started[-1].start()

    yield start
    problems = [problem for frontdesk in started if (problem := frontdesk.close())]
    assert not problems, problems


@pytest.fixture
def api(server):
    """Nobody, logged in nowhere."""
    client = Api(server)
    yield client
    client.close()


@pytest.fixture
def wire(server):
    opened = []

    def connect():
        opened.append(Wire(server))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.socket.close()


@pytest.fixture
def customer(api):
    """A client of somebody who has just registered."""
    client = people.as_person(api, people.new_customer(api))
    yield client
    client.close()


@pytest.fixture(scope="session")
def demo_tokens(server):
    """Access tokens of the demo logins by role."""
    client = Api(server)
    return {role: people.person(client, f"{role}@demo.test").access_token
            for role in ("admin", "staff", "customer")}


@pytest.fixture
def admin(server, demo_tokens):
    client = Api(server, token=demo_tokens["admin"])
    yield client
    client.close()


@pytest.fixture
def staff(server, demo_tokens):
    client = Api(server, token=demo_tokens["staff"])
    yield client
    client.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """What the server logged during a failing test belongs to its report."""
    outcome = yield
    report = outcome.get_result()
    frontdesk = item.funcargs.get("server") if hasattr(item, "funcargs") else None
    if report.failed and frontdesk is not None:
        report.sections.append(("end of the server's output", frontdesk.end_of_output()))
