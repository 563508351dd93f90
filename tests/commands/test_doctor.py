"""frontdesk doctor: names each planted fault, harms nothing, tells no secret, never hangs."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

import psycopg2
import pytest

from harness.process import binary

LOOKS_AT_MOST_S = 60  # under sanitizers on a busy machine; the looks' own limits are far lower


def examine(server, **settings):
    """(exit status, {check: [status, ...]}, whole output)"""
    result = server.run("doctor", "--json", timeout=LOOKS_AT_MOST_S, **settings)
    assert result.stderr == "", result.stderr
    report = json.loads(result.stdout)
    checks = {}
    for check in report["checks"]:
        assert check["status"] in ("ok", "warning", "problem") and check["message"]
        assert bool(check["advice"]) == (check["status"] != "ok"), check
        checks.setdefault(check["check"], []).append(check)
    problems = [check for found in checks.values() for check in found if check["status"] == "problem"]
    assert result.returncode == bool(problems) and report["ok"] == (not problems)
    return result.returncode, checks, problems


def statuses(checks, name):
    return {check["status"] for check in checks[name]}


@pytest.fixture(scope="module")
def resting(backed_up):
    """A business whose server does not run."""
    return backed_up


def roomy():
    status = os.statvfs("/var/tmp")
    return status.f_bavail * status.f_frsize > 2e9 and status.f_bavail > status.f_blocks * 0.06


@pytest.mark.skipif(not roomy(), reason="the disk of this machine is nearly full")
def test_nothing_is_wrong_with_a_server_that_runs(server):
    status, checks, problems = examine(server)
    assert problems == [] and status == 0
    assert "answers" in checks["port"][0]["message"]
    for name in ("configuration", "secrets", "disk", "database", "durability", "migrations", "rights", "clock",
                 "time zone", "zone data", "mail", "worker"):
        assert "ok" in statuses(checks, name), name


def test_nothing_is_wrong_with_a_server_that_rests_and_it_rests_on(resting):
    status, checks, problems = examine(resting)
    assert [problem for problem in problems if problem["check"] not in ("disk", "inodes")] == []
    assert "free" in checks["port"][0]["message"]
    assert statuses(checks, "migrations") == {"ok"}
    assert not (resting.data_dir / "postgres" / "data" / "postmaster.pid").exists()


def test_lines_for_a_person(resting):
    result = resting.run("doctor", timeout=LOOKS_AT_MOST_S)
    assert all(re.match(r"(ok|warning|problem) +\S|\s+→ \S", line) for line in result.stdout.splitlines())


def test_an_empty_folder_is_no_problem_and_stays_empty(installations):
    other = installations()
    _, checks, _ = examine(other)
    assert statuses(checks, "database") == {"warning"}
    assert not other.data_dir.exists()


def test_secrets_that_others_may_read(resting):
    secrets = resting.data_dir / "secrets"
    secrets.chmod(0o644)
    try:
        _, checks, problems = examine(resting)
        assert statuses(checks, "secrets") == {"problem"} and "chmod 600" in checks["secrets"][0]["advice"]
    finally:
        secrets.chmod(0o600)


def test_no_secret_is_told(resting):
    told = resting.run("doctor", "--json", timeout=LOOKS_AT_MOST_S).stdout
    told += resting.run("doctor", timeout=LOOKS_AT_MOST_S, password_pepper="not hexadecimal but secret",
                        database_url="postgresql://app:hush@127.0.0.1:1/other").stdout
    told += resting.run("doctor", timeout=LOOKS_AT_MOST_S,
                        database_url="postgresql://app:hush@127.0.0.1:1/other").stdout
    for secret in [*(resting.data_dir / "secrets").read_text().split(), "hush", "but secret"]:
        assert secret not in told


def test_a_wrong_setting_is_named(resting):
    _, checks, _ = examine(resting, lisen="127.0.0.1:1")
    assert "FRONTDESK_LISEN" in checks["configuration"][0]["message"]


def test_a_database_that_is_not_there(resting):
    _, checks, _ = examine(resting, database_url="postgresql://app@127.0.0.1:1/other")
    assert statuses(checks, "database") == {"problem"}


def test_a_database_that_hangs(start_server):
    server = start_server()
    postmaster = server.postgres_pids()[0]
    os.kill(postmaster, signal.SIGSTOP)
    try:
        began = time.monotonic()
        _, checks, _ = examine(server)
        assert statuses(checks, "database") == {"problem"}
        assert time.monotonic() - began < LOOKS_AT_MOST_S
    finally:
        os.kill(postmaster, signal.SIGCONT)
    assert examine(server)[1]["database"][0]["status"] == "ok"


def test_a_database_that_is_damaged(start_server):
    server = start_server()
    assert server.stop() == 0
    control = server.data_dir / "postgres" / "data" / "global" / "pg_control"
    control.rename(control.with_suffix(".away"))
    _, checks, _ = examine(server)
    assert statuses(checks, "database") == {"problem"}


def test_a_pending_migration_and_a_newer_database(start_server):
    server = start_server()
    [last] = server.sql("DELETE FROM schema_migrations WHERE version = (SELECT max(version) FROM schema_migrations) "
                        "RETURNING version, name, checksum")
    _, checks, _ = examine(server)
    assert statuses(checks, "migrations") == {"problem"} and "migrate" in checks["migrations"][0]["advice"]
    server.sql("INSERT INTO schema_migrations (version, name, checksum) VALUES (%s, %s, %s), (%s, 'later', '')",
               last["version"], last["name"], last["checksum"], last["version"] + 1)
    assert statuses(examine(server)[1], "migrations") == {"warning"}
    server.sql("UPDATE schema_migrations SET checksum = 'changed' WHERE version = 1")
    assert statuses(examine(server)[1], "migrations") == {"problem"}


@pytest.mark.parametrize("change", ["GRANT UPDATE ON audit_logs TO frontdesk_app",
                                    "GRANT DELETE ON audit_logs TO frontdesk_app",
                                    "GRANT frontdesk_owner TO frontdesk_app",
                                    "REVOKE INSERT ON appointments FROM frontdesk_app"])
def test_R73_rights_that_are_not_right(start_server, change):
    server = start_server()
    if change.startswith("GRANT frontdesk_owner"):
        connection = psycopg2.connect(server.database_url.replace("frontdesk_owner", "postgres"))
        connection.autocommit = True
        connection.cursor().execute(change)
        connection.close()
    else:
        server.sql(change)
    _, checks, _ = examine(server)
    assert statuses(checks, "rights") == {"problem"}


def test_no_sender_in_production(backed_up, installations):
    other = installations(env="production", public_url="https://book.example.test")
    other.run("restore", backed_up.backup, check=True)
    _, checks, problems = examine(other)
    assert statuses(checks, "mail") == {"problem"} and "register" in checks["mail"][0]["message"]


def test_a_zone_that_there_are_no_data_for(start_server):
    server = start_server()
    server.sql("UPDATE settings SET timezone = 'Mars/Olympus_Mons'")
    assert statuses(examine(server)[1], "time zone") == {"problem"}


def test_a_port_that_somebody_else_has(resting):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((resting.host, resting.port))
        other.listen()
        assert statuses(examine(resting)[1], "port") == {"problem"}


def test_a_low_limit_of_open_files(resting):
    result = subprocess.run(["sh", "-c", f"ulimit -n 512; exec {binary()} doctor --json"], env=resting.environment,
                            capture_output=True, text=True, timeout=LOOKS_AT_MOST_S)
    [check] = [check for check in json.loads(result.stdout)["checks"] if check["check"] == "open files"]
    assert check["status"] == "warning" and "512" in check["message"]


def test_what_a_killed_restore_left(start_server):
    server = start_server()
    (server.data_dir / f"secrets.env.restored-{'0' * 32}").write_text("")
    assert "warning" in statuses(examine(server)[1], "restores")


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_a_full_disk(installations, tmp_path):
    other = installations()
    other.data_dir.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m,mode=755", "tmpfs", other.data_dir], check=True)
    try:
        assert other.run("migrate").returncode == 0
        with pytest.raises(OSError), (other.data_dir / "full").open("wb") as file:
            while True:
                file.write(bytes(1 << 16))
        _, checks, _ = examine(other)
        assert statuses(checks, "disk") == {"problem"}
    finally:
        subprocess.run(["umount", pathlib.Path(other.data_dir)], check=True)
