"""frontdesk backup: a snapshot of a business at work, whole or not there at all."""
import hashlib
import itertools
import json
import os
import signal
import stat
import subprocess
import tarfile
import threading
import time

import psycopg2
import pytest

from conftest import files_in
from harness import bookings, people
from harness.client import Api
from harness.crowd import crowd_of, violations
from harness.process import ROOT, binary

BOOKED_BEFORE = 25


class Bookers:
    """Customers who book one slot after the other until they are told to stop."""

    def __init__(self, server, tokens, slots):
        self.acknowledged = []
        self._slots, self._lock, self._stop = itertools.cycle(slots), threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._book, args=(Api(server, token=token),)) for token in tokens]
        for thread in self._threads:
            thread.start()

    def _book(self, client):
        while not self._stop.is_set():
            with self._lock:
                slot = next(self._slots)
            answer = bookings.book(client, slot, expect=(201, 409))
            if answer.status == 201:
                self.acknowledged.append(answer.data["id"])
        client.close()

    def wait_for(self, count):
        give_up = time.monotonic() + 60
        while len(self.acknowledged) < count:
            assert time.monotonic() < give_up, "nobody books"
            time.sleep(0.01)

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join(60)


def test_R50_a_backup_under_load_holds_every_booking_that_was_acknowledged_before_it(start_server, installations):
    server = start_server()
    server.sql("UPDATE settings SET max_active_appointments = 1000000, max_bookings_per_hour = 1000000")
    bookers = Bookers(server, crowd_of(server, 4), list(bookings.free_slots(Api(server))))
    try:
        bookers.wait_for(BOOKED_BEFORE)
        before = list(bookers.acknowledged)
        server.run("backup", server.folder / "b.tar", check=True)
        after = len(bookers.acknowledged)
    finally:
        bookers.stop()
    assert after > len(before), "nothing was booked during the backup"
    other = installations()
    other.run("restore", server.folder / "b.tar", check=True)
    other.start()
    restored = {row["id"] for row in other.sql("SELECT id::text FROM appointments")}
    assert set(before) <= restored
    assert violations(other) == []


def test_a_customer_logs_in_with_the_old_password_and_books_on_another_machine(backed_up, installations):
    other = installations()
    result = other.run("restore", backed_up.backup)
    assert result.returncode == 0, result.stderr
    other.start()
    api = Api(other)
    customer = people.person(api, "customer@demo.test")
    client = people.as_person(api, customer)
    assert bookings.book(client).status == 201
    assert stat.S_IMODE((other.data_dir / "secrets.env").stat().st_mode) == 0o600


def test_in_production_a_fresh_machine_needs_no_secret_but_the_backup(backed_up, installations):
    other = installations(env="production", public_url="https://book.example.test")
    result = other.run("restore", backed_up.backup)
    assert result.returncode == 0, result.stderr
    other.start()
    assert people.log_in(Api(other), "customer@demo.test").status == 200


def test_R12_sessions_of_the_backup_have_ended(start_server, installations):
    server = start_server()
    customer = people.new_customer(Api(server))
    server.run("backup", server.folder / "b.tar", check=True)
    other = installations()
    other.run("restore", server.folder / "b.tar", check=True)
    other.start()
    api = Api(other)
    api.get("/api/v1/users/me", token=customer.access_token, expect=401)
    api.post("/api/v1/auth/refresh", {"refresh_token": customer.refresh_token}, token=False, expect=401)


def test_the_archive_says_what_it_holds(backed_up):
    assert stat.S_IMODE(backed_up.backup.stat().st_mode) == 0o600
    with tarfile.open(backed_up.backup) as archive:
        assert archive.getnames() == ["database.dump", "secrets.env", "manifest.json", "SHA256SUMS"]
        members = {name: archive.extractfile(name).read() for name in archive.getnames()}
    manifest = json.loads(members["manifest.json"])
    assert manifest["migration"] == len(list((ROOT / "migrations").glob("*.sql")))
    assert manifest["rows"]["services"] > 0
    whole, sums = backed_up.backup.read_bytes(), members["SHA256SUMS"]
    *lines, all_of_it = sums.decode().splitlines()
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256(members[name]).hexdigest() == digest
    assert hashlib.sha256(whole[:whole.index(sums)]).hexdigest() == all_of_it.split()[1]
    assert "rows" in backed_up.backup_output and "MB" in backed_up.backup_output


def test_tar_and_sha256sum_can_read_it(backed_up, tmp_path):
    subprocess.run(["tar", "-xf", backed_up.backup], cwd=tmp_path, check=True)
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True,
                             text=True, check=True)
    assert checked.stdout == "database.dump: OK\nsecrets.env: OK\nmanifest.json: OK\n" and checked.stderr == ""


def test_a_backup_of_a_business_that_has_stopped(backed_up):
    target = backed_up.folder / "stopped.tar"
    result = backed_up.run("backup", target)
    assert result.returncode == 0, result.stderr
    assert target.stat().st_size > 10_000
    assert not (backed_up.data_dir / "postgres" / "data" / "postmaster.pid").exists()


def test_an_existing_file_is_replaced_with_force_only(backed_up, tmp_path):
    target = tmp_path / "b.tar"
    target.write_text("dear")
    result = backed_up.run("backup", target)
    assert result.returncode == 1 and "--force" in result.stderr
    assert target.read_text() == "dear"
    assert backed_up.run("backup", target, "--force").returncode == 0
    assert tarfile.is_tarfile(target) and stat.S_IMODE(target.stat().st_mode) == 0o600
    assert files_in(tmp_path) == ["b.tar"]


def test_a_folder_without_a_database_gets_none(installations, tmp_path):
    other = installations()
    result = other.run("backup", tmp_path / "b.tar")
    assert result.returncode == 1 and "no database" in result.stderr
    assert files_in(tmp_path) == [] and not other.data_dir.exists()


@pytest.fixture
def stuck(start_server, tmp_path):
    """A backup that waits for a table which somebody holds, and its server."""
    server = start_server()
    server.sql("CREATE TABLE held ()")
    holder = psycopg2.connect(server.database_url)
    holder.cursor().execute("LOCK TABLE held IN ACCESS EXCLUSIVE MODE")
    process = subprocess.Popen([binary(), "backup", tmp_path / "b.tar"], env=server.environment,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    next(line for line in process.stderr if "counting" in line)
    time.sleep(0.3)
    assert process.poll() is None
    yield server, process
    process.kill()
    process.communicate()
    holder.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_a_backup_that_is_ended_leaves_nothing(stuck, tmp_path, number):
    server, process = stuck
    process.send_signal(number)
    assert process.wait(20) == (130 if number != signal.SIGKILL else -signal.SIGKILL)
    assert files_in(tmp_path) == []
    give_up = time.monotonic() + 10
    while number != signal.SIGKILL and server.sql("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"):
        assert time.monotonic() < give_up, "somebody still waits for the table"
        time.sleep(0.1)


def test_a_backup_whose_server_is_killed_leaves_nothing(stuck, tmp_path):
    server, process = stuck
    server.kill()
    assert process.wait(20) == 1
    assert files_in(tmp_path) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
@pytest.mark.parametrize("room", [0.1, 1.5], ids=["for less than the dump", "for the dump but no archive"])
def test_a_full_disk_leaves_nothing(backed_up, tmp_path, room):
    size = int(room * backed_up.backup.stat().st_size)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", tmp_path], check=True)
    try:
        result = backed_up.run("backup", tmp_path / "b.tar")
        assert result.returncode == 1 and "No space left" in result.stderr
        assert files_in(tmp_path) == []
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_another_database_is_referred_to_its_own_tools(backed_up, tmp_path):
    for command, tool in (("backup", "pg_dump"), ("restore", "pg_restore")):
        result = backed_up.run(command, tmp_path / "b.tar", database_url="postgresql://app:hush@127.0.0.1/other")
        assert result.returncode == 1 and tool in result.stderr and "hush" not in result.stderr
