"""Starting, ending and being killed: R44, the private cluster, configuration, metrics."""
import http.client
import json
import os
import re
import signal
import subprocess
import threading
import time

import pytest

from harness import bookings, people
from harness.client import Api
from harness.process import Frontdesk, NotReady, binary

SECRETS = {"env": "production", "public_url": "https://book.example.test", "jwt_keys": "k1:" + "ab" * 32,
           "password_pepper": "cd" * 32, "data_key": "ef" * 32}


def test_R44_sigterm_finishes_what_is_in_flight_and_exits_0(start_server):
    frontdesk = start_server()
    api, answers = Api(frontdesk), []

    # Different accounts: more than three logins of one at once would be held back (R08).
    addresses = [row["email"] for row in frontdesk.sql("SELECT email FROM users ORDER BY email LIMIT 8")]

    def log_in(address):
        answers.append(people.log_in(Api(frontdesk), address).status)

    threads = [threading.Thread(target=log_in, args=[address]) for address in addresses]
    for thread in threads:
        thread.start()
    wait_for(lambda: api.get("/healthz").status == 200)
    time.sleep(0.1)  # the logins hash for about 50 ms each, on two threads
    code = frontdesk.stop()
    for thread in threads:
        thread.join()
    assert code == 0 and answers == [200] * 8
    with pytest.raises(ConnectionRefusedError):
        Api(frontdesk).get("/healthz")


def test_a_killed_server_comes_back_with_everything(start_server):
    frontdesk = start_server()
    api = Api(frontdesk)
    me = people.as_person(api, people.person(api, "customer@demo.test"))
    booked = bookings.book(me).data
    cluster = frontdesk.postgres_pids()[0]
    frontdesk.kill()
    wait_for(lambda: not alive(cluster), "PostgreSQL ends with its server")
    frontdesk.start()
    assert me.get(f"/api/v1/appointments/{booked['id']}", expect=200).data == booked


def test_a_killed_postgresql_comes_back(start_server):
    frontdesk = start_server()
    api = Api(frontdesk)
    os.kill(frontdesk.postgres_pids()[0], signal.SIGKILL)
    statuses = set()

    def back():
        statuses.add(api.get("/readyz").status)
        return 200 in statuses and api.get("/readyz").status == 200 and api.get("/api/v1/services").status == 200

    time.sleep(0.2)
    wait_for(back, within_s=30)
    assert statuses <= {200, 503}
    assert api.get("/healthz").status == 200


def test_a_second_start_on_the_same_folder_says_so(start_server):
    frontdesk = start_server(demo=False)
    second = Frontdesk(folder=frontdesk.folder, demo=False)
    second.log_path, second.error_path = frontdesk.folder / "second.log", frontdesk.folder / "second.err"
    with pytest.raises(NotReady):
        second.start()
    assert second.process.returncode not in (0, None)
    assert str(frontdesk.data_dir) in second.errors() and len(second.errors()) < 2000
    assert Api(frontdesk).get("/readyz").status == 200


def test_a_second_start_on_the_same_port_says_so(start_server):
    frontdesk = start_server(demo=False)
    second = Frontdesk(demo=False, listen=f"127.0.0.1:{frontdesk.port}")
    try:
        second.launch()
        assert second.process.wait(30) not in (0, None)
        assert str(frontdesk.port) in second.errors()
    finally:
        second.close()
    assert Api(frontdesk).get("/readyz").status == 200


class TestConfiguration:
    def serve(self, server, **settings):
        """`frontdesk check-config` with the given settings and nothing else."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDESK_")}
        environment |= {f"FRONTDESK_{name.upper()}": value for name, value in settings.items()}
        environment["FRONTDESK_DATA_DIR"] = str(server.folder / "unused")
        return lambda command: subprocess.run([binary(), command], env=environment, capture_output=True,
                                              text=True, timeout=60, stdin=subprocess.DEVNULL)

    @pytest.mark.parametrize("missing", ["jwt_keys", "password_pepper", "data_key", "public_url"])
    def test_production_does_not_start_without_its_secrets(self, server, missing):
        run = self.serve(server, **{name: value for name, value in SECRETS.items() if name != missing})
        for command in ("serve", "check-config"):
            ended = run(command)
            assert ended.returncode != 0
            assert f"FRONTDESK_{missing.upper()}" in ended.stderr + ended.stdout
        assert missing == "public_url" or "openssl rand" in ended.stderr + ended.stdout

    def test_production_is_the_default_and_reports_everything_together(self, server):
        ended = self.serve(server)("serve")
        assert ended.returncode != 0
        for name in ("JWT_KEYS", "PASSWORD_PEPPER", "DATA_KEY", "PUBLIC_URL"):
            assert f"FRONTDESK_{name}" in ended.stderr + ended.stdout

    @pytest.mark.parametrize("name, value", [
        ("listne", "127.0.0.1:1"), ("listen", "x"), ("listen", "127.0.0.1:99999"), ("rate_limit", "100"), ("rate_limit", "0/15m"),
        ("bcrypt_cost", "9"), ("bcrypt_cost", "99"), ("threads", "0"), ("database_pool", "-1"), ("cors_origins", "*"),
        ("trusted_proxies", "nonsense"), ("log_level", "loud"), ("jwt_keys", "k1:abcd"), ("env", "testing"), ("redis_url", "redis://x")])
    def test_bad_settings_are_named(self, server, name, value):
        ended = self.serve(server, **SECRETS | {name: value})("check-config")
        assert ended.returncode != 0 and f"FRONTDESK_{name.upper()}" in ended.stderr + ended.stdout

    def test_check_config_masks_secrets(self, server):
        ended = self.serve(server, **SECRETS)("check-config")
        assert ended.returncode == 0 and "FRONTDESK_PUBLIC_URL" in ended.stdout
        assert not any(SECRETS[name][-32:] in ended.stdout + ended.stderr for name in ("jwt_keys", "password_pepper", "data_key"))

    def test_development_listens_on_loopback_only(self, server):
        ended = self.serve(server, env="development", listen="0.0.0.0:8080")("check-config")
        assert ended.returncode != 0 and "FRONTDESK_LISTEN" in ended.stderr + ended.stdout


def test_production_shows_no_inbox_and_starts_empty(start_server):
    frontdesk = start_server(demo=False, **SECRETS)
    api = Api(frontdesk)
    assert api.get("/dev/inbox").status == 404
    assert "/dev/inbox" not in api.get("/", expect=200).text
    assert "upgrade-insecure-requests" in api.get("/docs").headers["Content-Security-Policy"]
    assert api.get("/api/v1/services").data["items"] == []
    assert frontdesk.run("demo").returncode != 0, "demo data never load in production"


class TestMetrics:
    def read(self, server, path="/metrics"):
        connection = http.client.HTTPConnection(server.host, server.metrics_port, timeout=10)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.getheader("Content-Type"), response.read().decode()

    def test_the_listener_of_its_own(self, server, api):
        assert api.get("/metrics", expect=404)
        api.get("/api/v1/settings", expect=200)
        status, content_type, text = self.read(server)
        assert status == 200 and content_type.startswith("text/plain")
        assert re.search(r'^frontdesk_http_requests_total\{[^}]*getSettings[^}]*\} [1-9]', text, re.M), text[:3000]
        for word in ("duration", "in_flight", "pool", "process_resident_memory_bytes", "process_cpu_seconds_total"):
            assert word in text, word
        assert self.read(server, "/api/v1/settings")[0] == 404

    def test_labels_are_bounded(self, server, api):
        for number in range(20):
            api.get(f"/made/up/{number}", expect=404)
        assert "made/up" not in self.read(server)[2]


class TestLog:
    def test_R33_every_line_is_one_json_object(self, server, api):
        api.get("/api/v1/settings?x=\u00e4%0A\"quoted\"".replace("\u00e4", "%C3%A4"))
        for line in server.log().splitlines():
            value = json.loads(line)
            assert isinstance(value, dict), line

    def test_R33_secrets_never_reach_it(self, server, api):
        someone = people.new_customer(api, password="a secret passphrase 7301")
        code_mail = people.mail_about(api, someone.email, "your code")
        people.log_in(api, someone.email, "a wrong passphrase 7302")
        api.post("/api/v1/auth/refresh", {"refresh_token": someone.refresh_token}, expect=200)
        api.get("/api/v1/users/me", token=someone.access_token, expect=200)
        api.get(f"/api/v1/settings?token={someone.access_token}")
        time.sleep(0.3)
        log = server.log()
        code = re.search(r"\d{6}", code_mail["text"])[0]
        for secret in ("passphrase 7301", "passphrase 7302", someone.refresh_token, someone.access_token.rsplit(".", 1)[1], f'"{code}"'):
            assert secret not in log


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rsplit(")", 1)[1].split()[0] != "Z"


def wait_for(condition, what="it happens", within_s=10):
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"waited {within_s} s until {what}")
