"""The commands as somebody who is not root, and root on what that user owns."""
import os
import shutil
import subprocess

import pytest

from harness.process import Frontdesk, binary

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="the other tests run as an ordinary user already")
SOMEBODY = {"user": "nobody", "group": "nogroup", "extra_groups": []}


@pytest.fixture
def folder(tmp_path_factory):
    server = Frontdesk(demo=False)
    shutil.chown(server.folder, "nobody", "nogroup")
    yield server
    shutil.rmtree(server.folder)


def run(server, *arguments, **who):
    result = subprocess.run([binary(), *arguments], env=server.environment, cwd=server.folder, capture_output=True,
                            text=True, timeout=120, stdin=subprocess.DEVNULL, **who)
    assert result.returncode == 0, result.stderr
    return result


def owners(*paths):
    return {path.owner() for path in paths}


def test_backup_restore_and_doctor_as_an_ordinary_user(folder, backed_up):
    backup = folder.folder / "b.tar"
    shutil.copy(backed_up.backup, backup)
    shutil.chown(backup, "nobody", "nogroup")
    run(folder, "restore", backup, **SOMEBODY)
    run(folder, "backup", folder.folder / "again.tar", **SOMEBODY)
    assert owners(folder.folder / "again.tar", folder.data_dir / "secrets.env") == {"nobody"}
    subprocess.run([binary(), "doctor"], env=folder.environment, timeout=120, check=False, **SOMEBODY)


def test_root_backs_up_and_restores_what_an_ordinary_user_s_server_can_read(folder, backed_up):
    os.mkdir(folder.data_dir)
    shutil.chown(folder.data_dir, "nobody", "nogroup")
    run(folder, "migrate", **SOMEBODY)
    run(folder, "restore", backed_up.backup, "--force")
    assert owners(folder.data_dir / "secrets.env", folder.data_dir / "postgres" / "data") == {"nobody"}
    run(folder, "backup", folder.folder / "by-root.tar")
    run(folder, "backup", folder.folder / "by-nobody.tar", **SOMEBODY)
