"""Mail servers, and workers that deliver to them, beside a server that does not."""
import os
import shutil
import tempfile

import pytest

import exim as exim_server
from harness.process import Frontdesk
from sink import Sink
from workers import Worker


@pytest.fixture(scope="session")
def desk():
    """A server that leaves its messages to others."""
    server = Frontdesk(worker="off", demo=False).start()
    yield server
    assert server.close() is None


@pytest.fixture(autouse=True)
def empty_outbox(request):
    yield
    if "desk" in request.fixturenames:
        request.getfixturevalue("desk").sql("DELETE FROM outbox")


@pytest.fixture
def work(desk):
    """work(url) starts a worker; those that still run at the end must end well."""
    started = []

    def start(url, **settings):
        started.append(Worker(desk, url, **settings))
        return started[-1]

    yield start
    assert [worker.stop() for worker in started if worker.process.poll() is None] in ([], [0], [0, 0], [0, 0, 0])


@pytest.fixture
def sink():
    made = Sink()
    yield made
    made.close()


@pytest.fixture
def start_exim():
    if not os.path.exists(exim_server.BINARY):
        pytest.skip("exim4 is not here: this machine has another mail server")
    started, folders = [], []

    def start(**options):
        folders.append(tempfile.mkdtemp(prefix="frontdesk-exim.", dir=os.environ.get("TMPDIR", "/var/tmp")))
        started.append(exim_server.Exim(folders[-1], **options))
        return started[-1]

    yield start
    for server in started:
        server.stop()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
