"""Mail servers, and workers that deliver to them, beside a server that does not."""
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

import pytest

import exim as exim_server
from harness.process import Frontdesk, binary, free_port
from sink import Sink

SENDER = "Salon Zoë <desk@example.test>"
LONGEST_WAIT_S = 45  # under sanitizers, on a busy machine; back-offs are a second or two


def wait_until(condition, what, within_s=LONGEST_WAIT_S):
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"not within {within_s} s: {what() if callable(what) else what}")


class Worker:
    """A `frontdesk worker` on the database of a server."""

    def __init__(self, server, url, **settings):
        self.metrics_port = free_port()
        settings = {"smtp_url": url, "mail_from": SENDER, "database_url": server.application_url,
                    "database_owner_url": server.database_url,
                    "metrics_listen": f"127.0.0.1:{self.metrics_port}"} | settings
        environment = server.environment | {f"FRONTDESK_{name.upper()}": value for name, value in settings.items()}
        self.log_path = server.folder / f"worker-{self.metrics_port}.log"
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen([binary(), "worker"], env=environment, stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, cwd=server.folder)

    def log(self):
        return self.log_path.read_text(errors="replace")

    def metrics(self):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=5) as answer:
            return answer.read().decode()
        return ""

    def kill(self):
        self.process.kill()
        self.process.wait(20)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(40)
        assert "Sanitizer" not in self.log() and "runtime error" not in self.log(), self.log()[-5000:]
        return status


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


def url_of(server, user=exim_server.USER, password=exim_server.PASSWORD, host="localhost", query="?tls=required"):
    login = f"{user}:{urllib.parse.quote(password, safe='')}@" if user else ""
    return f"smtp://{login}{host}:{server.port}{query}"
