"""frontdesk restore: all of a backup or nothing, and never over what is not to be lost."""
import bz2
import gzip
import lzma
import pathlib
import random
import signal
import subprocess
import tarfile
import time
import zipfile

import pytest

from archive import member, write_archive
from harness import people
from harness.client import Api
from harness.process import Frontdesk, binary

SCRATCH = "SELECT datname FROM pg_database WHERE datname LIKE 'frontdesk%%' ORDER BY 1"


@pytest.fixture(scope="module")
def occupied():
    """A business of its own that has stopped, whose name no backup knows."""
    server = Frontdesk().start()
    server.sql("UPDATE settings SET name = 'The old business'")
    assert server.stop() == 0
    yield server
    assert not server.close()


def name_of_business(server):
    server.start()
    try:
        return server.sql("SELECT name FROM settings")[0]["name"], [row["datname"] for row in server.sql(SCRATCH)]
    finally:
        assert server.stop() == 0


def members_of(backup):
    """What the archive holds, its digests apart."""
    with tarfile.open(backup) as archive:
        return {name: archive.extractfile(name).read() for name in archive.getnames() if name != "SHA256SUMS"}


def test_a_database_is_replaced_with_force_only(backed_up, occupied):
    result = occupied.run("restore", backed_up.backup)
    assert result.returncode == 1 and "--force" in result.stderr
    name, databases = name_of_business(occupied)
    assert name == "The old business" and databases == ["frontdesk"]


def test_force_replaces_it_and_leaves_nothing_of_the_old_one(backed_up, start_server):
    server = start_server()
    stranger = people.new_customer(Api(server))
    assert server.stop() == 0
    result = server.run("restore", backed_up.backup, "--force")
    assert result.returncode == 0, result.stderr
    server.start()
    assert server.sql("SELECT FROM users WHERE id = %s", stranger.id) == []
    assert [row["datname"] for row in server.sql(SCRATCH)] == ["frontdesk"]
    people.log_in(Api(server), "customer@demo.test", expect=200)
    [rights] = server.sql("SELECT has_table_privilege('frontdesk_app', 'audit_logs', 'UPDATE, DELETE, TRUNCATE') AS may")
    assert rights["may"] is False, "R73"


def test_a_running_server_keeps_its_data(backed_up, start_server):
    server = start_server()
    result = server.run("restore", backed_up.backup, "--force")
    assert result.returncode == 1 and "Another Frontdesk" in result.stderr
    people.log_in(Api(server), "customer@demo.test", expect=200)


def test_a_file_cut_anywhere_is_refused(backed_up, installations, tmp_path):
    whole = backed_up.backup.read_bytes()
    other, cut = installations(), tmp_path / "cut.tar"
    lengths = [0, 1, 511, 512, 513, 4096, len(whole) - 1024, len(whole) - 512, len(whole) - 1]
    lengths += random.Random(1).sample(range(len(whole)), 12)
    for length in lengths:
        cut.write_bytes(whole[:length])
        result = other.run("restore", cut)
        assert result.returncode == 1 and "backup" in result.stderr, length
    cut.write_bytes(whole + b"\0" * 512)
    assert other.run("restore", cut).returncode == 1
    assert not other.data_dir.exists(), "a refused file has made a database"


def test_a_file_with_a_changed_byte_is_refused(backed_up, installations, tmp_path):
    whole = backed_up.backup.read_bytes()
    other, changed = installations(), tmp_path / "changed.tar"
    for place in random.Random(2).sample(range(len(whole)), 24):
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1:])
        result = other.run("restore", changed)
        assert result.returncode == 1 and "frontdesk:" in result.stderr, place
    assert not other.data_dir.exists()


def test_foreign_files_are_refused(backed_up, occupied, tmp_path):
    (tmp_path / "garbage").write_bytes(random.Random(3).randbytes(100_000))
    (tmp_path / "folder").mkdir()
    with tarfile.open(tmp_path / "foreign.tar", "w") as archive:
        archive.add(__file__, "test.py")
    with tarfile.open(backed_up.backup) as archive:
        (tmp_path / "dump").write_bytes(archive.extractfile("database.dump").read())
    for name in ("garbage", "folder", "foreign.tar", "dump", "absent"):
        result = occupied.run("restore", tmp_path / name, "--force")
        assert result.returncode == 1 and len(result.stderr) > 20, name
    assert name_of_business(occupied)[0] == "The old business"


def test_archives_of_other_formats_are_refused(backed_up, installations, tmp_path):
    other, target = installations(), tmp_path / "packed"
    with zipfile.ZipFile(tmp_path / "zip", "w") as archive:
        for name, data in members_of(backed_up.backup).items():
            archive.writestr(name, data)
    whole = backed_up.backup.read_bytes()
    for data in (gzip.compress(whole), bz2.compress(whole), lzma.compress(whole), (tmp_path / "zip").read_bytes()):
        target.write_bytes(data)
        result = other.run("restore", target)
        assert result.returncode == 1 and "not a whole backup" in result.stderr, result.stderr
    assert not other.data_dir.exists()


HOSTILE = {
    "symbolic link": (member("link", type=tarfile.SYMTYPE, linkname="/etc/passwd"), "plain file"),
    "hard link": (member("link", type=tarfile.LNKTYPE, linkname="database.dump"), "plain file"),
    "folder": (member("folder", type=tarfile.DIRTYPE), "name"),
    "device": (member("device", type=tarfile.CHRTYPE), "plain file"),
    "pipe": (member("pipe", type=tarfile.FIFOTYPE), "plain file"),
    "path upwards": (member("../../etc/cron.d/x"), "name"),
    "path from the root": (member("/etc/cron.d/x"), "name"),
    "no name": (member(""), "name"),
    "name of two lines": (member("a\nb"), "name"),
    "name in no charset": (member("\udcff"), "name"),
    "name twice": (member("secrets.env"), "two secrets.env"),
    "file that no digest names": (member("more", b"more"), "SHA256SUMS says"),
    "many members": (b"".join(member(f"m{number}") for number in range(20)), "too many members"),
    "a thousand headers of one member": (member("g", b"9 a=b\n", type=b"g") * 1_000, "special headers"),
    "long name of 8 GB": (member("n", type=tarfile.GNUTYPE_LONGNAME, size=8 << 30), "header too large"),
    "size of 8 GB": (member("huge", size=8 << 30), "cut short"),
    "size of 8 EB": (member("huge", size=(1 << 63) - 1), "size overflow"),
    "negative size": (member("less", size=-1), "negative size"),
    "hole of 1 EB": (member("hole", pax_headers={"GNU.sparse.size": str(10**18), "GNU.sparse.map": "0,0"}),
                     "plain file"),
}


@pytest.mark.parametrize("others, words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_archives_with_right_digests_are_refused(backed_up, installations, tmp_path, others, words):
    other, target = installations(), tmp_path / "hostile.tar"
    write_archive(target, members_of(backed_up.backup), others)
    result = other.run("restore", target, timeout=20)
    assert result.returncode == 1 and "not a whole backup" in result.stderr and words in result.stderr, result.stderr
    assert not other.data_dir.exists()


def test_the_forger_of_these_tests_writes_what_is_restored(backed_up, installations, tmp_path):
    other, target = installations(), tmp_path / "forged.tar"
    write_archive(target, members_of(backed_up.backup))
    other.run("restore", target, check=True)


def test_a_backup_of_a_newer_version_or_of_other_contents_is_refused(backed_up, occupied, tmp_path):
    members = members_of(backed_up.backup)
    target = tmp_path / "forged.tar"
    newer = members["manifest.json"].replace(b'"migration":', b'"migration":9', 1)
    fewer = members["manifest.json"].replace(b'"services":', b'"services":1', 1)
    other_format = members["manifest.json"].replace(b'"format_version":1', b'"format_version":2')
    for change, word in (({"manifest.json": newer}, "newer Frontdesk"),
                         ({"manifest.json": other_format}, "newer version"),
                         ({"manifest.json": fewer}, "services"),
                         ({"database.dump": b"pg_dump 15"}, "pg_restore"),
                         ({"database.dump": b""}, "pg_restore"),
                         ({"database.dump": members["database.dump"][:-30_000]}, "pg_restore"),
                         ({"secrets.env": b"FRONTDESK_DATA_KEY=\n"}, "secrets")):
        write_archive(target, members | change)
        result = occupied.run("restore", target, "--force")
        assert result.returncode == 1 and word in result.stderr, (word, result.stderr)
    name, databases = name_of_business(occupied)
    assert name == "The old business" and databases == ["frontdesk"]
    assert not (occupied.data_dir / "secrets.env").exists()


def test_the_dump_of_another_database_is_refused(backed_up, occupied, tmp_path):
    pg_dump = next(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))
    occupied.start()
    dump = subprocess.run([pg_dump, "--format=custom", "--table=permissions", "--dbname", occupied.database_url],
                          capture_output=True, check=True).stdout
    assert occupied.stop() == 0
    write_archive(tmp_path / "b.tar", members_of(backed_up.backup) | {"database.dump": dump})
    result = occupied.run("restore", tmp_path / "b.tar", "--force")
    assert result.returncode == 1 and "not of a Frontdesk database" in result.stderr, result.stderr
    assert name_of_business(occupied) == ("The old business", ["frontdesk"])


def kill_when_it_says(server, backup, words, after_s=0.0):
    process = subprocess.Popen([binary(), "restore", backup, "--force"], env=server.environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if words in line:
            break
    time.sleep(after_s)
    process.kill()
    process.communicate(timeout=20)
    assert process.returncode == -signal.SIGKILL, "it was over before it was killed"


@pytest.mark.parametrize("words, after_s", [("checking", 0), ("checking", 0.2), ("restoring", 0), ("restoring", 0.05),
                                            ("restoring", 0.15)])
def test_a_restore_that_is_killed_leaves_the_old_business(backed_up, occupied, words, after_s):
    kill_when_it_says(occupied, backed_up.backup, words, after_s)
    assert name_of_business(occupied)[0] == "The old business"


@pytest.mark.parametrize("words", ["looking", "dropping"])
def test_a_restore_that_is_killed_late_leaves_one_business_with_its_own_secrets(backed_up, start_server, words):
    server = start_server()
    server.sql("UPDATE settings SET name = 'The old business'")
    assert server.stop() == 0
    kill_when_it_says(server, backed_up.backup, words)
    server.start()
    [business] = server.sql("SELECT name FROM settings")
    assert words == "looking" or business["name"] != "The old business"
    people.log_in(Api(server), "customer@demo.test", expect=200)
    assert server.stop() == 0
    assert server.run("restore", backed_up.backup, "--force").returncode == 0, "a second try mends it"


def test_a_restore_that_is_interrupted_leaves_nothing_of_its_own(backed_up, occupied):
    process = subprocess.Popen([binary(), "restore", backed_up.backup, "--force"], env=occupied.environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    next(line for line in process.stderr if "restoring" in line)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=20)
    assert process.returncode == 130 and "nothing has changed" in words
    assert name_of_business(occupied) == ("The old business", ["frontdesk"])


def test_secrets_of_the_environment_that_are_not_the_backup_s_are_refused(backed_up, installations):
    other = installations(password_pepper="ab" * 32)
    result = other.run("restore", backed_up.backup)
    assert result.returncode == 1 and "FRONTDESK_PASSWORD_PEPPER" in result.stderr
    assert "ab" * 32 not in result.stderr and not other.data_dir.exists()
