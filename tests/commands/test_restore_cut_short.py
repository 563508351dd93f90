"""A restore that ends between the database and its secrets: what finishes it, and what never does."""
import contextlib
import signal
import subprocess

import psycopg2
import pytest

from harness import people
from harness.client import Api
from harness.process import binary

MARK = "SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = 'frontdesk'"
PRODUCTION = {"env": "production", "public_url": "https://book.example.test"}
UNSETTLED = 3  # the database is restored, its secrets are not in their place yet


def waiting_secrets(server):
    return sorted(server.data_dir.glob("secrets.env.restored*"))


@contextlib.contextmanager
def restoring(server, backup):
    """A restore over the business, at its beginning: yields the process."""
    process = subprocess.Popen([binary(), "restore", backup, "--force"], env=server.environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        next(line for line in process.stderr if "restoring" in line)
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def restored(backed_up, installations):
    """A fresh machine in production whose only secrets are the backup's, and the mark of its database."""
    server = installations(**PRODUCTION)
    server.run("restore", backed_up.backup, check=True)
    server.start()
    mark = server.sql(MARK)[0]["mark"]
    assert server.stop() == 0
    return server, mark


def cut_short_after_the_swap(server, mark):
    secrets = server.data_dir / "secrets.env"
    secrets.rename(server.data_dir / f"secrets.env.restored-{mark}")


def cut_short_before_the_swap(server):
    waiting = server.data_dir / f"secrets.env.restored-{'0' * 32}"
    waiting.write_text((server.data_dir / "secrets.env").read_text().replace("=", "=0"))
    waiting.chmod(0o600)


def test_somebody_in_the_database_stops_a_restore_and_no_secrets_stay(backed_up, start_server):
    server = start_server()
    server.sql("UPDATE settings SET name = 'The old business'")
    assert server.stop() == 0
    with restoring(server, backed_up.backup) as process:
        somebody = psycopg2.connect(server.run("database-url", check=True).stdout.strip())
        _, words = process.communicate(timeout=60)
        somebody.close()
    assert process.returncode == 1 and "being accessed" in words
    assert waiting_secrets(server) == []
    server.start()
    assert server.sql("SELECT name FROM settings")[0]["name"] == "The old business"


def test_serve_finishes_a_restore_whose_database_stands(restored):
    server, mark = restored
    cut_short_after_the_swap(server, mark)
    server.start()
    people.log_in(Api(server), "customer@demo.test", expect=200)
    assert waiting_secrets(server) == [] and (server.data_dir / "secrets.env").exists()


def test_doctor_finishes_a_restore_whose_database_stands(restored):
    server, mark = restored
    cut_short_after_the_swap(server, mark)
    told = server.run("doctor").stdout
    assert "finished" in told and "--force" not in told
    assert waiting_secrets(server) == []
    server.start()
    people.log_in(Api(server), "customer@demo.test", expect=200)


@pytest.mark.parametrize("command", ["doctor", "migrate"])
def test_secrets_of_a_database_that_never_took_its_place_are_removed(restored, command):
    server, _ = restored
    before = (server.data_dir / "secrets.env").read_text()
    cut_short_before_the_swap(server)
    result = server.run(command)
    assert "--force" not in result.stdout + result.stderr
    assert waiting_secrets(server) == []
    assert (server.data_dir / "secrets.env").read_text() == before


def test_while_a_server_runs_its_secrets_are_left_alone_and_no_second_restore_is_advised(start_server):
    server = start_server()
    waiting = server.data_dir / f"secrets.env.restored-{'0' * 32}"
    waiting.write_text("")
    told = server.run("doctor").stdout
    assert str(waiting) in told and "--force" not in told
    server.run("backup", server.folder / "b.tar", check=True)
    assert waiting.exists()
    server.restart()
    assert not waiting.exists()


def test_a_restore_whose_secrets_find_no_place_says_that_the_database_is_the_backup_s(backed_up, installations):
    server = installations()
    server.run("migrate", check=True)
    obstacle = server.data_dir / "secrets.env"
    with restoring(server, backed_up.backup) as process:
        (obstacle / "in the way").mkdir(parents=True)
        _, words = process.communicate(timeout=60)
    assert process.returncode == UNSETTLED and "has been restored" in words and str(obstacle) in words
    assert len(waiting_secrets(server)) == 1
    (obstacle / "in the way").rmdir()
    obstacle.rmdir()
    server.start()
    people.log_in(Api(server), "customer@demo.test", expect=200)
    assert waiting_secrets(server) == []


def test_an_interrupted_restore_leaves_no_secrets(backed_up, installations):
    server = installations()
    server.run("migrate", check=True)
    with restoring(server, backed_up.backup) as process:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == 130 and waiting_secrets(server) == []
