"""A Frontdesk of a test's own: its ports, its data folder, its private PostgreSQL."""
import contextlib
import functools
import http.client
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import psycopg2
import psycopg2.extras

ROOT = pathlib.Path(__file__).parents[2]
READY_WITHIN_S = 120
STOPPED_WITHIN_S = 45
SANITIZER_REPORT = re.compile(r"AddressSanitizer|ThreadSanitizer|LeakSanitizer|runtime error:")
DEFAULTS = {
    "FRONTDESK_ENV": "development",
    "FRONTDESK_RATE_LIMIT": "1000000/15m",
    "FRONTDESK_RATE_LIMIT_USER": "1000000/15m",
    "FRONTDESK_LOGIN_LIMIT": "1000000/15m",
    "FRONTDESK_CODE_LIMIT": "1000000/15m",
    "FRONTDESK_IMAGE_LIMIT": "1000000/15m",
    "FRONTDESK_BCRYPT_COST": "10",
}


def binary():
    path = pathlib.Path(os.environ.get("FRONTDESK_BINARY", ROOT / "build" / "debug" / "frontdesk"))
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist: run script/build debug, or set FRONTDESK_BINARY")
    return path


def free_port():
    """One that nobody has now. Below those that the system gives to outgoing connections, any of
    which could have it by the time that the server listens."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("100 ports were taken")


class NotReady(AssertionError):
    """The server ended or did not become ready; the message holds the end of its log."""


class Frontdesk:
    """One server process, its peers on the same database, and what it leaves behind. `settings` are FRONTDESK_* names without the
    prefix in lower case, as in Frontdesk(rate_limit="5/15m"); None leaves a default out."""

    def __init__(self, folder=None, demo=True, **settings):
        self.host = "127.0.0.1"
        self.port = free_port()
        self.metrics_port = free_port()
        self.demo = demo
        self.owns_folder = folder is None
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="frontdesk-test.", dir=os.environ.get("TMPDIR", "/var/tmp")))
        self.folder.chmod(0o755)  # as root PostgreSQL runs as another user
        self.data_dir = self.folder / "data"
        self.log_path = self.folder / "server.log"  # standard output: one JSON object a line
        self.error_path = self.folder / "server.err"  # standard error: words for the operator
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith("FRONTDESK_")}
        self.environment |= DEFAULTS | {
            "FRONTDESK_LISTEN": f"{self.host}:{self.port}",
            "FRONTDESK_METRICS_LISTEN": f"{self.host}:{self.metrics_port}",
            "FRONTDESK_DATA_DIR": str(self.data_dir),
        }
        for name, value in settings.items():
            self.environment.pop(f"FRONTDESK_{name.upper()}", None)
            if value is not None:
                self.environment[f"FRONTDESK_{name.upper()}"] = value
        self.process = None
        self.peers = []

    @property
    def instances(self):
        """All servers of this one's database, itself first."""
        return [self, *self.peers]

    def start_peer(self, **settings):
        """Starts another server on the same database and with the same secrets and public URL, as
        behind a load balancer. Ends with this one."""
        settings = {"database_url": self.application_url, "database_owner_url": self.database_url,
                    "data_dir": str(self.data_dir), "public_url": f"http://localhost:{self.port}"} | settings
        peer = Frontdesk(demo=False, **settings)
        self.peers.append(peer)
        return peer.start()

    @property
    def base_url(self):
        return f"http://{self.host}:{self.port}"

    @property
    def pid(self):
        return self.process.pid

    def start(self, *arguments):
        """Starts and waits until /readyz says 200; the first time with the demo business."""
        self.launch(*arguments)
        self.wait_ready()
        if self.demo and self.sql("SELECT count(*) FROM services")[0]["count"] == 0:
            self.run("demo", check=True)
        return self

    def launch(self, *arguments):
        """Starts and waits for nothing."""
        with self.log_path.open("ab") as log, self.error_path.open("ab") as errors:
            self.process = subprocess.Popen([binary(), "serve", *arguments], env=self.environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=errors, cwd=self.folder)

    def wait_ready(self, within_s=READY_WITHIN_S):
        give_up = time.monotonic() + within_s
        while time.monotonic() < give_up:
            if self.process.poll() is not None:
                raise NotReady(f"the server ended with {self.process.returncode}\n{self.end_of_output()}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection(self.host, self.port, timeout=5)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            time.sleep(0.05)
        raise NotReady(f"the server is not ready after {within_s} s\n{self.end_of_output()}")

    def stop(self):
        """SIGTERM; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOPPED_WITHIN_S)

    def kill(self):
        """SIGKILL, as when the machine runs out of memory."""
        self.process.kill()
        self.process.wait(STOPPED_WITHIN_S)

    def restart(self):
        if self.process.poll() is None:
            assert self.stop() == 0
        return self.start()

    def close(self):
        """Stops, and removes the folder. Returns what is wrong with how it ended, or None."""
        while self.peers:  # before the database that they use
            if problem := self.peers.pop().close():
                return problem
        problem = None
        if self.process and self.process.poll() is None and self.stop() != 0:
            problem = f"SIGTERM ended the server with {self.process.returncode}"
        if report := SANITIZER_REPORT.search(self.errors()):
            problem = f"a sanitizer reported:\n{self.errors()[max(0, report.start() - 500):][:5000]}"
        if self.owns_folder and not problem:
            shutil.rmtree(self.folder, ignore_errors=True)
        return problem

    def run(self, *arguments, check=False, timeout=300, **settings):
        """A sub-command with the server's settings."""
        environment = self.environment | {f"FRONTDESK_{name.upper()}": value for name, value in settings.items()}
        return subprocess.run([binary(), *arguments], env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=timeout, check=check, cwd=self.folder)

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def errors(self):
        return self.error_path.read_text(errors="replace") if self.error_path.exists() else ""

    def end_of_output(self):
        return f"{self.errors()[-3000:]}\n{self.log()[-3000:]}"

    @functools.cached_property
    def database_url(self):
        """How the owner of the tables reaches the database."""
        return self.run("database-url", check=True).stdout.strip()

    @property
    def application_url(self):
        """How a server reaches the private cluster."""
        return self.database_url.replace("user=frontdesk_owner", "user=frontdesk_app")

    def sql(self, statement, *parameters):
        """Runs a statement as the owner of the tables; rows as dictionaries, [] where it has none."""
        connection = psycopg2.connect(self.database_url)
        try:
            with connection, connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
                cursor.execute(statement, parameters)
                return [dict(row) for row in cursor.fetchall()] if cursor.description else []
        finally:
            connection.close()

    def postgres_pids(self):
        """The postmaster of the private cluster and, after it, its children."""
        postmaster = next(int(file.read_text().split()[0]) for file in self.data_dir.rglob("postmaster.pid"))
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True)
        return [postmaster, *map(int, children.stdout.split())]
