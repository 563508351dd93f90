"""Runs the commands with the real program and looks at what they leave behind."""
import contextlib
import shutil
import subprocess

import pytest

from harness.process import Frontdesk


def files_in(folder):
    """Names, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="session")
def backed_up(tmp_path_factory):
    """A business that has stopped, and the backup that was made while it served."""
    server = Frontdesk().start()
    target = server.folder / "business.tar"
    result = server.run("backup", target, check=True)
    assert server.stop() == 0
    server.backup, server.backup_output = target, result.stdout
    yield server
    server.close()


@pytest.fixture
def start_server(backed_up):
    """start_server() starts a business of the test's own: a copy of backed_up, which takes a fraction of a new one's time."""
    started = []

    def start(**settings):
        server = Frontdesk(**settings)
        started.append(server)
        subprocess.run(["cp", "-a", backed_up.data_dir, server.data_dir], check=True)
        return server.start()

    yield start
    problems = [problem for server in started if (problem := server.close())]
    assert not problems, problems


@pytest.fixture
def installations():
    """installations() makes another Frontdesk with nothing in its data folder."""
    made = []

    def make(**settings):
        made.append(Frontdesk(demo=False, **settings))
        return made[-1]

    yield make
    problems = [problem for server in made if (problem := server.close())]
    for server in made:
        with contextlib.suppress(OSError):
            shutil.rmtree(server.folder)
    assert not problems, problems
