"""Workers beside a server, where they send to, and waiting for what they do."""
import contextlib
import signal
import subprocess
import time
import urllib.parse
import urllib.request

import exim
from harness.process import binary, free_port

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
    """A `frontdesk worker` on the database of a server. Settings that are None are left out; without a `url` no mail leaves."""

    def __init__(self, server, url, **settings):
        self.metrics_port = free_port()
        settings = {"smtp_url": url, "mail_from": SENDER, "database_url": server.application_url,
                    "database_owner_url": server.database_url,
                    "metrics_listen": f"127.0.0.1:{self.metrics_port}"} | settings
        if url is None:
            settings["mail_from"] = None
        environment = server.environment | {f"FRONTDESK_{name.upper()}": value for name, value in settings.items()}
        environment = {name: value for name, value in environment.items() if value is not None}
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


def url_of(server, user=exim.USER, password=exim.PASSWORD, host="localhost", query="?tls=required"):
    login = f"{user}:{urllib.parse.quote(password, safe='')}@" if user else ""
    return f"smtp://{login}{host}:{server.port}{query}"
